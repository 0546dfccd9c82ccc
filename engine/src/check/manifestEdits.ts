import type { Fix } from '../ir/edit.ts'
import type { Model } from '../ir/model.ts'
import type { Problem } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import { removeAt, setInManifest } from '../model/manifestChanges.ts'
import { keyAt, type ManifestPath, nodeAt, pathOfModel, valueAt } from '../model/manifestPlaces.ts'
import { replace } from './edits.ts'
import type { FixContext, RuleContext } from './rule.ts'

// Places in the manifest, and changes of it that repairs are made of.

/** `at` counts from the model's entry. */
const pathIn = (text: string, { nameSpan }: Model, at: ManifestPath): ManifestPath | undefined =>
  nameSpan && [...pathOfModel(text, nameSpan), ...at]

/** The place of a value in a model's entry; of the model's name while it is not there. */
export function valuePlace({ snapshot: { manifestText: text = '' } }: RuleContext, model: Model, at: ManifestPath) {
  const path = pathIn(text, model, at)
  return (path && valueAt(text, path)) ?? model.nameSpan
}

/** The place of a property's name in a model's entry; of the model's name while it is not there. */
export function keyPlace({ snapshot: { manifestText: text = '' } }: RuleContext, model: Model, at: ManifestPath) {
  const path = pathIn(text, model, at)
  return (path && keyAt(text, path)) ?? model.nameSpan
}

/** The place of the name of a rule's code. */
export const rulePlace = ({ snapshot: { manifestText: text = '' } }: RuleContext, code: string): Span | undefined =>
  keyAt(text, ['rules', code])

/** The manifest of a project that has one. */
export function manifestOf({ snapshot: { project }, text }: FixContext): { path: string; text: string } | undefined {
  const written = project.kind === 'manifest' ? text(project.path) : undefined
  return written === undefined ? undefined : { path: project.path, text: written }
}

/** Sets or adds a value in a model's entry. */
export function setInModel(context: FixContext, model: Model, at: ManifestPath, value: unknown): Fix['edits'] {
  const manifest = manifestOf(context)
  const path = manifest && pathIn(manifest.text, model, at)
  return manifest && path ? setInManifest(manifest.path, manifest.text, path, value) : []
}

/** `Change to 'x'` for each name that may have been meant, at the place of the problem. */
export function* changeTo({ path, span, data }: Problem): Iterable<Fix> {
  const suggestions = Array.isArray(data?.suggestions) ? data.suggestions.map(String) : []
  for (const name of suggestions)
    yield {
      title: `Change to '${name}'`,
      edits: [replace(path, span, JSON.stringify(name).slice(1, -1))],
      ...(suggestions.length === 1 && { isPreferred: true }),
    }
}

/** Takes the entry away in which the problem is. */
export function* removeIt(context: FixContext, { span }: Problem, what: string): Iterable<Fix> {
  const manifest = manifestOf(context)
  if (manifest) yield { title: `Remove ${what}`, edits: removeAt(manifest.path, manifest.text, span.start) }
}

/** Takes a property out of a model's entry. */
export function removeFromModel(context: FixContext, model: Model, at: ManifestPath): Fix['edits'] {
  const manifest = manifestOf(context)
  const path = manifest && pathIn(manifest.text, model, at)
  const key = manifest && path && keyAt(manifest.text, path)
  return manifest && key ? removeAt(manifest.path, manifest.text, key.start) : []
}

/** Selects one more output, in the form in which the others stand. */
export function addOutput(context: FixContext, model: Model, name: string): Fix['edits'] {
  const manifest = manifestOf(context)
  const path = manifest && pathIn(manifest.text, model, ['outputs'])
  switch (manifest && path && nodeAt(manifest.text, path)?.type) {
    case 'array':
      return setInModel(context, model, ['outputs', -1], name)
    case 'object':
      return setInModel(context, model, ['outputs', name], name)
    default:
      return setInModel(context, model, ['outputs'], [...(model.outputs ?? []).map((output) => output.name), name])
  }
}
