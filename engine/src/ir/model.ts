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
  /** How its numbers are written; else as `formats` says. */
  readonly number?: NumberSigns
  /** What is written for true and false, in place of the usual words; upper and lower case are one. */
  readonly truth?: TruthWords
  /** Texts that stand for a missing value; else those of `formats`. */
  readonly missing?: readonly string[]
  /** A row without it is set aside with the reason. */
  readonly required?: boolean
}

export interface TruthWords {
  readonly true?: readonly string[]
  readonly false?: readonly string[]
}

export interface NumberSigns {
  readonly decimal?: string
  readonly thousands?: string
}

/** How cells are written, for every column that does not say its own. */
export interface Formats {
  readonly date?: string
  readonly datetime?: string
  readonly number?: NumberSigns
  /** Texts that stand for a missing value. */
  readonly missing?: readonly string[]
}

export type TableName = 'rows' | 'groups' | 'outputs'

export interface FileInput {
  readonly kind: 'file'
  readonly path: string
  readonly span?: Span
  /** Of a workbook; the first that is not hidden when absent. */
  readonly sheet?: Named
  /** The row in which the header stands, as Excel and editors count. */
  readonly headerRow?: { readonly row: number; readonly span?: Span }
}

export interface TableInput {
  readonly kind: 'model'
  readonly model: string
  readonly table: TableName
  readonly span?: Span
}

/** Where a model's input table comes from. */
export type ModelInput = FileInput | TableInput | { readonly kind: 'none' }

/** A name as it stands in the manifest, with its place there (absent without a manifest). */
export interface Named {
  readonly name: string
  readonly span?: Span
}

/** `outputs` entries; `as` renames, and stands at `asSpan` then. */
export interface OutputSpec extends Named {
  readonly as: string
  readonly asSpan?: Span
}

/** Columns of another table, brought in by key. */
export interface Join {
  readonly source: FileInput | TableInput
  /** The table as the manifest names it: `daily.groups`, `data/shops.csv`. */
  readonly from: Named
  /** Names that both tables have, each in its own spelling; together they name one row there. */
  readonly on: readonly Named[]
  readonly prefix: string
  /** Absent: every column but those of `on`. */
  readonly columns?: readonly Named[]
}

/** What a table function (`legacy_mode`) reads and makes, declared because its body does not say it. */
export interface Frame extends Named {
  readonly inputs: readonly Named[]
  readonly outputs: readonly Named[]
}

/** A named set of features over one input table. */
export interface Model {
  readonly name: string
  readonly nameSpan?: Span
  readonly clientName: string
  readonly seq: number
  /** Paths of the feature files, in the order of the manifest's patterns, then by name. */
  readonly featureFiles: readonly string[]
  /** A pattern of `features` matches no file, so some features are not known. */
  readonly lacksFiles?: true
  readonly input: ModelInput
  readonly joins?: readonly Join[]
  /** Absent: enrichment, row features only. Empty: the whole table is one group. */
  readonly groupBy?: readonly Named[]
  /** Order of the groups, for features that look at the group before. */
  readonly groupOrder?: readonly Named[]
  /** Absent: every feature. */
  readonly outputs?: readonly OutputSpec[]
  /** The column or feature that a model of machine learning shall predict: nothing else may be computed from it. */
  readonly target?: Named
  readonly columns: Readonly<Record<string, ColumnSpec>>
  readonly formats: Formats
  readonly kinds: Readonly<Record<string, Level>>
  /** A function whose one parameter is neither column nor feature takes the whole table, though `frames` does not name it. */
  readonly legacyMode?: true
  readonly frames?: readonly Frame[]
  /** Where the names of `columns` stand. */
  readonly columnSpans?: Readonly<Record<string, Span>>
}

export interface UnreadFile {
  readonly path: string
  /** A file of the same folder that a model reads, and that model. */
  readonly beside: string
  readonly model: string
}

/** A pipeline: the models of one project in `seq` order. */
export interface Project {
  /** The manifest, or the feature file of a project without one; nowhere for `code`. */
  readonly path: string
  readonly root: string
  /** `code`: models that a program makes. */
  readonly kind: 'manifest' | 'file' | 'code'
  readonly models: readonly Model[]
  /** Feature files that stand beside those of a model and are in none. */
  readonly unread?: readonly UnreadFile[]
  readonly outputBase: string
  readonly rules: Readonly<Record<string, 'off' | 'hint' | 'information' | 'warning' | 'error'>>
}

/** One column a model can read, before any feature. */
export interface KnownColumn {
  readonly name: string
  readonly type?: ValueType
  /** Level at which features see it (joined columns may be group level). */
  readonly level: 'row' | 'group'
  /** Who brings it: a data file, the manifest's `columns`, or a table of another model. */
  readonly origin:
    | {
        readonly kind: 'file'
        readonly path: string
        readonly header: string
        readonly span?: Span
        /** Where another model reads the file first, in another way. */
        readonly reading?: string
      }
    | { readonly kind: 'manifest'; readonly span?: Span }
    | { readonly kind: 'model'; readonly model: string; readonly table: TableName; readonly column: string }
  /** The join that brings it, and its name in that table. */
  readonly joined?: { readonly join: Join; readonly column: string }
}

/** Header of a data file as analysis needs it. */
export type DataHeader =
  | ({ readonly kind: 'header' } & KnownHeader)
  | ({ readonly kind: 'unreadable'; readonly reason: string } & Omit<KnownHeader, 'columns'>)

export interface KnownHeader {
  readonly columns: readonly HeaderColumn[]
  /** Of a workbook: its sheets. */
  readonly sheets?: readonly string[]
  /** What the author should know of how the file is read: names that stand twice, a title above the header, a column without a value of its type. */
  readonly warnings?: readonly string[]
  /** Where the header stands below a title, when that was found out and not said. */
  readonly headerRow?: number
}

export interface HeaderColumn {
  readonly name: string
  /** Absent where no value was seen and none is declared: nothing is known then. */
  readonly type?: ValueType
  /** The header cell in the file, for text formats. */
  readonly span?: Span
  /** Up to five different values, as text. */
  readonly samples: readonly string[]
  /** Why it is of this type, where that may surprise. */
  readonly note?: string
  /** Absent where only the names and types could be read. */
  readonly facts?: ColumnFacts
}

/** A number of nines that stands several times in a column, apart from the rest: `-999`. */
export interface NumberCode {
  readonly value: number
  readonly count: number
  readonly isBelow: boolean
}

/** What the values of a column are, in the rows that were looked at: the first of the file. */
export interface ColumnFacts {
  readonly rows: number
  /** The file has no others. */
  readonly isWhole?: boolean
  readonly missing: number
  /** Different values; absent when only the file's own statistics were read. */
  readonly distinct?: number
  /** Of text with numbers in it: two values that stand otherwise than by these, `W10` before `W2`. */
  readonly misordered?: readonly [string, string]
  /** Of text: what may stand for a missing value in it. */
  readonly marks?: readonly string[]
  /** Of text that is written as numbers or dates are, but for missing values and these words. */
  readonly likeness?: { readonly kind: 'number' | 'Date'; readonly words: readonly string[] }
  /** Of numbers: those that may be a code for a missing value. */
  readonly codes?: readonly NumberCode[]
  /** Of numbers and dates: the least and the greatest. */
  readonly min?: number
  readonly max?: number
}
