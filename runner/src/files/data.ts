import { type HeaderOptions, head, type Rejected, readOwn, type Table, type Wanted } from '@modeldriver/engine'
import { readArrow } from './arrow.ts'
import { leftOutNote } from './cells.ts'
import { dataKind, type Overlay, opened, Unreadable, wholeFile, withFile } from './disk.ts'
import { readParquet } from './parquet.ts'
import { readTextFile, readTextTable } from './text.ts'
import { createReadings } from './unchanged.ts'
import { damage, noColumns } from './unreadable.ts'
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
  /** What the author should know of the header: names that stand twice, a title above it. */
  readonly warnings: readonly string[]
  /** How many columns were not asked for, and so not read. */
  readonly unread: number
}

export interface DataOptions extends HeaderOptions, Pick<Wanted, 'only'> {
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
        options.headerRow,
        options.only,
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
  if (kind === 'parquet' || kind === 'arrow') return ownData(path, kind, options)
  const { formats, columns, only, headerRow, limit } = options
  const own = {
    formats,
    columns,
    only,
    ...(headerRow && { headerRow }),
    ...(Number.isFinite(limit) && { limit, countsAll: true }),
  }
  const read = unsaved === undefined ? await readTextFile(path, own) : readTextTable(path, unsaved, own)
  const { rejected, rows, isCutOff, warnings, unread } = read
  if (read.header.length + unread === 0) throw new Unreadable(noColumns(kind, options))
  return {
    table: head(read.table, limit),
    rejected,
    rows,
    ...(isCutOff && { isCutOff }),
    notes: read.notes.map(({ message }) => message),
    warnings,
    unread,
  }
}

/** A file that brings its own types. */
async function ownData(path: string, kind: 'parquet' | 'arrow', options: DataOptions): Promise<Data> {
  const { limit } = options
  try {
    const own =
      kind === 'parquet'
        ? await opened(path, async (file) => readParquet(file, limit, options))
        : readArrow(wholeFile(path), limit, options)
    const read = readOwn(own, own.length, options)
    return {
      ...read,
      rows: own.rows,
      notes: [...leftOutNote(own.leftOut), ...read.notes.map(({ message }) => message)],
      warnings: [...own.warnings, ...read.warnings],
    }
  } catch (error) {
    throw damage(error)
  }
}

const finite = (limit: number): number | string => (Number.isFinite(limit) ? limit : 'all')
