import type { Table } from '@modeldriver/engine'
import { Gzip } from 'fflate'
import { arrowBytes } from './arrowParts.ts'
import { delimitedParts } from './delimitedParts.ts'
import { parquetBytes } from './parquetParts.ts'
import { placeFiles } from './place.ts'
import { jsonParts, linesParts } from './textParts.ts'
import { xlsxParts } from './xlsxParts.ts'

const textFormats = ['csv', 'tsv', 'json', 'ndjson'] as const
const zippedFormats = ['csv.gz', 'tsv.gz', 'json.gz', 'ndjson.gz'] as const

/** What tables are written as; each is the ending of the file's name. */
export const tableFormats = [...textFormats, 'parquet', 'arrow', 'xlsx', ...zippedFormats] as const
export type TableFormat = (typeof tableFormats)[number]

/** The format that the ending of a name means. */
export const formatOfName = (path: string): TableFormat | undefined =>
  tableFormats.find((format) => path.toLowerCase().endsWith(`.${format}`))

/** A file to be written: a table, or text. */
export type FileToWrite =
  | { readonly path: string; readonly table: Table; readonly format: TableFormat }
  | { readonly path: string; readonly text: string }

/**
 * Writes files; folders are made. Dates are ISO 8601 in UTC, missing is an empty cell or null.
 * @throws Unwritable, and then nothing has changed
 */
export function writeFiles(files: readonly FileToWrite[]): void {
  placeFiles(
    files.map((file) => ({
      path: file.path,
      parts: () => ('text' in file ? [file.text] : partsOf(file)),
    })),
  )
}

type TableFile = Extract<FileToWrite, { readonly table: Table }>

function partsOf({ table, format, path }: TableFile): Iterable<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return delimitedParts(table, ',')
    case 'tsv':
      return delimitedParts(table, '\t')
    case 'json':
      return jsonParts(table)
    case 'ndjson':
      return linesParts(table)
    case 'parquet':
      return [parquetBytes(table)]
    case 'arrow':
      return [arrowBytes(table)]
    case 'xlsx':
      return xlsxParts(table, path)
    default:
      return zipped(partsOf({ table, format: format.slice(0, -'.gz'.length) as TableFormat, path }))
  }
}

/** The same contents have the same bytes: no time is written. */
function* zipped(parts: Iterable<string | Uint8Array>): Iterable<Uint8Array> {
  const out: Uint8Array[] = []
  const gzip = new Gzip({ mtime: 0 }, (piece) => out.push(piece))
  for (const part of parts) {
    gzip.push(typeof part === 'string' ? Buffer.from(part, 'utf8') : part)
    yield* out.splice(0)
  }
  gzip.push(new Uint8Array(0), true)
  yield* out
}
