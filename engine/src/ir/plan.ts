import type { Level } from './level.ts'

/** Where a step finds an input when its turn comes. */
export type InputSource =
  | 'row' // column or row feature: one value per row
  | 'group' // group feature or group-level column: one value per group
  | 'constant'
  | 'absent' // optional and not there: the function's default applies

export interface StepInput {
  readonly name: string
  readonly source: InputSource
  readonly acceptsMissing: boolean
}

/** One feature to compute. Cases as in the product's table: 1 row, 2 row reading groups, 3 aggregation, 4 composition; 0 constant. */
export interface Step {
  readonly feature: string
  readonly path: string
  readonly exportName: string
  readonly form: 'positional' | 'destructured'
  readonly level: Level
  readonly case: 0 | 1 | 2 | 3 | 4
  readonly inputs: readonly StepInput[]
}

/** Consecutive steps of one level. Stage `key` steps are computed before grouping, because `group_by` names them. */
export interface Stage {
  readonly level: Level
  readonly beforeGrouping: boolean
  readonly features: readonly string[]
}

/** A wanted feature that cannot be computed. */
export interface BlockedFeature extends BlockedReason {
  readonly feature: string
  readonly level: Level
}

/** Why a feature cannot be computed; `cause` is the feature at the root when it is not its own mistake. */
export interface BlockedReason {
  readonly reason: string
  readonly cause?: string
  /** The code of the problem that the checks tell of the feature, when it is its own mistake. */
  readonly code?: string
}

/** The columns that are read of a joined table. */
export interface PlannedJoin {
  /** Place in the model's `joins`. */
  readonly join: number
  readonly from: string
  readonly on: readonly JoinedName[]
  readonly columns: readonly JoinedColumn[]
}

/** `name` here is `column` there. */
export interface JoinedName {
  readonly name: string
  readonly column: string
}

export interface JoinedColumn extends JoinedName {
  readonly level: 'row' | 'group'
}

/** What will be computed for one model, in order. Plain data; can be printed, sent, stored. */
export interface Plan {
  readonly model: string
  /** Absent: no groups. Empty: one group. */
  readonly groupBy?: readonly string[]
  /** Order of the groups, for features that look at other groups. */
  readonly groupOrder?: readonly string[]
  /** Columns the input table must have, in order of first use (keys first). */
  readonly requiredInputs: readonly string[]
  /** Optional columns that are read when present. */
  readonly optionalInputs: readonly string[]
  readonly steps: readonly Step[]
  readonly stages: readonly Stage[]
  /** Columns that features read under another name than the table has: give the table's `column` the `name`. */
  readonly aliases: readonly { readonly name: string; readonly column: string }[]
  /** Columns of other tables that are brought in by key before anything is computed from them. */
  readonly joins?: readonly PlannedJoin[]
  /** Wanted features that cannot be computed, each with the reason as a sentence; they are in no step. */
  readonly blocked: readonly BlockedFeature[]
  /** With a key the key columns come first. */
  readonly outputs: readonly { readonly name: string; readonly as: string; readonly level: Level }[]
}
