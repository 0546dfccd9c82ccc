import type { Feature, FeatureFile, Ignore, Input } from './feature.ts'
import type { LevelDecision } from './level.ts'
import type { DataHeader, Frame, Join, KnownColumn, Model, Named, Project, TableName } from './model.ts'
import type { Problem, ProblemCode } from './problem.ts'
import type { ValueType } from './values.ts'

/** Everything analysis reads: plain, immutable, put together by the server or the command line. */
export interface Snapshot {
  readonly project: Project
  /** Text of the manifest, when there is one (ranges of manifest problems are in it). */
  readonly manifestText?: string
  readonly manifestProblems: readonly Problem[]
  /** `md-ignore` comments of the manifest. */
  readonly manifestIgnores?: readonly Ignore[]
  /** Parsed feature files by path. */
  readonly files: ReadonlyMap<string, FeatureFile>
  /** What is known of the modules that feature files import; see `moduleKey`. */
  readonly modules?: ReadonlyMap<string, FoundModule>
  /** Headers of data files by path. */
  readonly headers: ReadonlyMap<string, DataHeader>
  /** Headers of the same files for models that read them under other names or types, by `reading`. */
  readonly otherHeaders?: ReadonlyMap<string, DataHeader>
}

/** A module that a feature file imports. */
export interface FoundModule {
  /** Where it is; absent: it is not there. */
  readonly path?: string
  /** The words of its text, among them every name that it exports. Absent: not known. */
  readonly names?: ReadonlySet<string>
  /** Modules with nearly that name, when it is not there. */
  readonly near?: readonly string[]
}

/** One model with everything that is known of it without running anything. */
export interface AnalysedModel {
  readonly model: Model
  /** Undefined: no schema is known, so unresolved inputs count as required inputs. By the name features read them under. */
  readonly columns?: ReadonlyMap<string, KnownColumn>
  /** Columns read under another name than their header: name -> header (`unit_price` -> `Unit Price`). */
  readonly aliases: ReadonlyMap<string, string>
  /** Names read that could mean more than one column, with those columns. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>
  readonly joins: readonly AnalysedJoin[]
  /** What the columns are known from, for people: `transactions.csv (12 columns)`. */
  readonly columnsFrom?: string
  /** Features by name; of two with one name the first. Their bodies mean what they mean over these columns. */
  readonly features: ReadonlyMap<string, Feature>
  /** The later ones of features with one name. */
  readonly duplicates: readonly Feature[]
  /** Functions that take the whole table. The columns that one says it makes are features. */
  readonly frames: ReadonlyMap<string, AnalysedFrame>
  readonly levels: ReadonlyMap<string, LevelDecision>
  /** What the features' values are, where their expressions say it. A run may find less: `integer` in `number`, `date` in `datetime`. */
  readonly types: ReadonlyMap<string, ValueType>
  readonly graph: ModelGraph
  /** Features whose inputs are neither column nor feature, with those inputs. Empty when no schema is known. */
  readonly unresolved: ReadonlyMap<string, readonly Input[]>
  /** Columns that later models may read, per table. Undefined: not known, because this model's own columns are not. */
  readonly provides: Readonly<Record<TableName, ReadonlyMap<string, KnownColumn> | undefined>>
}

/** A join of a model, with what its names mean in the table that it reads. */
export interface AnalysedJoin {
  readonly join: Join
  /** The columns of that table. Undefined: not known. */
  readonly table?: ReadonlyMap<string, KnownColumn>
  readonly keys: readonly AnalysedKey[]
  /** The `columns` that the join asks for. */
  readonly columns?: readonly NameThere[]
  /** What it brings, as features see it. Undefined: not known. */
  readonly brings?: readonly KnownColumn[]
}

/** A name of a join and the column of the joined table that it means, found as parameters find theirs. */
export interface NameThere {
  readonly written: Named
  /** Undefined: there is none or more than one, or the table is not known. */
  readonly column?: string
  /** The columns that it could mean, when they are more than one. */
  readonly candidates?: readonly string[]
}

export interface AnalysedKey extends NameThere {
  /** What the model calls it: as in `group_by`, where that means the same column. Found in what there is before the join. */
  readonly name: string
  /** The columns before the join that it could mean, when they are more than one. */
  readonly candidatesHere?: readonly string[]
}

export interface AnalysedFrame {
  readonly feature: Feature
  /** Absent: what it reads and makes is not known. */
  readonly declared?: Frame
}

/** Who needs whom in one model. Depends on names and inputs only; an edit inside a body keeps the very same object. */
export interface ModelGraph {
  /** Direct users of each feature and column. */
  readonly users: ReadonlyMap<string, readonly string[]>
  /** Cycles as feature names in dependency order: each needs the next, the last needs the first. Shortest first. */
  readonly cycles: readonly (readonly string[])[]
  /** Features that all need each other, one set per tangle of cycles. */
  readonly loops: readonly ReadonlySet<string>[]
  /** Every feature that is part of a cycle. */
  readonly inCycle: ReadonlySet<string>
}

export interface Analysis {
  readonly snapshot: Snapshot
  /** In `seq` order. */
  readonly models: readonly AnalysedModel[]
  readonly problems: readonly Problem[]
  /** Rules that could not be asked to their end, which is a mistake of ModelDriver itself. */
  readonly failures: readonly RuleFailure[]
}

export interface RuleFailure {
  readonly code: ProblemCode
  readonly message: string
  /** Where in ModelDriver it happened, for its log. */
  readonly stack?: string
}
