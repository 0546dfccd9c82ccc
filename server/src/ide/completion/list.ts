import type { AnalysedModel, Analysis, Span } from '@modeldriver/engine'

/** What may be written at a place, best first. */
export interface CompletionList {
  /** What is written there, up to the cursor. */
  readonly insert: Span
  /** The whole word there, when it goes on behind the cursor. */
  readonly replace: Span
  readonly items: readonly CompletionItem[]
}

export interface CompletionItem {
  readonly label: string
  readonly kind: 'column' | 'feature' | 'constant' | 'value' | 'file' | 'model' | 'rule' | 'method'
  readonly text: string
  /** What typing is compared with, when it is not the label. */
  readonly filter?: string
  /** In short what it is, right behind the label, and where it is from. */
  readonly type?: string
  readonly origin?: string
  /** What more can be said when it is looked at. */
  readonly subject?: Subject
}

/** A name as a model reads it, a code of the catalogue, or a member of columns. */
export type Subject =
  | { readonly kind: 'name'; readonly model: string; readonly name: string }
  | { readonly kind: 'rule'; readonly code: string }
  | { readonly kind: 'member'; readonly name: string; readonly of: string }

/** What completion needs besides the analysis. */
export interface CompletionContext {
  readonly analysis: Analysis
  /** The text of a file as it is now. */
  readonly text: (path: string) => string | undefined
  /** Names in a folder; folders end with `/`. */
  readonly list: (folder: string) => readonly string[]
  /** The analysis if a feature file had another text. */
  readonly reread: (path: string, text: string) => Analysis
}

export const subjectOf = ({ model }: AnalysedModel, name: string): Subject => ({
  kind: 'name',
  model: model.name,
  name,
})
