import {
  type DataHeader,
  declaredType,
  type FileSystem,
  type HeaderColumn,
  type HeaderOptions,
  headerWithFacts,
  type KnownHeader,
  marksOf,
} from '@modeldriver/engine'
import { arrowHeader } from './arrow.ts'
import { dataKind, fileStamp, isFolder, list, type Overlay, readBytes, withFile } from './disk.ts'
import { decode } from './encoding.ts'
import { headOf, readHead } from './head.ts'
import { parquetHeader, readFooter } from './parquet.ts'
import { readTextTable } from './text.ts'
import { damage, noColumns } from './unreadable.ts'
import { NoSheet, readXlsx } from './xlsx.ts'

export { fileStamp, isFolder, list, readHead }

/** The files of this machine, seen through the unsaved texts of an editor. */
export function diskFiles(overlay: Overlay = {}): FileSystem {
  const open = (path: string) => (Object.hasOwn(overlay, path) ? overlay[path] : undefined)
  return {
    readText: (path) => open(path) ?? readText(path),
    list,
    readHeader: (path, options) => readHeader(path, open(path), options),
  }
}

/** The text of a file, undefined when it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return decode(readBytes(path))
  } catch {
    return undefined
  }
}

/** Whether a file of data is text, so that there are places in it. */
export function isTextData(path: string): boolean {
  try {
    const { kind } = dataKind(path)
    return kind === 'delimited' || kind === 'json'
  } catch {
    return false
  }
}

/** Rows of the head that are looked at. */
const headRows = 5000
/** Of a sheet, whose rows take longer. */
const sheetRows = 1000

/** The header of a data file, of its text on the screen if it is open. Reads the head of the file, of Parquet its end. */
export function readHeader(path: string, open: string | undefined, options: HeaderOptions): DataHeader {
  try {
    const { columns, ...others } = headerOf(path, open, options)
    return columns.length > 0
      ? { kind: 'header', columns, ...others }
      : { kind: 'unreadable', reason: noColumns(dataKind(path).kind, options), ...others }
  } catch (error) {
    return {
      kind: 'unreadable',
      reason: damage(error).message,
      ...(error instanceof NoSheet && { sheets: error.sheets }),
    }
  }
}

function headerOf(path: string, open: string | undefined, options: HeaderOptions): KnownHeader {
  const { kind } = dataKind(path)
  switch (kind) {
    case 'xlsx': {
      const read = withFile(path, (file) => readXlsx(file, { ...options, limit: sheetRows }))
      return { ...headerWithFacts(read, read.isWhole), sheets: read.sheets }
    }
    case 'parquet':
      return renamed(parquetHeader(withFile(path, readFooter)), options)
    case 'arrow':
      return renamed(withFile(path, arrowHeader), options)
    case 'json':
    case 'delimited': {
      const text = open === undefined ? readHead(path) : headOf(open, path)
      const isWhole = isAll(text, path, open)
      const read = readTextTable(path, text, { ...options, limit: headRows, isHead: !isWhole })
      return headerWithFacts(read, read.rows < headRows && isWhole)
    }
  }
}

/** Whether the head of a file is the whole file. */
function isAll(text: string, path: string, open: string | undefined): boolean {
  return open === undefined ? withFile(path, ({ size }) => size) === Buffer.byteLength(text) : text === open
}

/** Columns of a file with names and types of its own, under those that the manifest gives them. */
function renamed({ columns, warnings = [] }: KnownHeader, options: HeaderOptions): KnownHeader {
  const specs = new Map(Object.entries(options.columns).map(([name, spec]) => [spec.from ?? name, { name, spec }]))
  const named = columns.map(({ facts, ...column }): HeaderColumn => {
    const { name = column.name, spec = {} } = specs.get(column.name) ?? {}
    const type = declaredType(spec) ?? column.type
    const isSo = type === column.type && marksOf(spec, options.formats) === undefined
    return { ...column, name, ...(type && { type }), ...(facts && isSo && { facts }) }
  })
  return { columns: named, ...(warnings.length > 0 && { warnings }) }
}
