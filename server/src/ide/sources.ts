import type { AnalysedModel, Analysis, Feature, HeaderColumn, KnownColumn, Location } from '@modeldriver/engine'
import { headerOfColumn, nameIn } from '@modeldriver/engine'

/** What a name means in a model, followed back through the models before it to where it is made. */
export type Source =
  | { readonly kind: 'feature'; readonly model: AnalysedModel; readonly feature: Feature }
  /** `column` is absent when no schema is known: then every name that is no feature is taken for a column. */
  | {
      readonly kind: 'column'
      readonly model: AnalysedModel
      readonly name: string
      readonly column?: KnownColumn
    }
  | { readonly kind: 'unknown'; readonly model: AnalysedModel; readonly name: string }

/** Where the name `name`, as features of `model` read it, comes from in the end. */
export function sourceOf(analysis: Analysis, model: AnalysedModel, name: string): Source {
  const column = model.columns?.get(name)
  if (!column) {
    const feature = model.features.get(name)
    if (feature) return { kind: 'feature', model, feature }
    return model.columns ? { kind: 'unknown', model, name } : { kind: 'column', model, name }
  }
  const handed = handedOver(analysis, model, column)
  return handed ? sourceOf(analysis, handed.model, handed.name) : { kind: 'column', model, name: column.name, column }
}

/** The earlier model that hands a column over, and the name of it there. */
export function handedOver(
  analysis: Analysis,
  model: AnalysedModel,
  { origin }: KnownColumn,
): { readonly model: AnalysedModel; readonly port: string; readonly name: string } | undefined {
  if (origin.kind !== 'model') return undefined
  const at = analysis.models.findIndex((candidate) => candidate.model.name === origin.model)
  const earlier = analysis.models[at]
  if (!earlier || at >= analysis.models.indexOf(model)) return undefined
  const { column: port } = origin
  return { model: earlier, port, name: nameIn(earlier, origin.table, port) }
}

/** One string per source, equal when two names mean the same thing. */
export function sourceKey(source: Source): string {
  return JSON.stringify([source.kind, source.model.model.name, ...ownName(source)])
}

/** A column of a file by its header: it may be read under several names. */
function ownName(source: Source): readonly string[] {
  if (source.kind === 'feature') return [source.feature.name]
  const origin = source.kind === 'column' ? source.column?.origin : undefined
  return origin?.kind === 'file' ? [origin.header, origin.path] : [source.name]
}

/** Where a source stands: the name of the function that makes it, the header cell in the data, the entry in the manifest. */
export function locationOf(analysis: Analysis, source: Source): Location | undefined {
  if (source.kind === 'feature') return { path: source.feature.path, span: source.feature.nameSpan }
  if (source.kind === 'unknown' || !source.column) return undefined
  const { origin } = source.column
  if (origin.kind === 'model' || !origin.span) return undefined
  return { path: origin.kind === 'manifest' ? analysis.snapshot.project.path : origin.path, span: origin.span }
}

/** A few different values of a column, when it stands in a data file. */
export const samplesOf = (analysis: Analysis, column: KnownColumn | undefined): readonly string[] =>
  headerOf(analysis, column)?.samples ?? []

/** What the head of a data file says of a column that stands there. */
export function headerOf({ snapshot }: Analysis, column: KnownColumn | undefined): HeaderColumn | undefined {
  if (column?.origin.kind !== 'file') return undefined
  const { header } = column.origin
  const known = headerOfColumn(snapshot, column.origin)
  return known?.kind === 'header' ? known.columns.find(({ name }) => name === header) : undefined
}

/** The first model that has this very function as a feature; of two with one name only the first counts. */
export function modelOfFeature(analysis: Analysis, feature: Feature): AnalysedModel | undefined {
  return analysis.models.find((candidate) => {
    const own = candidate.features.get(feature.name)
    return own?.path === feature.path && own.nameSpan.start === feature.nameSpan.start
  })
}

/**
 * The features of a file that the pipeline computes, each with its model, in the order of the text; of a table function the columns that
 * it makes.
 */
export function featuresIn(
  analysis: Analysis,
  path: string,
): readonly { readonly model: AnalysedModel; readonly feature: Feature }[] {
  return (analysis.snapshot.files.get(path)?.features ?? []).flatMap((feature) => {
    const owner = analysis.models.find(({ frames }) => frames.get(feature.name)?.feature === feature)
    if (owner)
      return [...owner.features.values()]
        .filter(({ frame, path: own }) => frame?.name === feature.name && own === path)
        .map((made) => ({ model: owner, feature: made }))
    const model = modelOfFeature(analysis, feature)
    return model ? [{ model, feature }] : []
  })
}
