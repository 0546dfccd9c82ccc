import { insert, type ValueType } from '@modeldriver/engine'
import { sourceOf } from '../sources.ts'
import { featureAt } from './place.ts'
import type { OfferedRefactoring, RefactoringPlace } from './refactoring.ts'

/** Gives the parameter at the cursor a value for where there is none, so that the input may be absent or missing. */
export function addDefault(place: RefactoringPlace): OfferedRefactoring | undefined {
  const found = featureAt(place)
  const input = found?.feature.inputs.find(({ span }) => span.start <= place.range.start && place.range.end <= span.end)
  if (!found || !input || input.optional) return undefined
  const source = sourceOf(place.analysis, found.model, input.name)
  const value = defaultOf(input.type, source.kind === 'column' ? source.column?.type : undefined)
  return { title: `Add default to '${input.name}'`, edits: [insert(place.path, input.whole.end, ` = ${value}`)] }
}

function defaultOf(annotation: string | undefined, type: ValueType | undefined): string {
  if (annotation === 'number' || (!annotation && (type === 'number' || type === 'integer'))) return '0'
  if (annotation === 'string' || (!annotation && type === 'string')) return "''"
  if (annotation === 'boolean' || (!annotation && type === 'boolean')) return 'false'
  return 'null'
}
