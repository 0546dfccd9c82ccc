import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Absolute, with `/` as separator on every system: how the engine names files. */
export const portable = (path: string): string => {
  const absolute = resolve(path)
  return process.platform === 'win32' ? absolute.replaceAll('\\', '/') : absolute
}

/** Unsaved texts by path: what is on the screen comes before what is on disk. */
export type Overlay = Readonly<Record<string, string>>

/** Why a file cannot be read, as the end of "Cannot read orders.csv: …". */
export class Unreadable extends Error {}

export type DataKind = 'delimited' | 'json' | 'parquet'

/** How a data file is read, by its name. @throws Unreadable for formats that are not known */
export function dataKind(path: string): {
  readonly kind: DataKind
  readonly isZipped: boolean
  readonly delimiter?: string
} {
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
    case 'parquet':
      if (!isZipped) return { kind: 'parquet', isZipped }
      break
    case 'arrow':
    case 'feather':
    case 'xlsx':
    case 'xls':
      throw new Unreadable(`.${extension} files are not read yet; save it as .csv or .parquet`)
  }
  throw new Unreadable('only .csv, .tsv, .json, .ndjson (also .gz) and .parquet files are read')
}

/** The bytes of a file, or of its first `limit` bytes. @throws Unreadable */
export function readBytes(path: string, limit = Number.POSITIVE_INFINITY): Buffer {
  return explained(() => {
    const file = openSync(path, 'r')
    try {
      const stats = fstatSync(file)
      if (stats.isDirectory()) throw new Unreadable('it is a folder')
      if (stats.size <= limit) return readFileSync(file)
      const head = Buffer.alloc(limit)
      return head.subarray(0, readSync(file, head, 0, limit, 0))
    } finally {
      closeSync(file)
    }
  })
}

/** The text of a data file. @throws Unreadable */
export function readDataText(path: string, isZipped: boolean): string {
  const bytes = readBytes(path)
  return explained(() => decode(isZipped ? gunzipSync(bytes) : bytes))
}

/** Changes when the file does; undefined when there is none. */
export function fileStamp(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && `${stats.mtimeMs} ${stats.size}`
}

/** The bytes in a buffer of their own, as the Parquet reader wants them. */
export function wholeBuffer(bytes: Buffer): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

/** Names in a folder, sorted; folders end with `/`; empty when it cannot be listed. */
export function list(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.map((entry) => (isFolder(folder, entry) ? `${entry.name}/` : entry.name)).sort()
  } catch {
    return []
  }
}

function isFolder(folder: string, entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean }): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return statSync(`${folder}/${entry.name}`, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** UTF-8, or UTF-16 when the text says so. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'file not found',
  ENOTDIR: 'file not found',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
  ERR_STRING_TOO_LONG: 'it is too large to be read as text; save it as .parquet',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
}

function explained<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new Unreadable(reasons[code] ?? firstLine(error))
  }
}

export const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''
