import type { Analysis, Span, TextEdit } from '@modeldriver/engine'

export type RefactoringKind =
  | 'refactor.rewrite'
  | 'refactor.rewrite.modeldriver.features'
  | 'refactor.extract'
  | 'source.modeldriver.sortFeatures'

/** Where a refactoring is asked for, and the text that was analysed. */
export interface RefactoringPlace {
  readonly analysis: Analysis
  readonly path: string
  readonly range: Span
  readonly text: string
}

export interface OfferedRefactoring {
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** What is written then has its types from modeldriver.d.ts. */
  readonly needsDeclarations?: true
  /** Why it cannot be done here, as a sentence; then there are no edits. */
  readonly refused?: string
}

/** A change of feature files that the author asks for, though nothing is wrong. */
export interface Refactoring {
  readonly kind: RefactoringKind
  readonly offer: (place: RefactoringPlace) => OfferedRefactoring | undefined
}
