import {
  type ColumnData,
  columnOf,
  inexactNote,
  type OwnColumns,
  type ReadColumn,
  type ValueType,
} from '@modeldriver/engine'

/**
 * A column of cells whose type the file says. What is no finite number is set aside. Whole numbers beyond 2^53 would not be exact: such
 * a column becomes text.
 */
export function columnFrom(cells: readonly unknown[], type: ValueType): ReadColumn {
  if (type === 'string' || type === 'boolean')
    return { data: withType(columnOf(cells.map(plain)), type, cells.length), bad: [] }
  const noteCell = cells.findIndex((cell) => typeof cell === 'bigint' && !Number.isSafeInteger(Number(cell)))
  if (noteCell >= 0) {
    const data = columnOf(cells.map((cell) => (isMissing(cell) ? null : String(cell))))
    return { data, bad: [], note: inexactNote, noteCell }
  }
  const values = new Float64Array(cells.length).fill(Number.NaN)
  const bad: { cell: number; text: string; reason: string }[] = []
  for (const [at, cell] of cells.entries()) {
    if (isMissing(cell)) continue
    const value = Number(cell)
    if (Number.isFinite(value)) values[at] = value
    else if (!Number.isNaN(value)) bad.push({ cell: at, text: String(value), reason: 'not a finite number' })
  }
  return { data: { type, values }, bad }
}

const isMissing = (cell: unknown): boolean => cell === null || cell === undefined

/** A column without a value has no type of its own; it gets the file's. */
function withType(column: ColumnData, type: 'string' | 'boolean', length: number): ColumnData {
  if (column.type === type) return column
  return type === 'string'
    ? { type, codes: new Int32Array(length).fill(-1), dictionary: [] }
    : { type, values: new Uint8Array(length).fill(2) }
}

const plain = (cell: unknown): unknown => (typeof cell === 'bigint' || cell instanceof Uint8Array ? String(cell) : cell)

/** A table of columns that bring their types. */
export interface OwnTable extends OwnColumns {
  readonly length: number
  /** Rows the file has. */
  readonly rows: number
  /** Columns of types that tables do not have. */
  readonly leftOut: readonly LeftOut[]
  /** What to know of names that stand more than once. */
  readonly warnings: readonly string[]
}

export interface LeftOut {
  readonly name: string
  /** What it holds, as in "it holds lists". */
  readonly kind: string
}

/** What to say of columns that are left out. */
export function leftOutNote(columns: readonly LeftOut[]): readonly string[] {
  const kinds = [...new Set(columns.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const names = columns.filter((column) => column.kind === kind).map(({ name }) => `'${name}'`)
    return `Not read, because ${names.length === 1 ? 'it holds' : 'they hold'} ${kind}: ${names.join(', ')}.`
  })
}
