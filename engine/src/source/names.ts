import type { TextEdit } from '../ir/edit.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { Span } from '../ir/span.ts'

/** A file as it is now. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** What another name changes in one file, or why the file cannot take it. */
export type LocalRename =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  /** The new name stands for something else at `span`: the two would become one. */
  | { readonly kind: 'clash'; readonly span: Span }
  /** The language's service cannot make sense of the text. */
  | { readonly kind: 'unreadable' }

/** A function, as call hierarchies show it. */
export interface CallItem {
  readonly name: string
  readonly kind: 'function' | 'method' | 'class' | 'file' | 'variable'
  readonly span: Span
  readonly nameSpan: Span
}

/** A function that calls or is called, with the places of the calls. */
export interface CallPlaces {
  readonly item: CallItem
  readonly places: readonly Span[]
}

/**
 * Changes names in feature files of one language and follows calls inside of one. Each answer comes from one text alone. Never
 * throws: what the language's own service cannot do is not done.
 */
export interface SourceNames {
  /** Makes a parameter read `name`. The body's own name for it follows where it can, and stays where it must. */
  renameInput(file: SourceText, feature: Feature, input: Input, name: string): LocalRename
  /** Gives a feature's function another name, in its own file. */
  renameFeature(file: SourceText, feature: Feature, name: string): LocalRename
  /** Follows a function of another file that was exported as `before` and now is as `name`. */
  renameImport(file: SourceText, from: string, before: string, name: string): LocalRename
  /** The function that stands or is called at a place. */
  callItem(file: SourceText, offset: number): CallItem | undefined
  /** Who calls the function whose name stands at a place, in the same file. */
  callers(file: SourceText, offset: number): readonly CallPlaces[]
  /** Whom the function calls whose name stands at a place. */
  callees(file: SourceText, offset: number): readonly CallPlaces[]
}
