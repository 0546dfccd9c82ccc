import type { ColumnFacts, KnownHeader, NumberCode } from '../ir/model.ts'
import { likenessOf } from './likeness.ts'
import { marksIn } from './missing.ts'
import { misordered } from './numbered.ts'
import type { ReadTable } from './reading.ts'
import type { ColumnData } from './table.ts'

/** The header of a table that was read from the head of a file, with what the values there are. */
export function headerWithFacts(
  { header, table, warnings, headerRow }: Pick<ReadTable, 'header' | 'table' | 'warnings' | 'headerRow'>,
  isWhole: boolean,
): KnownHeader {
  const columns = header.map((column) => {
    const values = table.columns.get(column.name)
    return values ? { ...column, facts: { ...factsOf(values), ...(isWhole && { isWhole }) } } : column
  })
  return { columns, ...(warnings.length > 0 && { warnings }), ...(headerRow !== undefined && { headerRow }) }
}

/** Counts, and of numbers and dates the least and the greatest. */
export function factsOf(column: ColumnData): ColumnFacts {
  if (column.type === 'string') {
    const pair = misordered(column.dictionary)
    const marks = marksIn(column.dictionary)
    const likeness = likenessOf(column.dictionary)
    return {
      ...countsOf(column.codes, column.dictionary.length),
      ...(pair && { misordered: pair }),
      ...(marks.length > 0 && { marks }),
      ...(likeness && { likeness }),
    }
  }
  if (column.type === 'boolean') return countsOf(column.values, 2)
  const { values } = column
  const present = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) present[count++] = value
  }
  const sorted = present.subarray(0, count).sort()
  let distinct = Math.min(count, 1)
  for (let i = 1; i < count; i++) if (sorted[i] !== sorted[i - 1]) distinct++
  const range = count > 0 && { min: sorted[0] as number, max: sorted[count - 1] as number }
  const codes = column.type === 'number' || column.type === 'integer' ? codesOf(sorted) : []
  return { rows: values.length, missing: values.length - count, distinct, ...range, ...(codes.length > 0 && { codes }) }
}

const isNines = (value: number): boolean => /^-?99+$/.test(String(value))
const fewestTimes = 3

/**
 * Of sorted numbers those of two nines or more that stand three times or more, before or behind all others: below zero where nothing else is, or
 * farther away than the others are from each other.
 */
function codesOf(sorted: Float64Array): readonly NumberCode[] {
  let first = 0
  let last = sorted.length - 1
  while (first <= last && isNines(sorted[first] as number)) first++
  while (last > first && isNines(sorted[last] as number)) last--
  const [least, greatest] = [sorted[first], sorted[last]]
  if (least === undefined || greatest === undefined || least === greatest) return []
  const counts = new Map<number, number>()
  for (const value of [...sorted.subarray(0, first), ...sorted.subarray(last + 1)])
    counts.set(value, (counts.get(value) ?? 0) + 1)
  const isFar = (value: number): boolean =>
    (value < 0 && least >= 0) || Math.max(least - value, value - greatest) > greatest - least
  return [...counts]
    .filter(([value, count]) => count >= fewestTimes && isFar(value))
    .map(([value, count]) => ({ value, count, isBelow: value < least }))
}

/** Of codes below `limit`; others are missing. */
function countsOf(codes: Int32Array | Uint8Array, limit: number): ColumnFacts {
  const seen = new Uint8Array(limit)
  let missing = 0
  let distinct = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code < 0 || code >= limit) missing++
    else if (seen[code] === 0) {
      seen[code] = 1
      distinct++
    }
  }
  return { rows: codes.length, missing, distinct }
}
