import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { fileStamp, withFile } from './disk.ts'

/** Keeps what was read of files, the last ones, as long as the files do not change. */
export interface Readings<T> {
  /** What is known of the file read in this way; `keep` is for who reads it now, unless it changed meanwhile. */
  readonly of: (
    path: string,
    way: readonly unknown[],
  ) => { readonly known: T | undefined; readonly keep: (read: T) => void }
}

export function createReadings<T>(capacity: number): Readings<T> {
  const kept = new Map<string, T>()
  return {
    of(path, way) {
      const state = stateOf(path)
      if (state === undefined) return { known: undefined, keep: () => undefined }
      const key = JSON.stringify([path, state, ...way])
      const put = (read: T): void => {
        kept.delete(key)
        kept.set(key, read)
        for (const old of [...kept.keys()].slice(0, -capacity)) kept.delete(old)
      }
      const known = kept.get(key)
      if (known !== undefined) put(known)
      return {
        known,
        keep(read) {
          if (stateOf(path) === state) put(read)
        },
      }
    },
  }
}

/** The clocks of file systems are this coarse: until then a file can change and look as it did. */
const settledAfterMs = 2500

/** Beyond this many bytes it takes less to read the file again, for the moment until it can be told by its stamp. */
const soonRead = 2 ** 24

/**
 * Changes when the file does: its stamp, or while that could be the same after a change, its content. Undefined when there is nothing to
 * tell it by.
 */
function stateOf(path: string): string | undefined {
  try {
    const { mtimeMs, ctimeMs, size } = statSync(path)
    if (Date.now() - Math.max(mtimeMs, ctimeMs) > settledAfterMs) return fileStamp(path)
    return size > soonRead ? undefined : contentOf(path)
  } catch {
    return undefined
  }
}

const piece = 2 ** 20

/** @throws Unreadable */
export function contentOf(path: string, encoding: 'base64url' | 'hex' = 'base64url'): string {
  return withFile(path, ({ size, read }) => {
    const hash = createHash('sha256')
    for (let at = 0; at < size; at += piece) hash.update(new Uint8Array(read(at, piece)))
    return hash.digest(encoding)
  })
}
