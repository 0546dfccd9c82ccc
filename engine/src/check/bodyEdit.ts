import type { AnalysedModel } from '../ir/analysis.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { Model } from '../ir/model.ts'
import { isSameGraph } from '../plan/graph.ts'
import { decideFeatures, isSameWritten } from '../source/decide.ts'

/** The features that a model's files give it. */
export interface OwnFeatures {
  readonly features: ReadonlyMap<string, Feature>
  /** The later ones of features with one name. */
  readonly duplicates: readonly Feature[]
}

/**
 * A model over the same data as `before` after an edit that changed bodies and places only, and no level and no type: all
 * else is taken over. Undefined after any other edit.
 */
export function afterBodyEdit(
  before: AnalysedModel,
  model: Model,
  { features: written, duplicates }: OwnFeatures,
): AnalysedModel | undefined {
  const isColumn = (name: string) => before.columns?.has(name) ?? false
  if (model.legacyMode || !isSameModel(before.model, model)) return undefined
  if (!isSameGraph(before.features, isColumn, written, isColumn)) return undefined
  const edited = [...written.values()].filter((feature) => !isSameWritten(before.features.get(feature.name), feature))
  if (edited.some(({ name }) => before.graph.inCycle.has(name))) return undefined
  if (!edited.every((feature) => needsTheSame(before.features.get(feature.name), feature))) return undefined
  const columnOf = (name: string) => before.columns?.get(name)
  const decided = decideFeatures(edited, columnOf, model.kinds, before)
  const isSame = edited.every(
    ({ name }) =>
      decided.levels.get(name)?.level === before.levels.get(name)?.level &&
      decided.types.get(name) === before.types.get(name),
  )
  if (!isSame) return undefined
  const features = new Map(written)
  const levels = new Map(before.levels)
  for (const [name, feature] of decided.features) features.set(name, feature)
  for (const [name, decision] of decided.levels) levels.set(name, decision)
  return { ...before, model, features, duplicates, levels, unresolved: unresolvedIn(features, before.unresolved) }
}

const needsTheSame = (before: Feature | undefined, now: Feature): boolean =>
  now.inputs.every(({ optional }, i) => optional === before?.inputs[i]?.optional)

/** All but the place of `group_by`, which may stand in the file that is edited. */
function isSameModel(before: Model, now: Model): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)] as (keyof Model)[])
  keys.delete('groupBy')
  const names = ({ groupBy }: Model) => groupBy?.map(({ name }) => name).join('\n')
  return [...keys].every((key) => before[key] === now[key]) && names(before) === names(now)
}

/** The same inputs where they stand now. */
function unresolvedIn(
  features: ReadonlyMap<string, Feature>,
  before: AnalysedModel['unresolved'],
): AnalysedModel['unresolved'] {
  return new Map(
    [...before].map(([name, inputs]) => {
      const isStill = (input: Input) => inputs.some((other) => other.name === input.name && !input.optional)
      return [name, features.get(name)?.inputs.filter(isStill) ?? []]
    }),
  )
}
