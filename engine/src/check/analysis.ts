import type { Feature, FeatureFile } from '../ir/feature.ts'
import type { LevelDecision } from '../ir/level.ts'
import type { DataHeader, KnownColumn, Model, Project } from '../ir/model.ts'
import type { Problem } from '../ir/problem.ts'

/** Everything analysis reads: plain, immutable, put together by the server or the command line. */
export interface Snapshot {
  readonly project: Project
  /** Text of the manifest, when there is one (ranges of manifest problems are in it). */
  readonly manifestText?: string
  readonly manifestProblems: readonly Problem[]
  /** Parsed feature files by path. */
  readonly files: ReadonlyMap<string, FeatureFile>
  /** Headers of data files by path. */
  readonly headers: ReadonlyMap<string, DataHeader>
}

/** One model with everything that is known of it without running anything. */
export interface AnalysedModel {
  readonly model: Model
  /** Undefined: no schema is known, so unresolved inputs count as required inputs. */
  readonly columns?: ReadonlyMap<string, KnownColumn>
  /** What the columns are known from, for people: `transactions.csv`. */
  readonly columnsFrom?: string
  /** Features by name; of two with one name the first. */
  readonly features: ReadonlyMap<string, Feature>
  readonly levels: ReadonlyMap<string, LevelDecision>
  /** Direct users of a feature or column within this model. */
  readonly users: ReadonlyMap<string, readonly string[]>
  /** Cycles as feature names in dependency order (each needs the next, the last needs the first). */
  readonly cycles: readonly (readonly string[])[]
  /** Names that the model offers to later ones. */
  readonly provides: ReadonlyMap<string, KnownColumn>
}

export interface Analysis {
  readonly snapshot: Snapshot
  readonly models: readonly AnalysedModel[]
  readonly problems: readonly Problem[]
}
