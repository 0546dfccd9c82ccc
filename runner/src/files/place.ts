import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { firstLine } from './disk.ts'
import { withLocks } from './lock.ts'

/** A file's contents, made part by part while it is written. */
export interface Contents {
  readonly path: string
  readonly parts: () => Iterable<string | Uint8Array>
}

/** A folder or file that cannot be written, as whole sentences. */
export class Unwritable extends Error {
  constructor(path: string, reason: string) {
    super(`Cannot write to ${path}: ${reason}. What was there before is unchanged.`)
  }
}

/**
 * Puts files in their places, all of them or none; folders are made. They are written beside their places under other names
 * and then renamed, so that no name ever has half a file, whenever the process ends. Of two runs at once the last whole one stays.
 * @throws Unwritable
 */
export function placeFiles(files: readonly Contents[]): void {
  const folders = [...new Set(files.map(({ path }) => dirname(path)))]
  const moves = files.map(({ path }, at) => {
    const nameFor = (what: string) => join(dirname(path), `.modeldriver-${host}-${process.pid}-${at}.${what}`)
    return { to: path, from: nameFor('new.tmp'), before: nameFor('old.tmp') }
  })
  const made: string[] = []
  try {
    for (const folder of folders) makeFolder(folder, made)
    for (const folder of folders) removeLeftovers(folder)
    for (const { to } of moves) if (statOf(to)?.isDirectory()) throw new Unwritable(to, 'it is a folder, not a file')
    for (const [at, { parts }] of files.entries()) {
      const { from, to } = moves[at] as Move
      explained(dirname(to), () => writeParts(from, parts()))
    }
    explained(folders[0] ?? '', () => withLocks(folders, () => moveAll(moves)))
    made.length = 0
  } finally {
    for (const { from, before } of moves) for (const path of [from, before]) removeIfThere(path)
    for (const folder of made.reverse()) removeIfEmpty(folder)
  }
}

interface Move {
  readonly from: string
  readonly to: string
  /** Where what stood at `to` is kept until all are moved. */
  readonly before: string
}

/** When one cannot be moved, those before it get back what was there. */
function moveAll(moves: readonly Move[]): void {
  const undo: (() => void)[] = []
  try {
    for (const { from, to, before } of moves) {
      const isKept = keep(to, before)
      explained(to, () => renameSync(from, to))
      undo.push(isKept ? () => renameSync(before, to) : () => rmSync(to))
    }
  } catch (error) {
    for (const back of undo.reverse()) back()
    throw error
  }
}

/** A second name for a file; false when there is none, or the file system has no second names. */
function keep(path: string, name: string): boolean {
  try {
    linkSync(path, name)
    return true
  } catch {
    return false
  }
}

const host = hostname()
  .replace(/[^A-Za-z0-9]/g, '')
  .slice(0, 32)
const leftover = /^\.modeldriver-([A-Za-z0-9]*)-(\d+)-\d+\.(?:new|old)\.tmp$/
const dayMs = 86_400_000

/** What killed runs left: of this machine when their process is gone, of others after a day. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, from, pid] = leftover.exec(name) ?? []
    if (pid === undefined) continue
    const path = join(folder, name)
    const isGone = from === host ? !isRunning(Number(pid)) : Date.now() - (statOf(path)?.mtimeMs ?? 0) > dayMs
    if (isGone) removeIfThere(path)
  }
}

/** Taken before a run keeps features from ending processes. */
const signal = process.kill.bind(process)

function isRunning(pid: number): boolean {
  // A number of this process in an older name is that of one before it.
  if (pid === process.pid) return false
  try {
    signal(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Makes a folder and those around it, one by one: node's own `recursive` never comes back on some file systems. */
function makeFolder(path: string, made: string[]): void {
  const stats = explained(path, () => statOf(path))
  if (stats?.isDirectory()) return
  if (stats !== undefined) throw new Unwritable(path, 'it is a file, not a folder')
  if (dirname(path) !== path) makeFolder(dirname(path), made)
  explained(path, () => {
    try {
      mkdirSync(path)
      made.push(path)
    } catch (error) {
      // Another run may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  })
}

/** Undefined when there is nothing; also below a file, which is found on the way up. */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

export function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // What could not be written is not there.
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Somebody else writes there too.
  }
}

const reasons: Readonly<Record<string, string>> = {
  EROFS: 'it cannot be changed (read-only file system); choose another folder',
  EACCES: 'no permission to write there; choose another folder',
  EPERM: 'no permission to write there, or another program has it open; close it there or choose another folder',
  EBUSY: 'another program has it open; close it there and run again',
  ENOENT: 'a folder cannot be made there',
  ENOTDIR: 'it is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'something else with this name is there',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full; free some space or choose another folder',
  EDQUOT: 'your share of the disk is used up; free some space or choose another folder',
  EFBIG: "files may not be that large there (the file system's limit, or ulimit -f)",
  EIO: 'the disk reports an error',
}

function explained<T>(path: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new Unwritable(path, whyUnwritable(error))
  }
}

/** Why a file cannot be written, as the end of a sentence. */
export const whyUnwritable = (error: unknown): string =>
  reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? firstLine(error)

function writeParts(path: string, content: Iterable<string | Uint8Array>): void {
  const file = openSync(path, 'w')
  try {
    for (const part of content) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
