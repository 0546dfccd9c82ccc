import type { Analysis, Location } from '@modeldriver/engine'
import { namesInManifest } from './naming.ts'
import { locationOf, type Source, sourceKey, sourceOf } from './sources.ts'
import { keysInComment, sourceInManifest, subjectAt, type TextOf, unquoted } from './subject.ts'

/**
 * Everywhere a column or feature is named: the parameters that read it in every model, under whatever name, and the manifest.
 * With `declaration` also where it is made. Uses in bodies are TypeScript's to find.
 */
export function referencesAt(
  analysis: Analysis,
  path: string,
  offset: number,
  textOf: TextOf,
  declaration: boolean,
): readonly Location[] {
  const subject = subjectAt(analysis, path, offset, textOf)
  if (!subject) return []
  const made = declaration ? locationOf(analysis, subject.source) : undefined
  return unique([...(made ? [made] : []), ...mentionsOf(analysis, subject.source, textOf)])
}

function mentionsOf(analysis: Analysis, source: Source, textOf: TextOf): readonly Location[] {
  const key = sourceKey(source)
  const isMeant = (candidate: Source | undefined) => candidate !== undefined && sourceKey(candidate) === key
  const parameters = analysis.models.flatMap((model) =>
    [...model.features.values(), ...model.duplicates].flatMap(({ path, inputs }) =>
      inputs
        .filter(({ name }) => isMeant(sourceOf(analysis, model, name)))
        .map(({ span }): Location => ({ path, span: unquoted(textOf(path) ?? '', span) })),
    ),
  )
  const { path } = analysis.snapshot.project
  const manifest = namesInManifest(analysis).filter((placed) => isMeant(sourceInManifest(analysis, placed)))
  const comment = keysInComment(analysis, path, textOf(path) ?? '').filter(({ model, name }) =>
    isMeant(sourceOf(analysis, model, name)),
  )
  return [...parameters, ...[...manifest, ...comment].map(({ span }) => ({ path, span }))]
}

const unique = (locations: readonly Location[]): readonly Location[] => [
  ...new Map(locations.map((location) => [`${location.span.start} ${location.path}`, location])).values(),
]
