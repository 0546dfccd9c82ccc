import type { Value } from '../ir/values.ts'
import type { ColumnData, Table } from './table.ts'

/** A table of columns, all of one length. Throws when the lengths differ: that is a mistake of the caller. */
export function makeTable(columns: Iterable<readonly [string, ColumnData]>, length?: number): Table {
  const map = new Map(columns)
  let rows = length
  for (const [name, column] of map) {
    const own = columnLength(column)
    rows ??= own
    if (own !== rows) throw new Error(`Column '${name}' has ${own} values, the table has ${rows} rows.`)
  }
  return { length: rows ?? 0, columns: map }
}

/** The table with one more column, or one replaced in its place. */
export function withColumn(table: Table, name: string, column: ColumnData): Table {
  return makeTable([...table.columns, [name, column]], table.length)
}

/** The named columns in the order asked for; names that are not there are left out. */
export function pickColumns(table: Table, names: readonly string[]): Table {
  const picked: [string, ColumnData][] = []
  for (const name of names) {
    const column = table.columns.get(name)
    if (column) picked.push([name, column])
  }
  return makeTable(picked, table.length)
}

export function columnLength(column: ColumnData): number {
  return column.type === 'string' ? column.codes.length : column.values.length
}

/** One cell as plain data: `null` is missing, dates are epoch milliseconds. */
export function cell(column: ColumnData, row: number): Value {
  if (column.type === 'string') return column.dictionary[column.codes[row] ?? -1] ?? null
  const value = column.values[row]
  if (column.type === 'boolean') return value === 1 ? true : value === 0 ? false : null
  return value === undefined || Number.isNaN(value) ? null : value
}

/** One cell as a feature sees it: like `cell`, but dates are `Date` objects. */
export function cellObject(column: ColumnData, row: number): Value | Date {
  const value = cell(column, row)
  const isDate = column.type === 'date' || column.type === 'datetime'
  return isDate && typeof value === 'number' ? new Date(value) : value
}

/** One row as plain data, by column name. */
export function rowOf(table: Table, row: number): Readonly<Record<string, Value>> {
  return Object.fromEntries([...table.columns].map(([name, column]) => [name, cell(column, row)]))
}

/** Whether any cell is not missing. */
export function hasValues(column: ColumnData): boolean {
  if (column.type === 'string') return column.dictionary.length > 0
  if (column.type === 'boolean') return column.values.some((value) => value < 2)
  return column.values.some((value) => !Number.isNaN(value))
}

export function missingCount(column: ColumnData): number {
  let count = 0
  if (column.type === 'string') {
    const { codes } = column
    for (let i = 0; i < codes.length; i++) if ((codes[i] as number) < 0) count++
  } else if (column.type === 'boolean') {
    const { values } = column
    for (let i = 0; i < values.length; i++) if (values[i] === 2) count++
  } else {
    const { values } = column
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) count++
  }
  return count
}

/** The rows with these numbers, in that order; a number of -1 gives a missing cell. */
export function takeRows(table: Table, rows: Int32Array): Table {
  return makeTable(
    [...table.columns].map(([name, column]) => [name, takeCells(column, rows)] as const),
    rows.length,
  )
}

export function takeCells(column: ColumnData, rows: Int32Array): ColumnData {
  if (column.type === 'string') {
    const codes = new Int32Array(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number
      codes[i] = row < 0 ? -1 : (column.codes[row] as number)
    }
    return compactText(codes, column.dictionary)
  }
  if (column.type === 'boolean') {
    const flags = new Uint8Array(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number
      flags[i] = row < 0 ? 2 : (column.values[row] as number)
    }
    return { type: 'boolean', values: flags }
  }
  const values = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    values[i] = row < 0 ? Number.NaN : (column.values[row] as number)
  }
  return { type: column.type, values }
}

/** The first rows of a table. */
export function head(table: Table, count: number): Table {
  const length = Math.min(table.length, Math.max(0, count))
  if (length === table.length) return table
  return takeRows(
    table,
    Int32Array.from({ length }, (_, row) => row),
  )
}

/** A text column whose dictionary holds only what occurs, in order of first appearance when something had to go. */
export function compactText(codes: Int32Array, dictionary: readonly string[]): ColumnData {
  const seen = new Int32Array(dictionary.length).fill(-1)
  const used: string[] = []
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code < 0 || seen[code] !== -1) continue
    seen[code] = used.length
    used.push(dictionary[code] as string)
  }
  if (used.length === dictionary.length) return { type: 'string', codes, dictionary }
  return { type: 'string', codes: codes.map((code) => (code < 0 ? -1 : (seen[code] as number))), dictionary: used }
}
