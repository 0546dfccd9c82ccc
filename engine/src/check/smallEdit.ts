import type { AnalysedModel, ModelGraph } from '../ir/analysis.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { LevelDecision } from '../ir/level.ts'
import type { Model } from '../ir/model.ts'
import type { ValueType } from '../ir/values.ts'
import { matchColumn } from '../model/names.ts'
import { type EditedFeature, graphAfterEdit, hasSameInputs } from '../plan/graph.ts'
import { type DecidedFeatures, decideFeatures, isSameWritten } from '../source/decide.ts'
import { providedAfter, providedTables } from './tables.ts'

/** The features that a model's files give it. */
export interface OwnFeatures {
  readonly features: ReadonlyMap<string, Feature>
  /** The later ones of features with one name. */
  readonly duplicates: readonly Feature[]
}

export interface SmallEdit {
  readonly analysed: AnalysedModel
  /** The features that are written another way, or whose level or type is another now. */
  readonly changed: ReadonlySet<string>
}

/**
 * A model over the same data as `before` after an edit inside of features: what does not follow from the features that were
 * edited is taken over. Undefined after an edit of another kind.
 */
export function afterSmallEdit(
  before: AnalysedModel,
  model: Model,
  { features: written, duplicates }: OwnFeatures,
): SmallEdit | undefined {
  if (model.legacyMode || !isSameModel(before.model, model)) return undefined
  const edited = editedIn(before.features, written)
  const graph = edited && graphAfter(before, written, edited)
  if (!edited || !graph) return undefined
  const decided = decideEdited(before, model, written, edited, graph)
  if (!decided || [...decided.features.keys()].some((name) => graph.inCycle.has(name))) return undefined
  const { levels, types, isRelevelled, retyped } = decided
  const features = over(written, decided.features)
  const now = { ...before, model, features, duplicates, levels, types, graph }
  return {
    analysed: {
      ...now,
      unresolved: before.columns ? unresolvedAfter(before, features, edited) : before.unresolved,
      provides: isRelevelled ? providedTables(now) : providedAfter(now, retyped),
    },
    changed: new Set(decided.features.keys()),
  }
}

/** The features that are written another way than before; undefined when there are others, or in another order. */
function editedIn(
  before: ReadonlyMap<string, Feature>,
  written: ReadonlyMap<string, Feature>,
): readonly EditedFeature[] | undefined {
  if (before.size !== written.size) return undefined
  const edited: EditedFeature[] = []
  const others = [...before.values()]
  let at = 0
  let isSame = true
  written.forEach((now) => {
    const other = others[at++] as Feature
    if (other.name !== now.name) isSame = false
    else if (!isSameWritten(other, now)) edited.push({ before: other, now })
  })
  return isSame ? edited : undefined
}

interface Decided extends DecidedFeatures {
  /** A level is another than before. */
  readonly isRelevelled: boolean
  /** Features whose type is another than before. */
  readonly retyped: ReadonlySet<string>
}

/**
 * Decisions for the features that were edited, and for the users of each whose level or type that changed. Undefined where that goes
 * back and forth: to decide all in their order is less work then.
 */
function decideEdited(
  before: AnalysedModel,
  model: Model,
  written: ReadonlyMap<string, Feature>,
  edited: readonly EditedFeature[],
  { users }: ModelGraph,
): Decided | undefined {
  const columnOf = (name: string) => before.columns?.get(name)
  const features = new Map<string, Feature>()
  const levels = new Map<string, LevelDecision>()
  const types = new Map<string, ValueType | undefined>()
  const known = { levels: layered(levels, before.levels), types: layered(types, before.types) }
  let open = edited.map(({ now }) => now)
  for (let asked = 0; open.length > 0; asked += open.length) {
    if (asked > written.size) return undefined
    const round = decideFeatures(open, columnOf, model, known)
    const next = new Set<string>()
    for (const { name } of open) {
      const level = round.levels.get(name) as LevelDecision
      const type = round.types.get(name)
      const isSame = level.level === known.levels.get(name)?.level && type === known.types.get(name)
      features.set(name, round.features.get(name) as Feature)
      levels.set(name, level)
      types.set(name, type)
      if (!isSame && !columnOf(name)) for (const user of users.get(name) ?? []) next.add(user)
    }
    open = [...next].flatMap((name) => written.get(name) ?? [])
  }
  const names = [...features.keys()]
  return {
    features,
    levels: over(before.levels, levels),
    types: typesAfter(before.types, types),
    isRelevelled: names.some((name) => levels.get(name)?.level !== before.levels.get(name)?.level),
    retyped: new Set(names.filter((name) => types.get(name) !== before.types.get(name))),
  }
}

