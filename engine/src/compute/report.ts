import type { Level } from '../ir/level.ts'
import type { ValueType } from '../ir/values.ts'
import type { Table } from '../table/table.ts'

/** Why a feature has no result. The other features that do not depend on it are computed all the same. */
export interface FeatureError {
  readonly kind: 'threw' | 'wrong-result' | 'time-out' | 'input-failed'
  readonly message: string
  /** For `threw`: the stack as the engine got it (mapped to the author's lines by the runner). */
  readonly stack?: string
  /** First failing row (0-based) or group, and the inputs it was called with, as text. */
  readonly row?: number
  readonly group?: number
  readonly inputs?: Readonly<Record<string, string>>
  /** For `input-failed`: the feature at the root. */
  readonly cause?: string
  /** An input has values of another type than is `wanted`: `said` is the message without what to do; that is `todo` where all values tell it. */
  readonly slip?: {
    readonly said: string
    readonly input: string
    readonly wanted: 'number' | 'Date'
    readonly todo?: string
  }
}

/** What happened to one feature in one run. */
export interface FeatureReport {
  readonly feature: string
  readonly level: Level
  readonly type?: ValueType
  readonly ms: number
  /** Rows or groups it was computed for. */
  readonly count: number
  readonly missing: number
  /** How it was computed: `calls` the author's function, or a streaming `aggregate` recognised from the IR. */
  readonly how: 'calls' | 'aggregate'
  /** It was not computed: code and inputs are those of an earlier run. */
  readonly isKept?: true
  readonly error?: FeatureError
}

/** What a run of one model gives. Both tables hold the input columns, joined columns and features of their level. */
export interface ModelResult {
  readonly model: string
  /** Input columns and row features, in input order. */
  readonly rows: Table
  /** Key columns and group features, one row per group in order of first appearance; absent without `group_by`. */
  readonly groups?: Table
  /** The selected outputs: of the group table when the model has a key (row-level outputs then go to `rows`), else of the row table. */
  readonly outputs: Table
  /** Group number of each row, -1 where a key is missing. */
  readonly groupOfRow?: Int32Array
  readonly report: RunReport
}

export interface RunReport {
  readonly model: string
  readonly rows: number
  readonly groups?: number
  /** Rows that belong to no group because a key is missing. */
  readonly rowsWithoutKey: number
  readonly features: readonly FeatureReport[]
  readonly ms: number
}
