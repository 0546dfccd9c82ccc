import type { AnalysedModel, Analysis, ModelGraph, Snapshot } from '../ir/analysis.ts'
import type { Feature, FeatureFile, Input } from '../ir/feature.ts'
import type { Model } from '../ir/model.ts'
import { headerMatcher } from '../model/names.ts'
import { buildGraph, isSameGraph } from '../plan/graph.ts'
import { decideFeatures } from '../source/decide.ts'
import { knownColumns, matchNames } from './columns.ts'
import type { Earlier } from './featureProblems.ts'
import { type Functions, splitFrames } from './frames.ts'
import { findProblems } from './problems.ts'
import type { Rule } from './rule.ts'
import { rules } from './rules.ts'
import { afterSmallEdit, type OwnFeatures } from './smallEdit.ts'
import { providedTables, type Sources } from './tables.ts'

/**
 * Everything that is known of a project without running anything: columns, levels, graphs, problems. Never throws.
 * What an edit did not change is taken over from `previous`.
 */
export function analyse(snapshot: Snapshot, previous?: Analysis, catalogue: readonly Rule[] = rules): Analysis {
  const analysed = new Map<string, AnalysedModel>()
  const earlier = new Map<AnalysedModel, Earlier>()
  const { headers, otherHeaders } = snapshot
  const sources: Sources = { headers, ...(otherHeaders && { otherHeaders }), earlier: (name) => analysed.get(name) }
  let isSameData = headers === previous?.snapshot.headers
  const known = new Map(previous?.models.map((each) => [each.model.name, each]))
  for (const model of snapshot.project.models) {
    if (analysed.has(model.name)) continue
    const before = known.get(model.name)
    const own = featuresOf(model, snapshot.files)
    const again = before && isSameData ? afterSmallEdit(before, model, own) : undefined
    analysed.set(model.name, again?.analysed ?? analyseModel(model, own, sources, before))
    if (again && before && previous)
      earlier.set(again.analysed, { analysed: before, snapshot: previous.snapshot, changed: again.changed })
    isSameData &&= analysed.get(model.name)?.provides === before?.provides
  }
  const models = [...analysed.values()]
  return { snapshot, models, ...findProblems(snapshot, models, catalogue, earlier) }
}

function analyseModel(
  model: Model,
  { features: all, duplicates: twice }: OwnFeatures,
  sources: Sources,
  previous: AnalysedModel | undefined,
): AnalysedModel {
  const { features: written, duplicates, frames } = functionsOf(model, all, sources)
  const known = knownColumns(model, sources, { features: written, frames })
  const { aliases, ambiguous } = matchNames(wantedNames(model, written, known.columns), known.columns)
  const columns = known.columns && withAliases(known.columns, aliases)
  const isColumn = (name: string) => columns?.has(name) ?? false
  const { features, levels, types } = decideFeatures([...written.values()], (name) => columns?.get(name), model)
  return {
    model,
    ...(columns && { columns }),
    ...(known.from && { columnsFrom: known.from }),
    aliases,
    ambiguous,
    joins: known.joins,
    features,
    duplicates: duplicates.length > 0 ? [...twice, ...duplicates] : twice,
    frames,
    levels,
    types,
    graph: graphOf(features, isColumn, previous),
    unresolved: columns ? unresolvedInputs(features, isColumn) : new Map(),
    provides: providedTables({ model, features, frames, levels, types, ...(columns && { columns }) }),
  }
}

/** The previous graph when names and inputs are the same; an edit inside a body does not rebuild it. */
function graphOf(
  features: ReadonlyMap<string, Feature>,
  isColumn: (name: string) => boolean,
  previous: AnalysedModel | undefined,
): ModelGraph {
  const wasColumn = (name: string) => previous?.columns?.has(name) ?? false
  const unchanged = previous && isSameGraph(previous.features, wasColumn, features, isColumn)
  return unchanged ? previous.graph : buildGraph(features, isColumn)
}

function featuresOf(model: Model, files: ReadonlyMap<string, FeatureFile>): OwnFeatures {
  const features = new Map<string, Feature>()
  const duplicates: Feature[] = []
  for (const path of model.featureFiles) {
    for (const feature of files.get(path)?.features ?? []) {
      if (features.has(feature.name)) duplicates.push(feature)
      else features.set(feature.name, feature)
    }
  }
  return { features, duplicates }
}

/** Names that a table function may be told from a feature by are columns of the input and of joins. */
function functionsOf(model: Model, features: ReadonlyMap<string, Feature>, sources: Sources): Functions {
  if (!model.legacyMode && !model.frames) return { features, duplicates: [], frames: new Map() }
  const { columns } = knownColumns(model, sources, { features, frames: new Map() })
  const match = headerMatcher(columns?.keys() ?? [])
  return splitFrames(model, features, (name) => match(name).kind !== 'none')
}

/** Names read by features or the manifest that are neither features nor columns by their exact name. */
function wantedNames(
  model: Model,
  features: ReadonlyMap<string, Feature>,
  columns: ReadonlyMap<string, unknown> | undefined,
): ReadonlySet<string> {
  const { groupBy = [], groupOrder = [], outputs = [], joins = [], target } = model
  const keys = joins.flatMap(({ on }) => on)
  const wanted = new Set<string>()
  const want = ({ name }: { readonly name: string }) => {
    if (!features.has(name) && !columns?.has(name)) wanted.add(name)
  }
  for (const feature of features.values()) feature.inputs.forEach(want)
  for (const named of [groupBy, groupOrder, outputs, keys, target ? [target] : []]) named.forEach(want)
  return wanted
}

function withAliases(
  columns: NonNullable<AnalysedModel['columns']>,
  aliases: ReadonlyMap<string, string>,
): NonNullable<AnalysedModel['columns']> {
  const all = new Map(columns)
  for (const [name, header] of aliases) {
    const column = columns.get(header)
    if (column) all.set(name, { ...column, name })
  }
  return all
}

function unresolvedInputs(
  features: ReadonlyMap<string, Feature>,
  isColumn: (name: string) => boolean,
): ReadonlyMap<string, readonly Input[]> {
  const unresolved = new Map<string, readonly Input[]>()
  for (const [name, feature] of features) {
    const inputs = feature.inputs.filter(
      (input) => !input.optional && !isColumn(input.name) && !features.has(input.name),
    )
    if (inputs.length > 0) unresolved.set(name, inputs)
  }
  return unresolved
}