/** Looks in the first map, then in the second. */
const layered = <T>(first: ReadonlyMap<string, T>, second: ReadonlyMap<string, T>): Pick<typeof first, 'get'> => ({
  get: (name) => (first.has(name) ? first.get(name) : second.get(name)),
})

/** The map with some values; the very same one when it has them already. */
function over<T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const others = [...now].filter(([name, value]) => before.get(name) !== value)
  if (others.length === 0) return before
  const all = new Map(before)
  for (const [name, value] of others) all.set(name, value)
  return all
}

function typesAfter(
  before: AnalysedModel['types'],
  now: ReadonlyMap<string, ValueType | undefined>,
): AnalysedModel['types'] {
  const others = [...now].filter(([name, type]) => before.get(name) !== type)
  if (others.length === 0) return before
  const after = new Map(before)
  for (const [name, type] of others) {
    if (type) after.set(name, type)
    else after.delete(name)
  }
  return after
}

/** All but the place of `group_by`, which may stand in the file that is edited. */
function isSameModel(before: Model, now: Model): boolean {
  if (before === now) return true
  const keys = new Set([...Object.keys(before), ...Object.keys(now)] as (keyof Model)[])
  keys.delete('groupBy')
  const names = ({ groupBy }: Model) => groupBy?.map(({ name }) => name).join('\n')
  return [...keys].every((key) => before[key] === now[key]) && names(before) === names(now)
}

/** The graph after the edit; undefined when the edit may have changed which columns names mean, or decisions in cycles. */
function graphAfter(
  { columns, aliases, ambiguous, graph }: AnalysedModel,
  written: ReadonlyMap<string, Feature>,
  edited: readonly EditedFeature[],
): ModelGraph | undefined {
  const isColumn = (name: string) => columns?.has(name) ?? false
  const moved = edited.filter(({ before, now }) => !hasSameInputs(before, now))
  if (moved.length === 0) return edited.some(({ now }) => graph.inCycle.has(now.name)) ? undefined : graph
  if (aliases.size > 0 || ambiguous.size > 0 || graph.inCycle.size > 0) return undefined
  const meansColumn = ({ name }: Input) =>
    columns && !columns.has(name) && !written.has(name) && matchColumn(name, columns).kind !== 'none'
  if (moved.some(({ now }) => now.inputs.some(meansColumn))) return undefined
  return graphAfterEdit(graph, moved, written, isColumn)
}

function unresolvedAfter(
  { columns, unresolved: before }: AnalysedModel,
  features: ReadonlyMap<string, Feature>,
  edited: readonly EditedFeature[],
): AnalysedModel['unresolved'] {
  const isUnresolved = ({ name, optional }: Input) => !optional && !columns?.has(name) && !features.has(name)
  const found = new Map<string, readonly Input[]>()
  for (const name of new Set([...edited.map(({ now }) => now.name), ...before.keys()])) {
    const inputs = features.get(name)?.inputs.filter(isUnresolved) ?? []
    if (inputs.length > 0) found.set(name, inputs)
  }
  if (found.size < 2) return found
  const inOrder = [...features.keys()].filter((name) => found.has(name))
  return new Map(inOrder.map((name) => [name, found.get(name) as readonly Input[]]))
}
