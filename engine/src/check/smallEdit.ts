import type { AnalysedModel, ModelGraph } from '../ir/analysis.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { Model } from '../ir/model.ts'
import { matchHeader } from '../model/names.ts'
import { buildGraph, isSameGraph } from '../plan/graph.ts'
import { type DecidedFeatures, decideFeatures, isSameWritten } from '../source/decide.ts'
import { providedTables } from './tables.ts'

/** The features that a model's files give it. */
export interface OwnFeatures {
  readonly features: ReadonlyMap<string, Feature>
  /** The later ones of features with one name. */
  readonly duplicates: readonly Feature[]
}

/**
 * A model over the same data as `before` after an edit inside of features: what does not follow from the features that were
 * edited is taken over. Undefined after an edit of another kind.
 */
export function afterSmallEdit(
  before: AnalysedModel,
  model: Model,
  { features: written, duplicates }: OwnFeatures,
): AnalysedModel | undefined {
  if (model.legacyMode || !isSameModel(before.model, model) || !hasSameNames(before.features, written)) return undefined
  const edited = [...written.values()].filter((feature) => !isSameWritten(before.features.get(feature.name), feature))
  const graph = graphAfter(before, written, edited)
  if (!graph) return undefined
  const { decided, isSame } = decideEdited(before, model, written, edited, graph)
  if ([...decided.features.keys()].some((name) => graph.inCycle.has(name))) return undefined
  const features = over(written, decided.features)
  const levels = over(before.levels, decided.levels)
  const types = isSame ? before.types : typesAfter(before.types, decided)
  return {
    ...before,
    model,
    features,
    duplicates,
    levels,
    types,
    graph,
    unresolved: before.columns ? unresolvedAfter(before, features, edited) : before.unresolved,
    provides: isSame ? before.provides : providedTables({ ...before, model, features, levels, types }),
  }
}

/** Decisions for the features that were edited and, where those changed a level or a type, for all that it can reach. */
function decideEdited(
  before: AnalysedModel,
  { kinds }: Model,
  written: ReadonlyMap<string, Feature>,
  edited: readonly Feature[],
  { users }: ModelGraph,
): { readonly decided: DecidedFeatures; readonly isSame: boolean } {
  const decide = (features: readonly Feature[]) =>
    decideFeatures(features, (name) => before.columns?.get(name), kinds, before)
  const decided = decide(edited)
  const isSame = edited.every(
    ({ name }) =>
      decided.levels.get(name)?.level === before.levels.get(name)?.level &&
      decided.types.get(name) === before.types.get(name),
  )
  if (isSame) return { decided, isSame }
  const reached = new Set(edited.map(({ name }) => name))
  for (const name of reached) for (const user of users.get(name) ?? []) reached.add(user)
  return { decided: decide([...written.values()].filter(({ name }) => reached.has(name))), isSame }
}

function over<T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const all = new Map(before)
  for (const [name, value] of now) all.set(name, value)
  return all
}

function typesAfter(before: AnalysedModel['types'], { features, types }: DecidedFeatures): AnalysedModel['types'] {
  const after = new Map(before)
  for (const name of features.keys()) {
    const type = types.get(name)
    if (type) after.set(name, type)
    else after.delete(name)
  }
  return after
}

/** All but the place of `group_by`, which may stand in the file that is edited. */
function isSameModel(before: Model, now: Model): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)] as (keyof Model)[])
  keys.delete('groupBy')
  const names = ({ groupBy }: Model) => groupBy?.map(({ name }) => name).join('\n')
  return [...keys].every((key) => before[key] === now[key]) && names(before) === names(now)
}

function hasSameNames(before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): boolean {
  const others = before.keys()
  for (const name of now.keys()) if (others.next().value !== name) return false
  return before.size === now.size
}

/** The graph after the edit; undefined when the edit may have changed which columns names mean, or decisions in cycles. */
function graphAfter(
  { columns, aliases, ambiguous, features, graph }: AnalysedModel,
  written: ReadonlyMap<string, Feature>,
  edited: readonly Feature[],
): ModelGraph | undefined {
  const isColumn = (name: string) => columns?.has(name) ?? false
  if (isSameGraph(features, isColumn, written, isColumn)) {
    return edited.some(({ name }) => graph.inCycle.has(name)) ? undefined : graph
  }
  if (aliases.size > 0 || ambiguous.size > 0 || graph.inCycle.size > 0) return undefined
  const headers = [...(columns?.keys() ?? [])]
  const meansColumn = ({ name }: Input) =>
    !isColumn(name) && !written.has(name) && matchHeader(name, headers).kind !== 'none'
  if (edited.some(({ inputs }) => inputs.some(meansColumn))) return undefined
  const built = buildGraph(written, isColumn)
  return built.inCycle.size > 0 ? undefined : built
}

function unresolvedAfter(
  { columns, unresolved: before }: AnalysedModel,
  features: ReadonlyMap<string, Feature>,
  edited: readonly Feature[],
): AnalysedModel['unresolved'] {
  const isUnresolved = ({ name, optional }: Input) => !optional && !columns?.has(name) && !features.has(name)
  const names = new Set(edited.map(({ name }) => name))
  const unresolved = new Map<string, readonly Input[]>()
  for (const [name, { inputs }] of features) {
    if (!names.has(name) && !before.has(name)) continue
    const found = inputs.filter(isUnresolved)
    if (found.length > 0) unresolved.set(name, found)
  }
  return unresolved
}
