import type { AnalysedModel, Analysis, CallItem, Feature, Location, SourceNames, Span } from '@modeldriver/engine'
import { basename } from '@modeldriver/engine'
import { typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { levelText } from './lenses.ts'
import { featuresIn, locationOf, type Source, sourceKey, sourceOf } from './sources.ts'
import { subjectAt, type TextOf } from './subject.ts'

/** A feature or column with its lineage, or a helper with its calls. */
export interface HierarchyItem {
  readonly kind: 'feature' | 'column' | CallItem['kind']
  readonly name: string
  readonly detail: string
  readonly path: string
  readonly span: Span
  readonly nameSpan: Span
  /** What a feature or column is found again by, after edits. */
  readonly of?: { readonly model: string; readonly name: string }
}

export interface HierarchyCall {
  readonly item: HierarchyItem
  /** Parameters that read it, or places where it is called. */
  readonly places: readonly Span[]
}

export interface HierarchyTools {
  readonly textOf: TextOf
  readonly names: SourceNames
}

/** The feature or column named at a place, else the function that stands or is called there. */
export function hierarchyItemAt(
  analysis: Analysis,
  path: string,
  offset: number,
  { textOf, names }: HierarchyTools,
): HierarchyItem | undefined {
  const subject = subjectAt(analysis, path, offset, textOf)
  if (subject) return itemOf(analysis, subject.source, { path, span: subject.span })
  const text = analysis.snapshot.files.has(path) ? textOf(path) : undefined
  const found = text === undefined ? undefined : names.callItem({ path, text }, offset)
  return found && itemOfFunction(analysis, path, found)
}

/** Who reads a feature or column, in all models, and who calls the function. */
export function incomingCalls(
  analysis: Analysis,
  item: HierarchyItem,
  { textOf, names }: HierarchyTools,
): readonly HierarchyCall[] {
  const source = sourceOfItem(analysis, item)
  const readers = source ? readersOf(analysis, source) : []
  return merged([...readers, ...callsIn(analysis, item, source, textOf, names.callers)])
}

/** What a feature reads, and whom a function calls. */
export function outgoingCalls(
  analysis: Analysis,
  item: HierarchyItem,
  { textOf, names }: HierarchyTools,
): readonly HierarchyCall[] {
  const source = sourceOfItem(analysis, item)
  const inputs = source?.kind === 'feature' ? inputsOf(analysis, source.model, source.feature) : []
  return merged([...inputs, ...callsIn(analysis, item, source, textOf, names.callees)])
}

function readersOf(analysis: Analysis, source: Source): readonly HierarchyCall[] {
  const key = sourceKey(source)
  return analysis.models.flatMap((model) =>
    [...model.features.values()].flatMap((feature): HierarchyCall[] => {
      const places = feature.inputs.filter(({ name }) => sourceKey(sourceOf(analysis, model, name)) === key)
      if (places.length === 0) return []
      return [{ item: featureItem(model, feature), places: places.map(({ span }) => span) }]
    }),
  )
}

function inputsOf(analysis: Analysis, model: AnalysedModel, { path, inputs }: Feature): readonly HierarchyCall[] {
  return inputs.flatMap(({ name, span }): HierarchyCall[] => {
    const item = itemOf(analysis, sourceOf(analysis, model, name), { path, span })
    return item ? [{ item, places: [span] }] : []
  })
}

/** `place` is where the name was met: a column without a place of its own is shown there. */
function itemOf(analysis: Analysis, source: Source, place: Location): HierarchyItem | undefined {
  if (source.kind === 'feature') return featureItem(source.model, source.feature)
  if (source.kind === 'unknown') return undefined
  const { path, span } = locationOf(analysis, source) ?? place
  const { name, column, model } = source
  const detail = [originText(source), typeName(column?.type)].filter(Boolean).join(' · ')
  return { kind: 'column', name, detail, path, span, nameSpan: span, of: { model: model.model.name, name } }
}

function originText({ column, model }: Source & { readonly kind: 'column' }): string {
  return column?.origin.kind === 'file' ? basename(column.origin.path) : `model ${model.model.name}`
}

function featureItem(model: AnalysedModel, feature: Feature): HierarchyItem {
  const { name, path, span, nameSpan } = feature
  const isInside = span.start <= nameSpan.start && nameSpan.end <= span.end
  const detail = `${t('model {0}', model.model.name)} · ${levelText(model, feature)}`
  const of = { model: model.model.name, name }
  return { kind: 'feature', name, detail, path, span: isInside ? span : nameSpan, nameSpan, of }
}

/** A function of a file: the feature that it is, or a helper. */
function itemOfFunction(analysis: Analysis, path: string, { name, kind, span, nameSpan }: CallItem): HierarchyItem {
  const own = featuresIn(analysis, path).find(({ feature }) => feature.nameSpan.start === nameSpan.start)
  return own ? featureItem(own.model, own.feature) : { kind, name, detail: basename(path), path, span, nameSpan }
}

/** The feature or column of an item, as it is now. */
function sourceOfItem(analysis: Analysis, { of }: HierarchyItem): Source | undefined {
  const model = analysis.models.find((candidate) => candidate.model.name === of?.model)
  return model && of && sourceOf(analysis, model, of.name)
}

/** The calls of an item's function, or those that it makes, in its file. */
function callsIn(
  analysis: Analysis,
  item: HierarchyItem,
  source: Source | undefined,
  textOf: TextOf,
  find: SourceNames['callers'],
): readonly HierarchyCall[] {
  if (item.kind === 'column') return []
  const { path, nameSpan } = source?.kind === 'feature' ? source.feature : item
  const text = textOf(path)
  if (text === undefined) return []
  return find({ path, text }, nameSpan.start).map((call) => ({
    item: itemOfFunction(analysis, path, call.item),
    places: call.places,
  }))
}

/** One entry per item: a feature may be read and called. */
function merged(calls: readonly HierarchyCall[]): readonly HierarchyCall[] {
  const known = new Map<string, HierarchyCall>()
  for (const { item, places } of calls) {
    const key = `${item.nameSpan.start} ${item.name} ${item.path}`
    known.set(key, { item, places: [...(known.get(key)?.places ?? []), ...places] })
  }
  return [...known.values()]
}
