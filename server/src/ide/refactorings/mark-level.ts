import { addMarker, replace } from '@modeldriver/engine'
import { featureAt } from './place.ts'
import type { OfferedRefactoring, RefactoringPlace } from './refactoring.ts'

/** Says the other level outright: at the head of a row feature "Mark as #agg", of a group feature "Mark as #row". */
export function markLevel(place: RefactoringPlace): OfferedRefactoring | undefined {
  const found = featureAt(place)
  if (!found || found.model.model.kinds[found.feature.name]) return undefined
  const { feature, model } = found
  const level = model.levels.get(feature.name)?.level === 'group' ? 'row' : 'group'
  const marker = level === 'group' ? '#agg' : '#row'
  const title = `Mark as ${marker}`
  const [directive, ...more] = feature.directives
  if (!directive) return { title, edits: [addMarker(feature, level, place.text)] }
  // Two markers are a problem with repairs of its own; a wrapper `agg(…)` is imported by its name.
  if (more.length > 0 || directive.text.endsWith(')')) return undefined
  const written = directive.text.startsWith('@') ? marker.replace('#', '@') : marker
  return { title, edits: [replace(feature.path, directive.span, written)] }
}
