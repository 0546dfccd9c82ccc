import type { TableName, ValueType } from '@modeldriver/engine'

/** What the client asks of the runner's process. */
export type RunnerRequest =
  | RunRequest
  | PageRequest
  | ViewRequest
  | RangeRequest
  | ExportRequest
  | TraceRequest
  | ColumnsRequest
  | ExpectRequest
  | RecordRequest
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

/** A table of a run, or a view of it. */
export interface TableOfRun {
  readonly run: string
  readonly model: string
  readonly table: TableName
  /** Without: the table as it was computed. */
  readonly view?: string
}

/** Rows `[offset, offset + count)`. */
export interface PageRequest extends TableOfRun {
  readonly kind: 'page'
  readonly id: number
  readonly offset: number
  readonly count: number
}

/** What rows a view shows, and in which order. */
export interface ViewOptions {
  readonly sort?: { readonly column: string; readonly descending: boolean }
  /** A condition over the columns: `revenue > 100 && region == 'North'`. */
  readonly filter?: string
  /** Only the rows of this group (its number in the group table). */
  readonly group?: number
  /** Only rows in which this column has another value than in the run before. */
  readonly changed?: string
}

/** Makes a view of a table. */
export interface ViewRequest extends Omit<TableOfRun, 'view'>, ViewOptions {
  readonly kind: 'view'
  readonly id: number
}

/** A block of cells: what they come to, or they themselves as text that spreadsheets take. */
export interface RangeRequest extends TableOfRun {
  readonly kind: 'range'
  readonly id: number
  readonly columns: readonly string[]
  readonly offset: number
  readonly count: number
  readonly as: 'statistics' | 'text'
}

/** Writes a table or view to a file, in the format of its ending. */
export interface ExportRequest extends TableOfRun {
  readonly kind: 'export'
  readonly id: number
  readonly path: string
  /** In this order. Default: all. */
  readonly columns?: readonly string[]
}

/** Asks what one cell was made from. */
export interface TraceRequest extends TableOfRun {
  readonly kind: 'trace'
  readonly id: number
  readonly row: number
  readonly column: string
}

/** Asks for all that is known of columns: their summaries came with a part of it (`isBrief`). */
export interface ColumnsRequest extends Omit<TableOfRun, 'view'> {
  readonly kind: 'columns'
  readonly id: number
  readonly columns: readonly string[]
}

/** Computes expectations of a file and compares. */
export interface ExpectRequest {
  readonly kind: 'expect'
  readonly id: number
  /** `orders.expect.json`, beside the features that it is about. */
  readonly path: string
  readonly overlay: Readonly<Record<string, string>>
  /** Only those of these names. Default: all. */
  readonly names?: readonly string[]
  readonly featureTimeoutMs: number
}

/** Adds an expectation to a file: what the model of a finished run makes of the first rows of its input. */
export interface RecordRequest {
  readonly kind: 'record'
  readonly id: number
  readonly run: string
  readonly model: string
  readonly name: string
  readonly rows: number
  readonly path: string
  readonly overlay: Readonly<Record<string, string>>
  readonly featureTimeoutMs: number
}

/** What the runner says. Every request ends with exactly one message that is not `ready` or `progress`. */
export type RunnerMessage =
  | { readonly kind: 'ready' }
  /** Sent before a feature is computed that may take long, so that a crash can be blamed on it; without a feature when others follow. */
  | {
      readonly kind: 'progress'
      readonly id: number
      readonly model: string
      readonly feature?: string
      readonly path?: string
    }
  | { readonly kind: 'ran'; readonly id: number; readonly summary: RunSummary }
  | { readonly kind: 'page'; readonly id: number; readonly page: Page }
  | { readonly kind: 'view'; readonly id: number; readonly view: string; readonly count: number }
  | { readonly kind: 'statistics'; readonly id: number; readonly statistics: RangeStatistics }
  | { readonly kind: 'text'; readonly id: number; readonly text: string }
  | { readonly kind: 'exported'; readonly id: number; readonly path: string; readonly rows: number }
  | { readonly kind: 'trace'; readonly id: number; readonly trace: Trace }
  | ({ readonly kind: 'columns'; readonly id: number } & DescribedColumns)
  | { readonly kind: 'expected'; readonly id: number; readonly results: readonly ExpectationResult[] }
  | { readonly kind: 'recorded'; readonly id: number; readonly path: string; readonly name: string }
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

/** Result of a run without its data: under 20 KB for a pipeline of a few models, as processes send it (what is one object is sent once). */
export interface RunSummary {
  readonly run: string
  readonly project: string
  readonly models: readonly ModelSummary[]
  readonly problems: readonly RunProblem[]
  /**
   * What it was made from, there or not: the manifest, feature files, files that those import, and data files; folders, in which other
   * feature files may come, end with `/`.
   */
  readonly files: readonly string[]
  readonly ms: number
}

export interface ModelSummary {
  readonly model: string
  readonly input: string
  readonly groupBy?: readonly string[]
  readonly rows: TableSummary
  readonly groups?: TableSummary
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
  /** What is otherwise than in the run before; absent when that had no such table. */
  readonly changes?: TableChanges
}

