import type { Analysis, Location } from '@modeldriver/engine'
import { at } from './at.ts'
import { locationOf, sourceOf } from './sources.ts'

/** Where the column or feature that a parameter reads is made: the upstream feature, the data's header cell, the manifest. */
export function definitionAt(analysis: Analysis, path: string, offset: number): Location | undefined {
  const found = at(analysis, path, offset)
  if (found?.kind !== 'input') return undefined
  return locationOf(analysis, sourceOf(analysis, found.model, found.input.name))
}
