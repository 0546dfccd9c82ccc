import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ColumnData, StepResult } from '@modeldriver/engine'
import { removeIfThere, whyUnwritable } from '../files/place.ts'
import { type ColumnStore, digest } from './memory.ts'

/** Columns on disk. What is damaged or cannot be read is as if it were not there. */
export interface Cache extends ColumnStore {
  /** Removes what was used longest ago until the rest fits. Gives the reason, the end of a sentence, when something could not be written. */
  readonly finish: () => string | undefined
}

const gigabyte = 2 ** 30
const ending = '.column'
/** A run that writes no longer than this writes no more. */
const abandonedAfterMs = 3_600_000

/**
 * One file per column, by its fingerprint. A file is written beside its place and renamed, and ends with the hash of all before:
 * two runs at once, and one that is killed, leave nothing that is taken for something else. `program` is what computes.
 */
export function createCache(folder: string, program: readonly string[], limit = gigabyte): Cache {
  const fileOf = (fingerprint: string) => join(folder, `${digest([program, fingerprint])}${ending}`)
  let problem: string | undefined
  let isMade = false
  return {
    find(fingerprint) {
      const path = fileOf(fingerprint)
      try {
        const found = unpacked(readFileSync(path))
        const now = new Date()
        if (found) utimesSync(path, now, now)
        return found
      } catch {
        return undefined
      }
    },
    keep(fingerprint, result) {
      if (problem !== undefined) return
      const path = fileOf(fingerprint)
      const temporary = `${path}.${randomUUID()}`
      try {
        if (!isMade) makeFolder(folder)
        isMade = true
        writeFileSync(temporary, packed(result))
        renameSync(temporary, path)
      } catch (error) {
        problem = whyUnwritable(error)
        removeIfThere(temporary)
      }
    },
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

/** A folder that git leaves out. */
function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) writeFileSync(join(folder, '.gitignore'), '*\n')
}

function shrink(folder: string, limit: number): void {
  const now = Date.now()
  const files = namesIn(folder).flatMap((name) => {
    const path = join(folder, name)
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats ? { path, isDone: name.endsWith(ending), size: stats.size, usedMs: stats.mtimeMs } : []
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

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.includes(ending))
  } catch {
    return []
  }
}

/** The length of the head, the head as JSON, the cells, the dictionary of text as JSON, and the hash of all that. */
interface Head {
  readonly type: ColumnData['type']
  readonly how: StepResult['how']
  readonly cells: number
}

const hashLength = 32

function packed({ column, how }: StepResult): Uint8Array {
  const values = column.type === 'string' ? column.codes : column.values
  const cells = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const head = Buffer.from(JSON.stringify({ type: column.type, how, cells: cells.length } satisfies Head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const texts = column.type === 'string' ? Buffer.from(JSON.stringify(column.dictionary)) : Buffer.alloc(0)
  const all = Buffer.concat([length, head, cells, texts])
  return Buffer.concat([all, createHash('sha256').update(all).digest()])
}

function unpacked(bytes: Buffer): StepResult | undefined {
  const all = bytes.subarray(0, -hashLength)
  if (bytes.length < hashLength || !createHash('sha256').update(all).digest().equals(bytes.subarray(-hashLength)))
    return undefined
  const from = 4 + all.readUInt32LE()
  const { type, how, cells } = JSON.parse(all.toString('utf8', 4, from)) as Head
  const start = all.byteOffset + from
  const own = all.buffer.slice(start, start + cells) as ArrayBuffer
  if (type === 'boolean') return { column: { type, values: new Uint8Array(own) }, how }
  if (type !== 'string') return { column: { type, values: new Float64Array(own) }, how }
  const dictionary = JSON.parse(all.toString('utf8', from + cells)) as string[]
  return { column: { type, codes: new Int32Array(own), dictionary }, how }
}