/** A table beside that of the run before: rows by their place, groups by their key. */
export interface TableChanges {
  readonly addedRows: number
  readonly removedRows: number
  /** How many cells of rows that both have are otherwise, by column; columns without any are left out. */
  readonly cells: Readonly<Record<string, number>>
  readonly addedColumns: readonly string[]
  readonly removedColumns: readonly string[]
}

/** Columns of a table of a run, summed up. */
export interface DescribedColumns {
  readonly run: string
  readonly model: string
  readonly table: TableName
  readonly columns: readonly ColumnSummary[]
}

export interface ColumnSummary {
  readonly name: string
  readonly type: ValueType
  readonly kind: 'column' | 'key' | 'row' | 'group' | 'constant'
  /** How a filter names it, where that is not its name: `Unit_Price`. */
  readonly called?: string
  /** Nothing that is said below is worked out yet: one of many columns that no feature reads. */
  readonly isLater?: true
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

/** So many of the commonest values come with the run. */
export const briefTop = 3

/** A summary as it comes with the run: of numbers without what takes sorting, of text with the commonest values. `columns` asks for the rest. */
export const isBrief = ({ distinct, top }: ColumnSummary): boolean =>
  distinct === undefined || (top?.length === briefTop && distinct > briefTop)

export interface FeatureSummary {
  readonly feature: string
  readonly level: 'row' | 'group' | 'constant'
  readonly why: string
  /** Not computed in this run: its code and what it reads are as in an earlier one. */
  readonly isKept?: boolean
  /** Why it is computed in every run, as a phrase: `uses Math.random()`. */
  readonly unsteady?: string
  readonly ms: number
  /** One object for all features of a file. */
  readonly file: { readonly path: string }
  /** 0-based line of the feature's name. */
  readonly line: number
  /** And the last one of its declaration. */
  readonly endLine: number
  readonly error?: RunProblem & {
    readonly at?: string
    readonly inputs?: Readonly<Record<string, string>>
    /** Only because an input has no result: the feature at the root of it, which has its own error. */
    readonly cause?: string
  }
}

/** What a run found of one feature. */
export interface FeatureValue {
  readonly feature: FeatureSummary
  readonly model: string
  /** Absent when it has no result. */
  readonly column?: ColumnSummary
  /** Rows or groups. */
  readonly count: number
}

/** The features of a run, each with its column of the table of its level. */
export function featureValues({ model, features, rows, groups }: ModelSummary): readonly FeatureValue[] {
  return features.map((feature) => {
    const table = feature.level === 'group' ? (groups ?? rows) : rows
    const column = feature.error ? undefined : table.columns.find(({ name }) => name === feature.feature)
    return { feature, model, count: table.count, ...(column && { column }) }
  })
}

export interface Page {
  readonly offset: number
  readonly count: number
  readonly columns: readonly PageColumn[]
  /** Cells that are otherwise than in the run before: per column of the page that has any, 1 per such row. */
  readonly changed?: Readonly<Record<string, readonly number[]>>
  /** Of a view: the number of each row in its table. */
  readonly rows?: readonly number[]
}

/** A column's cells: numbers and dates with NaN for missing; text and booleans with null for missing. */
export type PageColumn =
  | { readonly name: string; readonly type: 'number' | 'integer' | 'date' | 'datetime'; readonly values: Float64Array }
  | { readonly name: string; readonly type: 'string'; readonly values: readonly (string | null)[] }
  | { readonly name: string; readonly type: 'boolean'; readonly values: readonly (boolean | null)[] }

/** Sums of the cells of a block that are numbers; `count` has all cells that are there. */
export interface RangeStatistics {
  readonly cells: number
  readonly count: number
  readonly numbers: number
  readonly sum: number
  readonly mean?: number
  readonly min?: number
  readonly max?: number
}

/** What one cell was made from. */
export interface Trace {
  readonly column: string
  readonly kind: ColumnSummary['kind']
  readonly table: 'rows' | 'groups'
  /** Number of the row or group, from 0. */
  readonly row: number
  /** As text; absent: missing. */
  readonly value?: string
  /** The group: key columns with its values. */
  readonly key?: readonly { readonly name: string; readonly value?: string }[]
  /** Why a feature has this level, and where it is written. */
  readonly why?: string
  readonly path?: string
  readonly line?: number
  readonly inputs: readonly TraceInput[]
}

export interface TraceInput {
  readonly name: string
  readonly kind: ColumnSummary['kind']
  /** Where its cell stands (row -1: its row belongs to no group), or those of all rows of a group, or of all groups. */
  readonly from:
    | { readonly table: 'rows' | 'groups'; readonly row: number; readonly value?: string }
    | ({ readonly table: 'rows'; readonly group: number } & TracedCells)
    | ({ readonly table: 'groups' } & TracedCells)
    | { readonly table: 'absent' }
}

export interface TracedCells {
  readonly count: number
  readonly missing: number
  /** The first few, in row order. */
  readonly values: readonly (string | null)[]
}

/** How an expectation was met: no differences and no problems is what one hopes for. */
export interface ExpectationResult {
  readonly name: string
  readonly differences: readonly {
    readonly table: 'rows' | 'groups'
    /** `row 3`, or the key of a group. */
    readonly at: string
    /** Empty when a whole group is meant. */
    readonly column: string
    readonly expected: string
    readonly actual: string
  }[]
  readonly problems: readonly RunProblem[]
}
