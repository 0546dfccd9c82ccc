import { columnOf } from './build.ts'
import type { ColumnData } from './table.ts'

/** What a cell of a table given in code may be. */
export type CellKind = 'number' | 'bigint' | 'text' | 'boolean' | 'date' | 'list' | 'object'

/** A column that is none of a model's: its cells are of several types, or of one that cells have not. */
export interface OddColumn {
  readonly values: ArrayLike<unknown>
  /** What its cells are, most of them first. */
  readonly kinds: readonly CellKind[]
  /** The first cell that is not what most are; of lists and objects the first one. */
  readonly first: { readonly kind: CellKind; readonly row: number; readonly value: unknown }
}

/**
 * A column given in code. Nothing becomes text that was none, but whole numbers beyond 2^53: as in files, a column of bigints is numbers
 * where float64 has all of them, and else text.
 */
export function givenColumn(values: ArrayLike<unknown>): ColumnData | OddColumn {
  const met = new Map<CellKind, { count: number; readonly row: number }>()
  let isExact = true
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    const kind = kindOf(value)
    if (kind === undefined) continue
    if (kind === 'bigint' && !Number.isSafeInteger(Number(value))) isExact = false
    const seen = met.get(kind)
    if (seen) seen.count++
    else met.set(kind, { count: 1, row })
  }
  const kinds = [...met.keys()]
  const isNumeric = kinds.every((kind) => kind === 'number' || kind === 'boolean' || kind === 'bigint')
  if (isNumeric && met.has('bigint'))
    return columnOf(Array.from(values, (value) => (isExact ? asNumber(value) : asDigits(value))))
  if (isNumeric || (kinds.length === 1 && (met.has('text') || met.has('date')))) return columnOf(values)
  const byCount = [...met].sort(([, a], [, b]) => b.count - a.count)
  const [[kind, { row }]] = (byCount.length > 1 ? byCount.slice(1) : byCount).sort(([, a], [, b]) => a.row - b.row) as [
    (typeof byCount)[number],
  ]
  return { values, kinds: byCount.map(([each]) => each), first: { kind, row, value: values[row] } }
}

/** Undefined of what is missing. */
function kindOf(value: unknown): CellKind | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? 'number' : undefined
    case 'string':
      return 'text'
    case 'boolean':
    case 'bigint':
      return typeof value as 'boolean' | 'bigint'
    case 'undefined':
      return undefined
  }
  if (value === null) return undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : 'date'
  return Array.isArray(value) || ArrayBuffer.isView(value) ? 'list' : 'object'
}

const asNumber = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

const asDigits = (value: unknown): unknown => (kindOf(value) === undefined ? null : String(value))
