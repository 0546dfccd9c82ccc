import {
  type AnalysedModel,
  type Analysis,
  type Feature,
  parameterType,
  removeFromModel,
  replace,
  type TextEdit,
  tableToFeatures,
} from '@modeldriver/engine'
import type { OfferedRefactoring, RefactoringPlace } from './refactoring.ts'

/** A table function becomes a feature for each column it makes, and the manifest does not speak of it any more. */
export function convertTable({ analysis, path, range, text }: RefactoringPlace): OfferedRefactoring | undefined {
  const owners = analysis.models.flatMap((model) => {
    const found = [...model.frames.values()].find(({ feature }) => isIn(feature, path, range))
    return found ? [{ model, ...found }] : []
  })
  const [owner, other] = owners
  if (!owner) return undefined
  const { model, feature, declared } = owner
  const title = 'Convert to features'
  if (other)
    return { title, edits: [], refused: `'${feature.name}' stands in a file of two models. Give each its own.` }
  const { groupBy } = model.model
  const made = tableToFeatures({ path, text }, feature.name, {
    ...(groupBy && { keys: groupBy.map(({ name }) => name) }),
    ...(declared && { inputs: namesOf(declared.inputs), outputs: namesOf(declared.outputs) }),
    isTaken: (name) => isTaken(model, feature, name),
    typeOf: (name) => parameterType(model, { ...feature, name: '' }, name),
  })
  if ('refused' in made) return { title, edits: [], refused: made.refused }
  return {
    title,
    edits: [
      ...made.edits.map((edit) => replace(path, edit.span, edit.text)),
      ...(declared ? undeclared(analysis, model, feature.name) : []),
    ],
  }
}

const isIn = ({ path: own, span }: Feature, path: string, range: { readonly start: number; readonly end: number }) =>
  own === path && span.start <= range.start && range.end <= span.end

const namesOf = (named: readonly { readonly name: string }[]): readonly string[] => named.map(({ name }) => name)

function isTaken({ columns, features, frames }: AnalysedModel, { name: own }: Feature, name: string): boolean {
  const other = features.get(name)
  const isOther = other !== undefined && other.frame?.name !== own
  return isOther || (columns?.has(name) ?? false) || (frames.has(name) && name !== own)
}

/** Of its only table function a model's `legacy_mode` goes too: it would take features with misspelt inputs for others. */
function undeclared(
  { snapshot, models }: Analysis,
  { model, frames }: AnalysedModel,
  name: string,
): readonly TextEdit[] {
  const { manifestText: before = '', project } = snapshot
  const paths = frames.size > 1 ? [['frames', name]] : [['frames'], ['legacy_mode']]
  let after = before
  for (const at of paths) {
    const context = {
      snapshot: { ...snapshot, manifestText: after },
      models,
      catalogue: [],
      text: () => after,
      list: () => [],
    }
    const [edit] = removeFromModel(context, model, at)
    if (edit) after = after.slice(0, edit.span.start) + edit.text + after.slice(edit.span.end)
  }
  return smallest(project.path, before, after)
}

/** One edit, of what differs. */
function smallest(path: string, before: string, after: string): readonly TextEdit[] {
  let start = 0
  while (start < after.length && before[start] === after[start]) start++
  let tail = 0
  while (tail < Math.min(before.length, after.length) - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const span = { start, end: before.length - tail }
  return before === after ? [] : [replace(path, span, after.slice(start, after.length - tail))]
}
