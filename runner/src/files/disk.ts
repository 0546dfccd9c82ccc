import {
  closeSync,
  type Dirent,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { resolve } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import { decode } from './encoding.ts'
import { refuseOther } from './signs.ts'
import { Unreadable } from './unreadable.ts'

/** Absolute, with `/` as separator on every system: how the engine names files. */
export const portable = (path: string): string => {
  const absolute = resolve(path)
  return process.platform === 'win32' ? absolute.replaceAll('\\', '/') : absolute
}

/** Unsaved texts by path: what is on the screen comes before what is on disk. */
export type Overlay = Readonly<Record<string, string>>

export { Unreadable }

export type DataKind = 'delimited' | 'json' | 'parquet' | 'arrow' | 'xlsx'

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
    case 'arrows':
    case 'feather':
      if (!isZipped) return { kind: 'arrow', isZipped }
      break
    case 'xlsx':
    case 'xlsm':
      if (!isZipped) return { kind: 'xlsx', isZipped }
      break
    case 'xls':
    case 'xlsb':
    case 'ods':
      throw new Unreadable(`.${extension} files are not read; save it as .xlsx or .csv`)
  }
  throw new Unreadable('only .csv, .tsv, .json, .ndjson (also .gz), .parquet, .arrow and .xlsx files are read')
}

/** The bytes of a file. @throws Unreadable */
export function readBytes(path: string): Buffer {
  return explained(() => {
    sizeOf(path)
    return readFileSync(path)
  })
}

/** Bytes of a file by place, as few as are asked for. @throws Unreadable */
export interface OpenFile {
  readonly size: number
  /** At most `count` bytes from `start` on, in a buffer of their own. */
  readonly read: (start: number, count: number) => ArrayBuffer
}

/** Opens a file for `work`, and closes it after. @throws Unreadable */
export function withFile<T>(path: string, work: (file: OpenFile) => T): T {
  return explained(() => {
    const { close, ...file } = open(path)
    try {
      return work(file)
    } finally {
      close()
    }
  })
}

/** The same for work that takes its time. Errors of the work come as they are. @throws Unreadable */
export async function opened<T>(path: string, work: (file: OpenFile) => Promise<T>): Promise<T> {
  const { close, size, read } = explained(() => open(path))
  try {
    return await work({ size, read: (start, count) => explained(() => read(start, count)) })
  } finally {
    close()
  }
}

function open(path: string): OpenFile & { readonly close: () => void } {
  const size = sizeOf(path)
  const file = openSync(path, 'r')
  return {
    size,
    read: (start, count) => {
      if (start < 0) throw new Unreadable('it is damaged (it tells of bytes before its beginning)')
      const buffer = new ArrayBuffer(Math.max(0, Math.min(count, size - start)))
      const got = readSync(file, new Uint8Array(buffer), 0, buffer.byteLength, start)
      return got === buffer.byteLength ? buffer : buffer.slice(0, got)
    },
    close: () => closeSync(file),
  }
}

/** Asked before a file is opened: opening a pipe waits for somebody who writes into it. */
export function sizeOf(path: string): number {
  const stats = statSync(path)
  if (stats.isDirectory()) throw new Unreadable('it is a folder')
  if (!stats.isFile()) throw new Unreadable('it is no file with contents of its own')
  return stats.size
}

/** @throws Unreadable */
export function unzipped(bytes: Uint8Array, isWhole = true): Uint8Array {
  refuseOther(bytes, 'gzip')
  return explained(() => gunzipSync(bytes, isWhole ? {} : { finishFlush: constants.Z_SYNC_FLUSH }))
}

/** Text of a data file from its bytes. @throws Unreadable when they are no text */
export function dataText(bytes: Uint8Array): string {
  refuseOther(bytes, 'text')
  const text = explained(() => decode(bytes))
  if (text.slice(0, 4096).includes('\0')) throw new Unreadable('it is not a text file')
  return text
}

/** @throws Unreadable when the first bytes of a text are none of a text */
export function refuseBinary(bytes: Uint8Array): void {
  if (bytes.subarray(0, 4096).includes(0)) throw new Unreadable('it is not a text file')
}

/** Changes when the file does; undefined when there is none that can be looked at. */
export function fileStamp(path: string): string | undefined {
  const stats = statsOf(path)
  return stats && `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`
}

/** The bytes of a file in a buffer of their own, as the Arrow reader wants them. @throws Unreadable */
export const wholeFile = (path: string): ArrayBuffer =>
  withFile(path, ({ size, read }) => {
    if (size > 2 ** 31 - 1) throw new Unreadable(reasons.ERR_FS_FILE_TOO_LARGE)
    return read(0, size)
  })

/** Names in a folder, sorted; folders end with `/`; empty when it cannot be listed. */
export function list(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.map((entry) => (isFolderEntry(folder, entry) ? `${entry.name}/` : entry.name)).sort()
  } catch {
    return []
  }
}

export const isFolder = (path: string): boolean => statsOf(path)?.isDirectory() ?? false

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** A link to a folder counts as one, unless it leads back up: nobody could look through all of it. */
function isFolderEntry(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  const path = `${folder}/${entry.name}`
  return isFolder(path) && !`${realpathSync(folder)}/`.startsWith(`${realpathSync(path)}/`)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'file not found',
  ENOTDIR: 'file not found',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads back to itself',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  ERR_STRING_TOO_LONG: 'it is too large to be read as text; save it as .parquet',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB, which is read of .parquet, .csv and .json only; save it as .parquet',
  ERR_BUFFER_TOO_LARGE: 'it is too large to be read as text; save it as .parquet',
  Z_BUF_ERROR: 'it is damaged (its end is missing)',
  Z_DATA_ERROR: 'it is damaged (it cannot be unpacked)',
}

export function explained<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw explanation(error)
  }
}

export function explanation(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return new Unreadable(reasons[code] ?? firstLine(error))
}

export const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''
