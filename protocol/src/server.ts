import type { GraphView } from './graph.ts'
import type { Place } from './place.ts'

/** Requests and notifications between the client and the language server, beyond LSP itself. */
export const requests = {
  /** Upstream inputs of a feature, all levels of them. */
  upstream: 'modeldriver/upstream',
  /** The pipeline that a file belongs to, as a graph. */
  graph: 'modeldriver/graph',
  /** All projects of the workspace. */
  projects: 'modeldriver/projects',
  /** Which project and model a file, or a position in it, belongs to. */
  target: 'modeldriver/target',
  /** Another name for a column or feature; parameters as `textDocument/rename`. */
  rename: 'modeldriver/rename',
  /** What `modeldriver.d.ts` of a project should be: `{ uri, update }`; with `update` only when there is one. */
  declarations: 'modeldriver/declarations',
  /** The texts of a new project around a feature file that has none. */
  newProject: 'modeldriver/newProject',
} as const

export const notifications = {
  /** The analysis of a project changed: `{ project, revision }`. */
  changed: 'modeldriver/changed',
} as const

/** Commands that code lenses carry; arguments are plain data. */
export const lensCommands = {
  /** `[uri, feature]` */
  showInputs: 'modeldriver.showInputs',
  /** `[uri, feature]` */
  showUsers: 'modeldriver.showUsers',
  /** `[uri, feature?]` */
  run: 'modeldriver.run',
  /** `[uri, feature?]` */
  showGraph: 'modeldriver.showGraph',
} as const

/** `[uri, onlyIfNew]`: a command behind an entry of the light bulb, whose edit needs modeldriver.d.ts. */
export const typesCommand = 'modeldriver.generateTypes'

export interface FeatureRef {
  readonly uri: string
  readonly feature: string
}

/** One entry of the upstream (or users) list; `depth` 1 is a direct input. */
export interface LineageEntry {
  readonly name: string
  readonly kind: 'column' | 'row' | 'group' | 'constant'
  readonly model: string
  readonly type?: string
  readonly why?: string
  readonly depth: number
  /** A few different values, for columns of a data file. */
  readonly samples?: readonly string[]
  readonly place?: Place
  /** Nothing of that name exists. */
  readonly unknown?: boolean
}

export interface LineageResult {
  readonly feature: string
  readonly upstream: readonly LineageEntry[]
  readonly users: readonly LineageEntry[]
}

export interface Target {
  /** Path of the manifest, or of the feature file of a project without one. */
  readonly project: string
  readonly model: string
  readonly groupBy?: readonly string[]
  /** What the columns are known from: `transactions.csv (12 columns)`, or undefined when inputs are unchecked. */
  readonly columnsFrom?: string
}

/** A manifest, or a feature file without one. */
export interface ProjectEntry {
  readonly uri: string
}
export type ProjectsResult = readonly ProjectEntry[]

export interface DeclarationsParams {
  readonly uri: string
  readonly update: boolean
}

export type DeclarationsResult = {
  readonly uri: string
  readonly text: string
  /** The file has this text already. */
  readonly isCurrent: boolean
  readonly isNew: boolean
} | null

export type RenameResult =
  | {
      readonly kind: 'edits'
      readonly files: readonly FileEdits[]
      /** Renamed functions, where they are named: files outside of the project may use them. */
      readonly functions: readonly (Place & { readonly newName: string })[]
      /** A column of the data gets a name in the manifest: to be confirmed. */
      readonly alias?: { readonly title: string; readonly explanation: string }
    }
  /** A sentence for the author: why not, and what to do. */
  | { readonly kind: 'refused'; readonly message: string }

export interface FileEdits {
  readonly uri: string
  readonly edits: readonly { readonly range: Place['range']; readonly newText: string }[]
}

export interface ChangedParams {
  readonly project: string
  readonly revision: number
}

export type GraphResult = GraphView | null

export interface NewProjectParams {
  /** The feature file. */
  readonly uri: string
  /** Its data file, when one was chosen in place of the one beside it. */
  readonly data?: string
}

export interface NewProjectResult {
  readonly manifest: string
  readonly tsconfig: string
  /** The text of modeldriver.d.ts. */
  readonly declarations: string
}
