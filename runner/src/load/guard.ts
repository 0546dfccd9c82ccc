import { Script } from 'node:vm'
import { withoutExit } from './exit.ts'
import { inUtc } from './utc.ts'

/** Set while a run can be ended from outside. */
let run: { isEnded: boolean } | undefined

/**
 * Does `work`, which a SIGINT to this process ends: the feature that is computed stops wherever it is, those after it do
 * not begin. Undefined when that happened. The process must listen to SIGINT, or else it ends.
 */
export async function untilInterrupted<T>(work: (isEnded: () => boolean) => Promise<T>): Promise<T | undefined> {
  const mine = { isEnded: false }
  const end = (): void => {
    mine.isEnded = true
  }
  run = mine
  process.on('SIGINT', end)
  try {
    const result = await work(() => mine.isEnded)
    // What came while nobody could listen is heard now.
    await new Promise(setImmediate)
    return mine.isEnded ? undefined : result
  } finally {
    process.off('SIGINT', end)
    run = undefined
  }
}

const slot = Symbol.for('modeldriver.guarded')
const call = new Script(`globalThis[Symbol.for('modeldriver.guarded')]()`, { filename: 'modeldriver:guard' })

/**
 * Calls `work` and ends it after `milliseconds`, wherever it is: an endless loop and a regular expression that never
 * comes back are stopped too, and author code cannot catch that. It cannot end the process either, and its time zone is UTC. Not for work that calls `guarded` itself.
 * @throws whatever `work` throws; on time-out an error with `code: 'ERR_SCRIPT_EXECUTION_TIMEOUT'`
 */
export function guarded<T>(milliseconds: number, work: () => T): T {
  if (run?.isEnded) throw new Error('The run was ended.')
  const held = globalThis as { [slot]?: () => void }
  let result: { readonly value: T } | undefined
  held[slot] = () => {
    result = { value: work() }
  }
  try {
    const timeout = Math.max(1, Math.ceil(milliseconds))
    withoutExit(() => inUtc(() => call.runInThisContext({ timeout, breakOnSigint: run !== undefined })))
  } catch (error) {
    if (run && (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') run.isEnded = true
    throw error
  } finally {
    delete held[slot]
  }
  if (result === undefined) throw new Error('The guarded work did not finish.')
  return result.value
}

export function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
