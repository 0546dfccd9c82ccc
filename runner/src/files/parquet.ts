import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type ColumnFacts, type HeaderColumn, specsByHeader, type ValueType, type Wanted } from '@modeldriver/engine'
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
} from 'hyparquet'
import { columnFrom, type OwnTable } from './cells.ts'
import { type OpenFile, Unreadable } from './disk.ts'
import { checkPages } from './parquetPages.ts'
import { refuseOther, signBytes } from './signs.ts'

const compressors: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
}

/** Instants as epoch milliseconds, as tables hold them. */
const parsers = {
  timestampFromMilliseconds: (time: bigint) => Number(time),
  timestampFromMicroseconds: (time: bigint) => Number(time / 1000n),
  timestampFromNanoseconds: (time: bigint) => Number(time / 1_000_000n),
  dateFromDays: (days: number) => days * 86_400_000,
}

type TypedHeader = HeaderColumn & { readonly type: ValueType }

/** Columns of a Parquet file by its own schema; lists and structs are left out. */
export function parquetHeader(bytes: ArrayBuffer): readonly TypedHeader[] {
  const metadata = parquetMetadata(bytes, { parsers })
  return parquetSchema(metadata).children.flatMap(({ element }) => {
    const type = typeOf(element)
    if (type === undefined) return []
    const facts = factsOf(metadata, element.name, type)
    return [{ name: element.name, type, samples: [], ...(facts && { facts }) }]
  })
}

/** What the file itself says of a column's values. */
function factsOf(metadata: FileMetaData, name: string, type: ValueType): ColumnFacts | undefined {
  const groups = metadata.row_groups.map(
    ({ columns }) =>
      columns.find(({ meta_data }) => meta_data?.path_in_schema.join('.') === name)?.meta_data?.statistics,
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
export async function readParquet(file: OpenFile, limit: number, wanted: Wanted): Promise<OwnTable> {
  const footer = readFooter(file)
  const metadata = parquetMetadata(footer)
  const rows = Number(metadata.num_rows)
  const length = Math.min(rows, limit)
  const header = parquetHeader(footer)
  const headers = header.map(({ name }) => name)
  const chunks = metadata.row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => chunkOf(meta_data)))
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: (start, end = file.size) => {
      const bytes = file.read(start, end - start)
      for (const chunk of chunks)
        if (chunk.start >= start && chunk.start + chunk.size <= end) checkPages(bytes, chunk.start - start, chunk.size)
      return bytes
    },
  }
  const columns: OwnTable['columns'][number][] = []
  for (const [column, { isWanted }] of specsByHeader(headers, wanted).entries()) {
    const { name, type } = header[column] as TypedHeader
    columns.push(isWanted ? columnFrom(await readCells({ file: buffer, metadata }, name, length), type) : undefined)
  }
  const all = parquetSchema(metadata).children.map(({ element }) => element)
  const leftOut = all.filter((element) => typeOf(element) === undefined).map(({ name }) => name)
  return { headers, columns, length, rows, leftOut }
}

/** Where the pages of a column are. */
function chunkOf(column: ColumnMetaData | undefined): readonly { readonly start: number; readonly size: number }[] {
  if (column === undefined) return []
  const { dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size } = column
  return [{ start: Number(dictionary || data), size: Number(size) }]
}

async function readCells(
  of: { readonly file: AsyncBuffer; readonly metadata: FileMetaData },
  column: string,
  length: number,
): Promise<unknown[]> {
  const cells = new Array<unknown>(length)
  await parquetRead({
    ...of,
    columns: [column],
    rowEnd: length,
    compressors,
    parsers,
    onChunk: ({ columnData, rowStart }) => {
      for (let i = 0; i < columnData.length && rowStart + i < length; i++) cells[rowStart + i] = columnData[i]
    },
  })
  return cells
}

/** The last bytes of a Parquet file: length of the description before them, and the mark of the format. */
const trailerBytes = 8
const parquetMark = 'PAR1'

/** The end of a Parquet file, which describes it. @throws Unreadable */
export function readFooter({ size, read }: OpenFile): ArrayBuffer {
  refuseOther(new Uint8Array(read(0, signBytes)), 'parquet')
  const trailer = read(Math.max(0, size - trailerBytes), trailerBytes)
  if (Buffer.from(trailer).toString('latin1', 4) !== parquetMark)
    throw new Unreadable('it is damaged (its end is missing)')
  const length = new DataView(trailer).getUint32(0, true) + trailerBytes
  if (length > size) throw new Unreadable('it is damaged (its end is missing)')
  return read(size - length, length)
}

type SchemaElement = ReturnType<typeof parquetSchema>['element']

function typeOf(element: SchemaElement): ValueType | undefined {
  if (element.type === undefined || element.repetition_type === 'REPEATED') return undefined
  const meaning = element.converted_type ?? element.logical_type?.type
  if (meaning === 'DATE') return 'date'
  if (meaning?.startsWith('TIMESTAMP') || element.type === 'INT96') return 'datetime'
  if (meaning === 'DECIMAL' || meaning === 'FLOAT16') return 'number'
  if (element.type === 'BOOLEAN') return 'boolean'
  if (element.type === 'INT32' || element.type === 'INT64') return 'integer'
  return element.type === 'FLOAT' || element.type === 'DOUBLE' ? 'number' : 'string'
}
