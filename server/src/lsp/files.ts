import { basename, type DataHeader, dirname, type FileSystem, isFeatureFile, isManifest } from '@modeldriver/engine'
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
  const headers = new Map<string, Remembered<DataHeader>>()

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
      const place = open ? `open ${open.version}` : fileStamp(path)
      if (place === undefined) return readHeader(path, undefined, options)
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
    stale: () => {
      const remembered = [...texts, ...headers].map(([path, { stamp }]): [string, string] => [path, stamp])
      const changed = remembered.filter(([path, stamp]) => !documents.at(path) && !isFrom(stamp, fileStamp(path)))
      return [...new Set(changed.map(([path]) => path))]
    },
  }
}

/** Whether what was remembered under `stamp` was read from a file as it is now. */
const isFrom = (stamp: string, now: string | undefined): boolean =>
  now !== undefined && (stamp === now || stamp.startsWith(`${now} `))

/** The whole text of a file of ours, the head of a text file of data. */
function textOf(path: string): string | undefined {
  if (isManifest(path) || isFeatureFile(path)) return readText(path)
  try {
    return isTextData(path) ? readHead(path) : undefined
  } catch {
    return undefined
  }
}
