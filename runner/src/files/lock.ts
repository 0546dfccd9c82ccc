import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Renaming takes milliseconds: a lock that stands for so long was left by a run that was killed. */
const renamingMs = 5000
const pauseMs = 10

/**
 * Does `work` while no other process is within a lock of one of these folders, so that the files of one run are put in place together.
 * A lock that a killed run left behind is waited for once, then it is taken away.
 */
export function withLocks<T>(folders: readonly string[], work: () => T, patienceMs = renamingMs): T {
  const locks: string[] = []
  try {
    // In one order for all, so that no two wait for each other.
    for (const folder of [...new Set(folders)].sort()) locks.push(lock(join(folder, '.modeldriver.lock'), patienceMs))
    return work()
  } finally {
    for (const path of locks) rmSync(path, { force: true })
  }
}

function lock(path: string, patienceMs: number): string {
  let seen: string | undefined
  let since = performance.now()
  for (;;) {
    try {
      closeSync(openSync(path, 'wx'))
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const now = identity(path)
    if (now !== seen) {
      seen = now
      since = performance.now()
    } else if (now !== undefined && performance.now() - since > patienceMs) takeAway(path, now)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
  }
}

/** Tells one lock from the next, without trusting that clocks agree. */
function identity(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && `${stats.ino} ${stats.mtimeMs}`
}

/** Of several that wait one takes it, under a name of its own; a lock that is somebody's meanwhile goes back. */
function takeAway(path: string, expected: string): void {
  const taken = `${path}.${process.pid}`
  try {
    renameSync(path, taken)
    if (identity(taken) === expected) rmSync(taken, { force: true })
    else renameSync(taken, path)
  } catch {
    // Another was faster.
  }
}
