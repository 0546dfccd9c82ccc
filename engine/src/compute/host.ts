import type { ColumnMemory } from './memory.ts'
import type { BufferPool } from './pool.ts'
import type { HelperOf } from './textNumbers.ts'

/** A feature's own function, as loaded by the runner or given in code. */
// biome-ignore lint/suspicious/noExplicitAny: the author's functions take and give anything
export type FeatureFunction = (...inputs: any[]) => unknown

/** The effects the engine needs, passed in so that it has none of its own. */
export interface ComputeHost {
  /** The function of a feature. */
  readonly functionOf: (feature: string) => FeatureFunction
  /** Monotonic milliseconds. */
  readonly now: () => number
  /**
   * Runs a whole loop of one feature; throws an error with `code: 'ERR_SCRIPT_EXECUTION_TIMEOUT'` when it takes too long.
   * The default simply calls.
   */
  readonly guard?: <T>(feature: string, loop: () => T) => T
  /** False: the data was given as tables, and no manifest can say how their columns are read. */
  readonly hasManifest?: boolean
  /** Functions of other files, where those can be read. */
  readonly helperOf?: HelperOf
  /** Memory of earlier results to use again. */
  readonly buffers?: BufferPool
  /** What is in it is not computed again. */
  readonly memory?: ColumnMemory
}
