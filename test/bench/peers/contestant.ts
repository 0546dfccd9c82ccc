import type { Results } from '../data.ts'

/** One way of computing the model, inside of its own process. */
export interface Contestant {
  readonly version: string
  /** One whole computation, finding the groups included. */
  readonly run: () => Promise<void> | void
  /** What the last run computed. */
  readonly results: () => Promise<Results> | Results
}
