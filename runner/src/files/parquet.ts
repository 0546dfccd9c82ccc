import {
  type ColumnFacts,
  type KnownHeader,
  namesOnce,
  specsByHeader,
  type ValueType,
  type Wanted,
} from '@modeldriver/engine'
import { type FileMetaData, parquetMetadata, parquetSchema } from 'hyparquet'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { columnFrom, type LeftOut, type OwnTable } from './cells.ts'
import { brotli, gzip, lz4Block, lz4Hadoop, snappy } from './codecs.ts'
import { type OpenFile, Unreadable } from './disk.ts'
import { pagesOf } from './parquetPages.ts'
import type { Decoder } from './parquetRuns.ts'
import { described, isText, kindOf, leftOutKind } from './parquetTypes.ts'
import { refuseOther, signBytes } from './signs.ts'
import { millisecondsOf } from './units.ts'
import { zstd } from './zstd.ts'

const compressors = { GZIP: gzip, BROTLI: brotli, ZSTD: zstd, LZ4_RAW: lz4Block, LZ4: lz4Hadoop, SNAPPY: snappy }
const codecs = { ...compressors, UNCOMPRESSED: true }

/** Instants as epoch milliseconds, as tables hold them. */
const parsers = {
  timestampFromMilliseconds: (time: bigint) => Number(time),
  timestampFromMicroseconds: millisecondsOf(1000n),
  timestampFromNanoseconds: millisecondsOf(1_000_000n),
  dateFromDays: (days: number) => days * 86_400_000,
}

/** Columns of a Parquet file by its own schema; those that tables have no cells for are left out. @throws Unreadable */
export function parquetHeader(bytes: ArrayBuffer): KnownHeader {
  const { metadata, warnings } = withNamesOnce(describedBy(bytes))
  const columns = columnsOf(metadata).map(({ name, type, element }) => {
    const facts = factsOf(metadata, name, type)
    return { name, ...(!kindOf(element)?.isEmpty && { type }), samples: [], ...(facts && { facts }) }
  })
  return { columns, warnings }
}

/** @throws Unreadable when what the footer describes cannot be read */
function describedBy(footer: ArrayBuffer): FileMetaData {
  // Geometries are left out as bytes are. Looking for them takes a damaged count of columns at its word.
  const metadata = parquetMetadata(footer, { parsers, geoparquet: false })
  for (const { meta_data, crypto_metadata } of metadata.row_groups.flatMap(({ columns }) => columns)) {
    const name = meta_data?.path_in_schema.join('.')
    if (crypto_metadata !== undefined)
      throw new Unreadable(encrypted(name === undefined ? 'a column' : `its column '${name}'`))
    if (meta_data && !(meta_data.codec in codecs))
      throw new Unreadable(
        `its column '${name}' is compressed in a way that is not read (${meta_data.codec}); write it with ZSTD or SNAPPY`,
      )
  }
  return metadata
}

/** The same description with each name once: a column's values are found by its name. */
function withNamesOnce(metadata: FileMetaData): {
  readonly metadata: FileMetaData
  readonly warnings: readonly string[]
} {
  const top = parquetSchema(metadata).children
  const { names, warnings } = namesOnce(top.map(({ element }) => element.name))
  if (warnings.length === 0) return { metadata, warnings }
  const nameOf = new Map(top.map(({ element }, at) => [element, names[at] as string]))
  const ofChunk = top.flatMap((column, at) => leavesOf(column).map(() => names[at] as string))
  const row_groups = metadata.row_groups.map((group) => ({
    ...group,
    columns: group.columns.map(({ meta_data, ...column }, chunk) => ({
      ...column,
      ...(meta_data && {
        meta_data: { ...meta_data, path_in_schema: [ofChunk[chunk] as string, ...meta_data.path_in_schema.slice(1)] },
      }),
    })),
  }))
  const schema = metadata.schema.map((element) => ({ ...element, name: nameOf.get(element) ?? element.name }))
  return { metadata: { ...metadata, schema, row_groups }, warnings }
}

type SchemaTree = ReturnType<typeof parquetSchema>

/** The columns of values that a column consists of, which is one unless it holds records. */
const leavesOf = (column: SchemaTree): readonly SchemaTree[] =>
  column.children.length === 0 ? [column] : column.children.flatMap(leavesOf)

const encrypted = (what: string): string => `${what} is encrypted, which is not read; write it without encryption`

interface Column {
  readonly name: string
  readonly type: ValueType
  readonly element: Parameters<typeof kindOf>[0]
}

const columnsOf = (metadata: FileMetaData): readonly Column[] =>
  parquetSchema(metadata).children.flatMap(({ element }) => {
    const kind = kindOf(element)
    return kind ? [{ name: element.name, type: kind.type, element }] : []
  })

