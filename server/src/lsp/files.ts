import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import {
  basename,
  type DataHeader,
  dirname,
  type FileSystem,
  type HeaderColumn,
  type HeaderOptions,
  isManifest,
} from '@modeldriver/engine'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Documents } from './documents.ts'
import {
  dataFormat,
  decode,
  headBytes,
  headerOf,
  headerOfColumns,
  readHead,
  unreadable,
  wholeLines,
} from './headers.ts'
import { parquetColumns } from './parquet.ts'
import { uriOf } from './paths.ts'

/** The files as the author sees them: open texts lie over the disk. */
export interface Files extends FileSystem {
  /** The text that offsets of `path` are counted in; of a large data file its head. */
  readonly document: (path: string) => TextDocument | undefined
  /** Drops what is remembered of a file that changed on disk. */
  readonly forget: (path: string) => void
}

interface Remembered<T> {
  readonly stamp: string
  readonly value: T
}

export function createFiles(documents: Pick<Documents, 'at' | 'openPaths'>): Files {
  const texts = new Map<string, Remembered<TextDocument>>()
  const headers = new Map<string, Remembered<DataHeader>>()

  const document = (path: string): TextDocument | undefined => {
    const open = documents.at(path)
    if (open) return open
    const stamp = diskStamp(path)
    const known = texts.get(path)
    if (stamp === undefined || known?.stamp === stamp) return stamp === undefined ? undefined : known?.value
    const text = readText(path)
    if (text === undefined) return undefined
    const value = TextDocument.create(uriOf(path), '', 0, text)
    texts.set(path, { stamp, value })
    return value
  }

  return {
    document,
    readText: (path) => document(path)?.getText(),
    list: (folder) => {
      const open = documents.openPaths().filter((path) => dirname(path) === folder)
      return [...new Set([...listFolder(folder), ...open.map(basename)])].sort()
    },
    readHeader: (path, options) => {
      const open = documents.at(path)
      const place = open ? `open ${open.version}` : diskStamp(path)
      if (place === undefined) return unreadable('file not found')
      const stamp = `${place} ${JSON.stringify(options)}`
      const known = headers.get(path)
      if (known?.stamp === stamp) return known.value
      const value = readHeader(path, open?.getText(), options)
      headers.set(path, { stamp, value })
      return value
    },
    forget: (path) => {
      texts.delete(path)
      headers.delete(path)
    },
  }
}

function readHeader(path: string, open: string | undefined, options: HeaderOptions): DataHeader {
  const format = dataFormat(path)
  try {
    if (!format) return headerOfColumns(otherColumns(path, options))
    const text = open === undefined ? readHead(path, format) : headOf(open, format.kind)
    return headerOf(text, format, options)
  } catch (error) {
    return unreadable(error)
  }
}

function otherColumns(path: string, options: HeaderOptions): readonly HeaderColumn[] {
  if (/\.parquet$/i.test(path)) return parquetColumns(path, options)
  throw new Error('only .csv, .tsv, .json, .ndjson (also .gz) and .parquet files are read')
}

const headOf = (text: string, kind: 'delimited' | 'json'): string =>
  kind === 'json' ? text : wholeLines(text.slice(0, headBytes), text.length > headBytes)

function readText(path: string): string | undefined {
  const format = isManifest(path) ? undefined : dataFormat(path)
  try {
    return format ? readHead(path, format) : decode(readFileSync(path))
  } catch {
    return undefined
  }
}

/** Changes when the file does; undefined when there is none. */
function diskStamp(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.size}` : undefined
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) =>
      isFolder(folder, entry) ? `${entry.name}/` : entry.name,
    )
  } catch {
    return []
  }
}

function isFolder(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return statSync(`${folder}/${entry.name}`, { throwIfNoEntry: false })?.isDirectory() ?? false
}
