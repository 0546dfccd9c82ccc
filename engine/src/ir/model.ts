import type { Level } from './level.ts'
import type { Span } from './span.ts'
import type { ValueType } from './values.ts'

/** How a column of the data is read. */
export interface ColumnSpec {
  /** The header in the data when it differs from the column's name. */
  readonly from?: string
  readonly type?: ValueType
  /** Pattern for dates (`dd-MM-yyyy HH:mm`). */
  readonly format?: string
  /** A row without it is set aside with the reason. */
  readonly required?: boolean
}

/** Formats per type, for every column that does not say its own. */
export interface Formats {
  readonly date?: string
  readonly datetime?: string
  readonly number?: { readonly decimal?: string; readonly thousands?: string }
}

export type TableName = 'rows' | 'groups' | 'outputs'

/** Where a model's input table comes from. */
export type ModelInput =
  | { readonly kind: 'file'; readonly path: string; readonly span?: Span }
  | { readonly kind: 'model'; readonly model: string; readonly table: TableName; readonly span?: Span }
  | { readonly kind: 'none' }

/** A name as it stands in the manifest, with its place there (absent without a manifest). */
export interface Named {
  readonly name: string
  readonly span?: Span
}

/** `outputs` entries; `as` renames. */
export interface OutputSpec extends Named {
  readonly as: string
}

/** A named set of features over one input table. */
export interface Model {
  readonly name: string
  readonly nameSpan?: Span
  readonly clientName: string
  readonly seq: number
  /** Paths of the feature files, in the order of the manifest's patterns, then by name. */
  readonly featureFiles: readonly string[]
  readonly input: ModelInput
  /** Absent: enrichment, row features only. Empty: the whole table is one group. */
  readonly groupBy?: readonly Named[]
  /** Absent: every feature. */
  readonly outputs?: readonly OutputSpec[]
  readonly columns: Readonly<Record<string, ColumnSpec>>
  readonly formats: Formats
  readonly kinds: Readonly<Record<string, Level>>
}

/** A pipeline: the models of one project in `seq` order. */
export interface Project {
  /** The manifest, or the feature file of a project without one. */
  readonly path: string
  readonly root: string
  readonly kind: 'manifest' | 'file'
  readonly models: readonly Model[]
  readonly outputBase: string
  readonly rules: Readonly<Record<string, 'off' | 'hint' | 'information' | 'warning' | 'error'>>
}

/** One column a model can read, before any feature. */
export interface KnownColumn {
  readonly name: string
  readonly type?: ValueType
  /** Level at which features see it (joined columns may be group level). */
  readonly level: 'row' | 'group'
  /** Who brings it: a data file, the manifest's `columns`, or another model. */
  readonly origin:
    | { readonly kind: 'file'; readonly path: string; readonly header: string; readonly span?: Span }
    | { readonly kind: 'manifest'; readonly span?: Span }
    | { readonly kind: 'model'; readonly model: string }
}

/** Header of a data file as analysis needs it. */
export type DataHeader =
  | { readonly kind: 'header'; readonly columns: readonly HeaderColumn[] }
  | { readonly kind: 'unreadable'; readonly reason: string }

export interface HeaderColumn {
  readonly name: string
  readonly type: ValueType
  /** The header cell in the file, for text formats. */
  readonly span?: Span
  /** Up to five different values, as text. */
  readonly samples: readonly string[]
}
