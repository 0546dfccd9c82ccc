import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type DataHeader, type HeaderColumn, type HeaderOptions, readDelimited, readJson } from '@modeldriver/engine'

/** How a data file's text is read for its header, by the file's name; undefined when it is no text. */
export interface DataFormat {
  readonly kind: 'delimited' | 'json'
  readonly isZipped: boolean
  readonly delimiter?: string
}

export function dataFormat(path: string): DataFormat | undefined {
  const [, extension = '', zipped] = /\.([a-z0-9]+)(\.gz)?$/i.exec(path) ?? []
  const isZipped = zipped !== undefined
  switch (extension.toLowerCase()) {
    case 'csv':
    case 'txt':
      return { kind: 'delimited', isZipped }
    case 'tsv':
    case 'tab':
      return { kind: 'delimited', isZipped, delimiter: '\t' }
    case 'json':
    case 'ndjson':
    case 'jsonl':
      return { kind: 'json', isZipped }
  }
  return undefined
}

/** How much of a delimited file is read for its header, types and sample values. */
export const headBytes = 256 * 1024
const headRows = 5000

/** The header of a data file's text (or its head). */
export function headerOf(text: string, format: DataFormat, options: HeaderOptions): DataHeader {
  const { kind, delimiter } = format
  const { formats, columns } = options
  try {
    const { header } =
      kind === 'json'
        ? readJson(text, { formats, columns, limit: headRows })
        : readDelimited(text, { formats, columns, limit: headRows, ...(delimiter !== undefined && { delimiter }) })
    return headerOfColumns(header)
  } catch (error) {
    return unreadable(error)
  }
}

export const headerOfColumns = (columns: readonly HeaderColumn[]): DataHeader =>
  columns.length > 0 ? { kind: 'header', columns } : unreadable('it has no columns')

/** The part of a data file that its header is read from. Throws when it cannot be read. */
export function readHead(path: string, format: DataFormat): string {
  if (format.isZipped) return decode(gunzipSync(readFileSync(path)))
  if (format.kind === 'json' && !/\.(ndjson|jsonl)$/i.test(path)) return decode(readFileSync(path))
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(headBytes)
    const head = bytes.subarray(0, readSync(file, bytes, 0, headBytes, 0))
    return wholeLines(decode(head), head.length === headBytes)
  } finally {
    closeSync(file)
  }
}

/** A head that was cut loses its last, unfinished line. */
export function wholeLines(text: string, isCut: boolean): string {
  const end = isCut ? text.lastIndexOf('\n') : -1
  return end > 0 ? text.slice(0, end + 1) : text
}

/** UTF-8, or UTF-16 when the bytes say so; without byte order mark, as the editor shows it. */
export function decode(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'file not found',
  ENOTDIR: 'file not found',
  EISDIR: 'it is a folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
}

export function unreadable(cause: unknown): DataHeader {
  if (!(cause instanceof Error)) return { kind: 'unreadable', reason: String(cause) }
  const code = 'code' in cause ? String(cause.code) : ''
  return { kind: 'unreadable', reason: reasons[code] ?? cause.message.replace(/\.$/, '') }
}
