import type { Analysis, Span, TextEdit } from '@modeldriver/engine'

export type RefactoringKind = 'refactor.rewrite' | 'refactor.extract' | 'source.modeldriver.sortFeatures'

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
}

/** A change of feature files that the author asks for, though nothing is wrong. */
export interface Refactoring {
  readonly kind: RefactoringKind
  readonly offer: (place: RefactoringPlace) => OfferedRefactoring | undefined
}
