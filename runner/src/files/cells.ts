import { type ColumnData, columnOf, type ValueType } from '@modeldriver/engine'

/** A column of cells whose type the file says. Whole numbers beyond 2^53 would not be exact: such a column becomes text. */
export function columnFrom(cells: readonly unknown[], type: ValueType): ColumnData {
  if (type === 'string' || type === 'boolean') return withType(columnOf(cells.map(plain)), type, cells.length)
  if (cells.some((cell) => typeof cell === 'bigint' && !Number.isSafeInteger(Number(cell))))
    return columnOf(cells.map((cell) => (cell === null || cell === undefined ? null : String(cell))))
  const values = Float64Array.from(cells, (cell) =>
    cell === null || cell === undefined ? Number.NaN : finite(Number(cell)),
  )
  return { type, values }
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN)

/** A column without a value has no type of its own; it gets the file's. */
function withType(column: ColumnData, type: 'string' | 'boolean', length: number): ColumnData {
  if (column.type === type) return column
  return type === 'string'
    ? { type, codes: new Int32Array(length).fill(-1), dictionary: [] }
    : { type, values: new Uint8Array(length).fill(2) }
}

const plain = (cell: unknown): unknown => (typeof cell === 'bigint' || cell instanceof Uint8Array ? String(cell) : cell)
