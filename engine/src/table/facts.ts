import type { ColumnFacts, HeaderColumn } from '../ir/model.ts'
import type { ReadTable } from './reading.ts'
import type { ColumnData } from './table.ts'

/** The header of a table that was read from the head of a file, with what the values there are. */
export function headerWithFacts(
  { header, table }: Pick<ReadTable, 'header' | 'table'>,
  isWhole: boolean,
): readonly HeaderColumn[] {
  return header.map((column) => {
    const values = table.columns.get(column.name)
    return values ? { ...column, facts: { ...factsOf(values), ...(isWhole && { isWhole }) } } : column
  })
}

/** Counts, and of numbers and dates the least and the greatest. */
export function factsOf(column: ColumnData): ColumnFacts {
  if (column.type === 'string') {
    const missing = column.codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0)
    return { rows: column.codes.length, missing, distinct: new Set(column.codes.filter((code) => code >= 0)).size }
  }
  if (column.type === 'boolean') {
    const present = column.values.filter((value) => value < 2)
    return {
      rows: column.values.length,
      missing: column.values.length - present.length,
      distinct: new Set(present).size,
    }
  }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort()
  const rows = column.values.length
  const distinct = sorted.reduce(
    (count, value, index) => count + (index === 0 || value !== sorted[index - 1] ? 1 : 0),
    0,
  )
  const [min] = sorted
  const max = sorted.at(-1)
  return { rows, missing: rows - sorted.length, distinct, ...(min !== undefined && max !== undefined && { min, max }) }
}
