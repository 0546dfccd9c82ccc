import { Script } from 'node:vm'
import { withoutExit } from './exit.ts'
import { inUtc } from './utc.ts'

const slot = Symbol.for('modeldriver.guarded')
const call = new Script(`globalThis[Symbol.for('modeldriver.guarded')]()`, { filename: 'modeldriver:guard' })

/**
 * Calls `work` and ends it after `milliseconds`, wherever it is: an endless loop and a regular expression that never
 * comes back are stopped too, and author code cannot catch that. It cannot end the process either, and its time zone is UTC. Not for work that calls `guarded` itself.
 * @throws whatever `work` throws; on time-out an error with `code: 'ERR_SCRIPT_EXECUTION_TIMEOUT'`
 */
export function guarded<T>(milliseconds: number, work: () => T): T {
  const held = globalThis as { [slot]?: () => void }
  let result: { readonly value: T } | undefined
  held[slot] = () => {
    result = { value: work() }
  }
  try {
    withoutExit(() =>
      inUtc(() => call.runInThisContext({ timeout: Math.max(1, Math.ceil(milliseconds)), breakOnSigint: false })),
    )
  } finally {
    delete held[slot]
  }
  if (result === undefined) throw new Error('The guarded work did not finish.')
  return result.value
}

export function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
