import { basename, type DataHeader, dirname, type FileSystem, isManifest, isModuleFile } from '@modeldriver/engine'
import { fileStamp, isTextData, list, readHead, readHeader, readText } from '@modeldriver/runner/files'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Documents } from './documents.ts'
import { uriOf } from './paths.ts'

/** The files as the author sees them: open texts lie over the disk. */
export interface Files extends FileSystem {
  /** The text that offsets of `path` are counted in; of a large data file its head. */
  readonly document: (path: string) => TextDocument | undefined
  /** Drops what is remembered of a file that changed on disk. */
  readonly forget: (path: string) => void
  /** Files that were read and have changed on disk since, or are gone. */
  readonly stale: () => readonly string[]
}

interface Remembered<T> {
  readonly stamp: string
  readonly value: T
}

export function createFiles(documents: Pick<Documents, 'at' | 'openPaths'>): Files {
  const texts = new Map<string, Remembered<TextDocument>>()
  /** By path, then by the way in which it was read. */
  const headers = new Map<string, Map<string, Remembered<DataHeader>>>()

  const document = (path: string): TextDocument | undefined => {
    const open = documents.at(path)
    if (open) return open
    const stamp = fileStamp(path)
    const known = texts.get(path)
    if (stamp === undefined || known?.stamp === stamp) return stamp === undefined ? undefined : known?.value
    const text = textOf(path)
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
      return [...new Set([...list(folder), ...open.map(basename)])].sort()
    },
    readHeader: (path, options) => {
      const open = documents.at(path)
      const stamp = open ? `open ${open.version}` : fileStamp(path)
      if (stamp === undefined) return readHeader(path, undefined, options)
      const ways = headers.get(path) ?? new Map<string, Remembered<DataHeader>>()
      headers.set(path, ways)
      const way = JSON.stringify(options)
      const known = ways.get(way)
      if (known?.stamp === stamp) return known.value
      const value = readHeader(path, open?.getText(), options)
      for (const [other, { stamp: before }] of ways) if (before !== stamp) ways.delete(other)
      ways.set(way, { stamp, value })
      return value
    },
    forget: (path) => {
      texts.delete(path)
      headers.delete(path)
    },
    stale: () => {
      const read = [...headers].flatMap(([path, ways]) => [...ways.values()].map((each) => [path, each] as const))
      const changed = [...texts, ...read].filter(
        ([path, { stamp }]) => !documents.at(path) && stamp !== fileStamp(path),
      )
      return [...new Set(changed.map(([path]) => path))]
    },
  }
}

/** The whole text of a file of ours and of what it may import, the head of a text file of data. */
function textOf(path: string): string | undefined {
  if (isManifest(path) || isModuleFile(path)) return readText(path)
  try {
    return isTextData(path) ? readHead(path) : undefined
  } catch {
    return undefined
  }
}