/** What the file itself says of a column's values. */
function factsOf(metadata: FileMetaData, name: string, type: ValueType): ColumnFacts | undefined {
  const groups = metadata.row_groups.map(
    ({ columns }) =>
      columns.find(({ meta_data }) => meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === name)
        ?.meta_data?.statistics,
  )
  const known = groups.filter((group) => group?.null_count !== undefined)
  if (known.length === 0 || known.length < groups.length) return undefined
  const ranges = known.flatMap((group) => {
    const [min, max] = [group?.min_value ?? group?.min, group?.max_value ?? group?.max].map(numberOf)
    return min === undefined || max === undefined ? [] : [{ min, max }]
  })
  const hasRange = ranges.length > 0 && type !== 'string' && type !== 'boolean'
  return {
    rows: Number(metadata.num_rows),
    isWhole: true,
    missing: known.reduce((sum, group) => sum + Number(group?.null_count), 0),
    ...(hasRange && {
      min: Math.min(...ranges.map(({ min }) => min)),
      max: Math.max(...ranges.map(({ max }) => max)),
    }),
  }
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined

/**
 * The first `limit` rows of a Parquet file, and how many it has. Reads the wanted columns only, one after the other: what is read of
 * a column is many times as large as the column. @throws when the file is damaged or compressed in a way not known here
 */
export function readParquet(file: OpenFile, limit: number, wanted: Wanted): OwnTable {
  const footer = readFooter(file)
  const { metadata, warnings } = withNamesOnce(describedBy(footer))
  const rows = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0)
  if (rows !== Number(metadata.num_rows)) throw new Unreadable('it is damaged (it counts its rows in two ways)')
  const length = Math.min(rows, limit)
  const given = columnsOf(metadata)
  const headers = given.map(({ name }) => name)
  const columns: OwnTable['columns'][number][] = []
  for (const [column, { isWanted }] of specsByHeader(headers, wanted).entries()) {
    const { type, element } = given[column] as Column
    columns.push(isWanted ? columnFrom(readCells(file, metadata, element, length), type) : undefined)
  }
  const leftOut = parquetSchema(metadata)
    .children.filter(({ element }) => kindOf(element) === undefined)
    .map((column): LeftOut => ({ name: column.element.name, kind: leftOutKind(column) }))
  return { headers, columns, length, rows, leftOut, warnings }
}

/** The first `length` cells of a column. */
function readCells(file: OpenFile, metadata: FileMetaData, column: Column['element'], length: number): unknown[] {
  // An array that is made larger at once is a slow one; so it grows.
  const cells = new Array<unknown>(Math.min(length, 2 ** 24))
  let end = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    if (rows === 0 || end >= length) continue
    const chunk = group.columns.find(
      ({ meta_data }) => meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === column.name,
    )
    if (chunk?.file_path)
      throw new Unreadable(`its column '${column.name}' is in another file (${chunk.file_path}); read that one`)
    const told = chunk?.meta_data
    const place = [told?.dictionary_page_offset || told?.data_page_offset, told?.total_compressed_size].map(Number)
    if (told === undefined || told.type !== column.type || !place.every(Number.isSafeInteger))
      throw new Unreadable(`it is damaged (it does not tell where the values of its column '${column.name}' are)`)
    const bytes = file.read(...(place as [number, number]))
    const decoder = { ...decoderOf(described(column)), codec: told.codec }
    for (const values of pagesOf(bytes, { rows, unpackedSize: Number(told.total_uncompressed_size) }, decoder)) {
      for (let i = 0; i < values.length && end < length; i++) {
        const value: unknown = values[i]
        if (value === undefined)
          throw new Unreadable('it is damaged (a value is not in the list of those of its column)')
        cells[end++] = value
      }
      if (end >= length) break
    }
  }
  const { cellOf } = kindOf(column) ?? {}
  return cellOf ? cells.map((stored) => (stored === null ? null : cellOf(stored as never))) : cells
}

/** How hyparquet reads the pages of a column that is not in a record. */
const decoderOf = (element: Column['element']): Omit<Decoder, 'codec'> => ({
  pathInSchema: [element.name],
  type: element.type as Decoder['type'],
  element,
  schemaPath: [{ name: 'root' }, element].map((of) => ({ element: of, children: [], count: 1, path: [] })),
  parsers: { ...DEFAULT_PARSERS, ...parsers },
  utf8: isText(element),
  compressors,
})

/** The last bytes of a Parquet file: length of the description before them, and the mark of the format. */
const trailerBytes = 8
const parquetMark = 'PAR1'
const encryptedMark = 'PARE'

/** The end of a Parquet file, which describes it. @throws Unreadable */
export function readFooter({ size, read }: OpenFile): ArrayBuffer {
  refuseOther(new Uint8Array(read(0, signBytes)), 'parquet')
  const trailer = read(Math.max(0, size - trailerBytes), trailerBytes)
  const mark = Buffer.from(trailer).toString('latin1', 4)
  if (mark === encryptedMark) throw new Unreadable(encrypted('it'))
  if (mark !== parquetMark) throw new Unreadable('it is damaged (its end is missing)')
  const length = new DataView(trailer).getUint32(0, true) + trailerBytes
  if (length > size) throw new Unreadable('it is damaged (its end is missing)')
  return read(size - length, length)
}
