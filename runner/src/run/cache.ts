import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeTable } from '@modeldriver/engine'
import type { Data, DataStore } from '../files/data.ts'
import { removeIfThere, whyUnwritable } from '../files/place.ts'
import { contentOf as contentOfFile } from '../files/unchanged.ts'
import { type ColumnStore, contentOf, digest } from './memory.ts'
import { packed, sealed, unpacked, unsealed } from './packing.ts'

/** Columns on disk. What is damaged or cannot be read is as if it were not there. */
export interface Cache extends ColumnStore {
  /** The same data; a file whose content was read before is not read again. */
  readonly dataOf: (store: DataStore) => DataStore
  /** Removes what was used longest ago until the rest fits. Gives the reason, the end of a sentence, when something could not be written. */
  readonly finish: () => string | undefined
}

const gigabyte = 2 ** 30
const endings = ['.column', '.data'] as const
/** A run that writes no longer than this writes no more. */
const abandonedAfterMs = 3_600_000

/**
 * One file per column, by its fingerprint. A file is written beside its place and renamed, and ends with the hash of all before:
 * two runs at once, and one that is killed, leave nothing that is taken for something else. `program` is what computes.
 */
export function createCache(folder: string, program: readonly string[], limit = gigabyte): Cache {
  let problem: string | undefined
  let isMade = false
  const fileOf = (fingerprint: string, ending: (typeof endings)[number]) =>
    join(folder, `${digest([program, fingerprint])}${ending}`)
  const read = <T>(path: string, of: (bytes: Buffer) => T): T | undefined => {
    try {
      const bytes = unsealed(readFileSync(path))
      if (!bytes) return undefined
      const now = new Date()
      utimesSync(path, now, now)
      return of(bytes)
    } catch {
      return undefined
    }
  }
  const write = (path: string, parts: readonly Uint8Array[]): void => {
    if (problem !== undefined) return
    const temporary = `${path}.${randomUUID()}`
    try {
      if (!isMade) makeFolder(folder)
      isMade = true
      writeFileSync(temporary, sealed(parts))
      renameSync(temporary, path)
    } catch (error) {
      problem = whyUnwritable(error)
      removeIfThere(temporary)
    }
  }
  const columns: ColumnStore = {
    find: (fingerprint) => read(fileOf(fingerprint, '.column'), unpacked),
    keep: (fingerprint, result) => write(fileOf(fingerprint, '.column'), packed(result)),
  }
  const findData = (fingerprint: string): Data | undefined => {
    const found = read(fileOf(fingerprint, '.data'), (bytes) => JSON.parse(bytes.toString()) as StoredData)
    if (!found) return undefined
    const { names, length, ...rest } = found
    const all = names.map(([name, content]) => [name, columns.find(content)?.column] as const)
    const present = all.flatMap(([name, column]) => (column ? [[name, column] as const] : []))
    return present.length === all.length ? { ...rest, table: makeTable(present, length) } : undefined
  }
  const keepData = (fingerprint: string, { table, ...rest }: Data): void => {
    const names = [...table.columns].map(([name, column]) => [name, contentOf(column)] as const)
    for (const [name, content] of names) {
      const column = table.columns.get(name)
      if (column) columns.keep(content, { column, how: 'calls' })
    }
    const stored: StoredData = { ...rest, names, length: table.length }
    write(fileOf(fingerprint, '.data'), [Buffer.from(JSON.stringify(stored))])
  }
  return {
    ...columns,
    dataOf: (store) => ({
      async read(path, options, overlay = {}) {
        const content = contentNow(path)
        if (content === undefined || Object.hasOwn(overlay, path)) return store.read(path, options, overlay)
        const fingerprint = digest([basename(path), content, options])
        const known = findData(fingerprint)
        if (known) return known
        const data = await store.read(path, options, overlay)
        if (contentNow(path) === content) keepData(fingerprint, data)
        return data
      },
    }),
    finish() {
      try {
        shrink(folder, limit)
      } catch (error) {
        problem ??= whyUnwritable(error)
      }
      return problem
    },
  }
}

/** A file that cannot be read is left to who reads it. */
function contentNow(path: string): string | undefined {
  try {
    return contentOfFile(path)
  } catch {
    return undefined
  }
}

/** A table without its cells: its columns are known by their contents. */
interface StoredData extends Omit<Data, 'table'> {
  readonly names: readonly (readonly [string, string])[]
  readonly length: number
}

/** A folder that git leaves out. */
function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) writeFileSync(join(folder, '.gitignore'), '*\n')
}

function shrink(folder: string, limit: number): void {
  const now = Date.now()
  const files = namesIn(folder).flatMap((name) => {
    const path = join(folder, name)
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats ? { path, isDone: isWhole(name), size: stats.size, usedMs: stats.mtimeMs } : []
  })
  for (const { path, isDone, usedMs } of files) if (!isDone && now - usedMs > abandonedAfterMs) removeIfThere(path)
  const columns = files.filter(({ isDone }) => isDone).sort((a, b) => a.usedMs - b.usedMs)
  let total = columns.reduce((sum, { size }) => sum + size, 0)
  for (const { path, size } of columns) {
    if (total <= limit) return
    removeIfThere(path)
    total -= size
  }
}

const isWhole = (name: string): boolean => endings.some((ending) => name.endsWith(ending))

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => endings.some((ending) => name.includes(ending)))
  } catch {
    return []
  }
}
