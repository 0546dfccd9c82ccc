import { addDefault } from './add-default.ts'
import { convertForm } from './convert-form.ts'
import { convertTable } from './convert-table.ts'
import { markLevel } from './mark-level.ts'
import type { Refactoring } from './refactoring.ts'
import { sortFeatures } from './sort-features.ts'

/** The refactorings, in the order in which they are offered. */
export const refactorings: readonly Refactoring[] = [
  { kind: 'refactor.rewrite', offer: markLevel },
  { kind: 'refactor.rewrite', offer: addDefault },
  { kind: 'refactor.rewrite', offer: convertForm },
  { kind: 'refactor.rewrite.modeldriver.features', offer: convertTable },
  { kind: 'source.modeldriver.sortFeatures', offer: sortFeatures },
]
