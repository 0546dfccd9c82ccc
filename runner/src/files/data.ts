import {
  type ColumnData,
  type ColumnSpec,
  cell,
  columnLength,
  type HeaderOptions,
  head,
  makeTable,
  type Rejected,
  readTexts,
  type Table,
  takeRows,
} from '@modeldriver/engine'
import { readArrow } from './arrow.ts'
import { dataKind, type Overlay, readBytes, Unreadable, wholeBuffer, withFile } from './disk.ts'
import { cellText } from './format.ts'
import { readParquet } from './parquet.ts'
import { refuseOther } from './signs.ts'
import { readTextFile, readTextTable } from './text.ts'
import { createReadings } from './unchanged.ts'
import { readXlsx } from './xlsx.ts'

/** A data file, read. */
export interface Data {
  readonly table: Table
  /** Cells and rows that could not be read, with the reason. */
  readonly rejected: readonly Rejected[]
  /** Data rows the file has; more than the table's when only its head was read. */
  readonly rows: number
  /** The file ends in the middle of a row. */
  readonly isCutOff?: true
  /** What the author should know about a column's type. */
  readonly notes: readonly string[]
}

export interface DataOptions extends HeaderOptions {
  /** At most so many rows, from the head. */
  readonly limit: number
}

export interface DataStore {
  /** Reads a data file; one that did not change is not read again. @throws Unreadable */
  read(path: string, options: DataOptions, overlay?: Overlay): Promise<Data>
}

/** Keeps the data files that were read last. */
export function createDataStore(capacity = 4): DataStore {
  const readings = createReadings<Data>(capacity)
  return {
    async read(path, options, overlay = {}) {
      if (Object.hasOwn(overlay, path)) return readData(path, options, overlay[path])
      const { known, keep } = readings.of(path, [
        options.formats,
        options.columns,
        options.sheet,
        finite(options.limit),
      ])
      const data = known ?? (await readData(path, options))
      if (!known) keep(data)
      return data
    },
  }
}

/** Reads a data file by its ending, or the unsaved `text` of it. @throws Unreadable */
export async function readData(path: string, options: DataOptions, unsaved?: string): Promise<Data> {
  const { kind } = dataKind(path)
  if (kind === 'xlsx') {
    const read = withFile(path, (file) => readXlsx(file, options))
    return { ...read, notes: read.notes.map(({ message }) => message) }
  }
  if (kind === 'parquet' || kind === 'arrow') return withSpecs(await typed(path, kind, options.limit), options)
  const { formats, columns, limit } = options
  const own = { formats, columns, ...(Number.isFinite(limit) && { limit, countsAll: true }) }
  const read = unsaved === undefined ? await readTextFile(path, own) : readTextTable(path, unsaved, own)
  if (read.header.length === 0) throw new Unreadable('it has no columns')
  const { rejected, rows, isCutOff } = read
  return {
    table: head(read.table, limit),
    rejected,
    rows,
    ...(isCutOff && { isCutOff }),
    notes: read.notes.map(({ message }) => message),
  }
}

/** A file that brings its own types. */
async function typed(path: string, kind: 'parquet' | 'arrow', limit: number): Promise<Data> {
  const bytes = wholeBuffer(readBytes(path))
  try {
    if (kind === 'parquet') refuseOther(new Uint8Array(bytes), kind)
    const read = kind === 'parquet' ? await readParquet(bytes, limit) : readArrow(bytes, limit)
    return { ...read, rejected: [], notes: [] }
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable(
      `it is damaged or of a kind that is not read (${error instanceof Error ? error.message : error})`,
    )
  }
}

/** The manifest's `columns` on data that brings its own types: names, types, required values. */
function withSpecs(data: Data, { columns, formats }: HeaderOptions): Data {
  const specs = new Map(Object.entries(columns).map(([name, spec]) => [spec.from ?? name, { name, spec }]))
  const rejected: Rejected[] = []
  const typed = [...data.table.columns].map(([header, column]): [string, ColumnData] => {
    const { name, spec } = specs.get(header) ?? { name: header, spec: {} }
    return [name, recast(name, column, spec, formats, rejected)]
  })
  const table = makeTable(typed, data.table.length)
  const required = [...specs.values()].filter(({ spec }) => spec.required)
  const kept: number[] = []
  for (let row = 0; row < table.length; row++) {
    const empty = required.find(({ name }) => {
      const column = table.columns.get(name)
      return column !== undefined && cell(column, row) === null
    })
    if (empty === undefined) kept.push(row)
    else
      rejected.push({
        row: row + 1,
        column: empty.name,
        text: '',
        reason: `'${empty.name}' is required and has no value`,
        kind: 'row',
      })
  }
  return { ...data, rejected, table: kept.length === table.length ? table : takeRows(table, Int32Array.from(kept)) }
}

/** The column as the declared type, read from its cells' text by the reader that text files have. */
function recast(
  name: string,
  column: ColumnData,
  spec: ColumnSpec,
  formats: DataOptions['formats'],
  rejected: Rejected[],
): ColumnData {
  if (spec.type === undefined || spec.type === column.type) return column
  const read = readTexts(columnLength(column), (row) => cellText(column, row), { spec, formats })
  for (const { cell: row, text, reason } of read.bad)
    rejected.push({ row: row + 1, column: name, text, reason, kind: 'cell' })
  return read.data
}

const finite = (limit: number): number | string => (Number.isFinite(limit) ? limit : 'all')
