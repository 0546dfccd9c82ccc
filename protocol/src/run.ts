import type { TableName, ValueType } from '@modeldriver/engine'

/** What the client asks of the runner's process. */
export type RunnerRequest =
  | RunRequest
  | PageRequest
  | ViewRequest
  /** Forget a result and free its memory. */
  | { readonly kind: 'release'; readonly id: number; readonly run: string }

export interface RunRequest {
  readonly kind: 'run'
  readonly id: number
  /** Manifest or feature file. */
  readonly project: string
  /** Unsaved texts by path: what is on the screen is what runs. */
  readonly overlay: Readonly<Record<string, string>>
  /** The model to show; the models it depends on run too. Default: all. */
  readonly model?: string
  readonly sampleRows: number
  readonly featureTimeoutMs: number
}

/** Rows `[offset, offset + count)` of a table of a run, or of a view of it. */
export interface PageRequest {
  readonly kind: 'page'
  readonly id: number
  readonly run: string
  readonly model: string
  readonly table: TableName
  readonly view?: string
  readonly offset: number
  readonly count: number
}

/** A sorted view of a table. */
export interface ViewRequest {
  readonly kind: 'view'
  readonly id: number
  readonly run: string
  readonly model: string
  readonly table: TableName
  readonly sort?: { readonly column: string; readonly descending: boolean }
}

/** What the runner says. Every request ends with `ran`, `page`, `view`, `released` or `failed`. */
export type RunnerMessage =
  | { readonly kind: 'ready' }
  /** Sent before each feature is computed, so that a crash can be blamed on it. */
  | {
      readonly kind: 'progress'
      readonly id: number
      readonly model: string
      readonly feature?: string
      readonly path?: string
    }
  | { readonly kind: 'ran'; readonly id: number; readonly summary: RunSummary }
  | { readonly kind: 'page'; readonly id: number; readonly page: Page }
  | { readonly kind: 'view'; readonly id: number; readonly view: string }
  | { readonly kind: 'released'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly problems: readonly RunProblem[] }

/** A problem met while running, at the author's line where one is known (0-based). */
export interface RunProblem {
  readonly message: string
  readonly code?: string
  readonly model?: string
  readonly feature?: string
  readonly path?: string
  readonly line?: number
  readonly character?: number
}

/** Result of a run without its data: under 20 KB for ordinary models. */
export interface RunSummary {
  readonly run: string
  readonly project: string
  readonly models: readonly ModelSummary[]
  readonly problems: readonly RunProblem[]
  readonly ms: number
}

export interface ModelSummary {
  readonly model: string
  readonly input: string
  readonly groupBy?: readonly string[]
  readonly rows: TableSummary
  readonly groups?: TableSummary
  readonly outputs: TableSummary
  readonly features: readonly FeatureSummary[]
  readonly rowsWithoutKey: number
  /** Cells and rows of the input that could not be read. */
  readonly rejected: number
  /** Set when only the head of the input was used. */
  readonly sampledFrom?: number
  readonly ms: number
}

export interface TableSummary {
  readonly count: number
  readonly columns: readonly ColumnSummary[]
}

export interface ColumnSummary {
  readonly name: string
  readonly type: ValueType
  readonly kind: 'column' | 'key' | 'row' | 'group' | 'constant'
  readonly missing: number
  readonly distinct?: number
  /** Numbers and dates (epoch milliseconds): 20 equal bins between min and max of the middle 99 %. */
  readonly histogram?: { readonly from: number; readonly to: number; readonly counts: readonly number[] }
  readonly min?: number
  readonly max?: number
  readonly mean?: number
  readonly median?: number
  readonly std?: number
  /** Text and booleans: the commonest values. */
  readonly top?: readonly { readonly value: string; readonly count: number }[]
}

export interface FeatureSummary {
  readonly feature: string
  readonly level: 'row' | 'group' | 'constant'
  readonly type?: ValueType
  readonly why: string
  /** Not computed in this run: its code and what it reads are as in an earlier one. */
  readonly isKept?: boolean
  /** Why it is computed in every run, as a phrase: `uses Math.random()`. */
  readonly unsteady?: string
  readonly ms: number
  readonly count: number
  readonly missing: number
  readonly path: string
  /** 0-based line of the feature's name. */
  readonly line: number
  readonly error?: RunProblem & {
    readonly at?: string
    readonly inputs?: Readonly<Record<string, string>>
    /** Only because an input has no result: the feature at the root of it, which has its own error. */
    readonly cause?: string
  }
}

export interface Page {
  readonly offset: number
  readonly count: number
  readonly columns: readonly PageColumn[]
}

/** A column's cells: numbers and dates with NaN for missing; text and booleans with null for missing. */
export type PageColumn =
  | { readonly name: string; readonly type: 'number' | 'integer' | 'date' | 'datetime'; readonly values: Float64Array }
  | { readonly name: string; readonly type: 'string'; readonly values: readonly (string | null)[] }
  | { readonly name: string; readonly type: 'boolean'; readonly values: readonly (boolean | null)[] }
