import type { ColumnData } from '../table/table.ts'

/** What one step gives. */
export interface StepResult {
  readonly column: ColumnData
  readonly how: 'calls' | 'aggregate'
}

/** What earlier runs computed, by fingerprints. Two things with one fingerprint are the same. */
export interface ColumnMemory {
  /** Changes when what the feature's code computes may change. Undefined: it is computed each time. */
  readonly codeOf: (feature: string) => string | undefined
  /** Changes when a cell of the column does. */
  readonly contentOf: (column: ColumnData) => string
  /** One fingerprint of several. */
  readonly digest: (parts: readonly unknown[]) => string
  readonly find: (fingerprint: string) => StepResult | undefined
  readonly keep: (fingerprint: string, result: StepResult) => void
  /** What follows from the parts alone: made once, then the very same object. */
  readonly shared: <T extends object>(parts: readonly unknown[], make: () => T) => T
}
