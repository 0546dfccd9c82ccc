import { fileStamp } from '@modeldriver/runner/files'
import type { Files } from './files.ts'
import type { FileEvent } from './folders.ts'

export interface Polled {
  readonly path: string
  readonly event: FileEvent
}

/**
 * Finds what changed on disk since it was asked last: files that were read, and folders, in which others may have come.
 * For editors that do not tell.
 */
export function createPoll(files: Pick<Files, 'stale'>, folders: () => Iterable<string>): () => readonly Polled[] {
  let known = new Map<string, string | undefined>()
  return () => {
    const now = new Map([...folders()].map((path) => [path, fileStamp(path)]))
    const moved = [...now].filter(([path, stamp]) => known.get(path) !== stamp)
    known = now
    return [
      ...files.stale().map((path): Polled => ({ path, event: fileStamp(path) === undefined ? 'deleted' : 'changed' })),
      ...moved.map(([path, stamp]): Polled => ({ path, event: stamp === undefined ? 'deleted' : 'created' })),
    ]
  }
}
