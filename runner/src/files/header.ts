import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type DataHeader, type FileSystem, type HeaderOptions, readDelimited, readJson } from '@modeldriver/engine'
import {
  dataKind,
  decode,
  fileStamp,
  firstLine,
  list,
  type Overlay,
  readBytes,
  readDataText,
  Unreadable,
} from './disk.ts'
import { parquetHeader } from './parquet.ts'

export { decode, fileStamp, list }

/** The files of this machine, seen through the unsaved texts of an editor. */
export function diskFiles(overlay: Overlay = {}): FileSystem {
  const open = (path: string) => (Object.hasOwn(overlay, path) ? overlay[path] : undefined)
  const readText = (path: string): string | undefined => {
    try {
      return open(path) ?? decode(readBytes(path))
    } catch {
      return undefined
    }
  }
  return { readText, list, readHeader: (path, options) => readHeader(path, open(path), options) }
}

/** How much of a text file is read for its header, types and sample values. */
const headBytes = 256 * 1024
const headRows = 5000
/** The last bytes of a Parquet file: length of the description before them, and the mark of the format. */
const trailerBytes = 8

/** The header of a data file, of its text on the screen if it is open. Reads the head of a text file, the end of a Parquet file. */
export function readHeader(path: string, open: string | undefined, options: HeaderOptions): DataHeader {
  try {
    const { kind, delimiter } = dataKind(path)
    const limited = { ...options, limit: headRows }
    const columns =
      kind === 'parquet'
        ? renamed(parquetHeader(readFooter(path)), options)
        : kind === 'json'
          ? readJson(open ?? readHead(path), limited).header
          : readDelimited(open === undefined ? readHead(path) : headOf(open), {
              ...limited,
              ...(delimiter !== undefined && { delimiter }),
            }).header
    return columns.length > 0 ? { kind: 'header', columns } : { kind: 'unreadable', reason: 'it has no columns' }
  } catch (error) {
    const reason = error instanceof Unreadable ? error.message : `it is damaged (${firstLine(error)})`
    return { kind: 'unreadable', reason }
  }
}

/** The part of a text file of data that its header is read from, without a last line that is cut. @throws Unreadable */
export function readHead(path: string): string {
  const { kind, isZipped } = dataKind(path)
  if (isZipped || (kind === 'json' && /\.json$/i.test(path))) return readDataText(path, isZipped)
  const bytes = readBytes(path, headBytes)
  const end = bytes.length < headBytes ? -1 : bytes.lastIndexOf(10)
  return decode(end > 0 ? bytes.subarray(0, end + 1) : bytes)
}

function headOf(text: string): string {
  const end = text.length > headBytes ? text.lastIndexOf('\n', headBytes) : -1
  return end > 0 ? text.slice(0, end + 1) : text
}

function readFooter(path: string): ArrayBuffer {
  if (fileStamp(path) === undefined) throw new Unreadable('file not found')
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const length = new DataView(readEnd(file, size, trailerBytes)).getUint32(0, true)
    return readEnd(file, size, length + trailerBytes)
  } finally {
    closeSync(file)
  }
}

function readEnd(file: number, size: number, wanted: number): ArrayBuffer {
  const count = Math.min(size, wanted)
  const buffer = new ArrayBuffer(count)
  readSync(file, new Uint8Array(buffer), 0, count, size - count)
  return buffer
}

/** Parquet columns under the names the manifest gives them. */
function renamed<Column extends { readonly name: string }>(
  columns: readonly Column[],
  options: HeaderOptions,
): readonly Column[] {
  const names = new Map(Object.entries(options.columns).map(([name, { from }]) => [from ?? name, name]))
  return columns.map((column) => ({ ...column, name: names.get(column.name) ?? column.name }))
}
