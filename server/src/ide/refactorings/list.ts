import { addDefault } from './add-default.ts'
import { markLevel } from './mark-level.ts'
import type { Refactoring } from './refactoring.ts'
import { sortFeatures } from './sort-features.ts'

/** The refactorings, in the order in which they are offered. */
export const refactorings: readonly Refactoring[] = [
  { kind: 'refactor.rewrite', offer: markLevel },
  { kind: 'refactor.rewrite', offer: addDefault },
  { kind: 'source.modeldriver.sortFeatures', offer: sortFeatures },
]
