import type { Span } from './span.ts'

/** A replacement in one file. Edits given together do not overlap and all count in the text before any of them. */
export interface TextEdit {
  readonly path: string
  readonly span: Span
  readonly text: string
  /** The part of `text` that the author is to type over, where the editor can do that. */
  readonly typeOver?: Span
}

/** One way to repair a problem. `title` is an order: `Change to 'revenue'`. */
export interface Fix {
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** The one repair that is almost always meant. */
  readonly isPreferred?: true
  /** Why it is not made without asking: `The column is read under a new name in every model.` */
  readonly confirm?: string
}
