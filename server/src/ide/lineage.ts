import type { AnalysedModel, Analysis, Feature, Level, Location } from '@modeldriver/engine'
import { whyText } from '@modeldriver/protocol'
import { locationOf, type Source, samplesOf, sourceKey, sourceOf } from './sources.ts'

/** One column or feature up or down the pipeline; `depth` 1 is a direct input or user. */
export interface LineageItem {
  readonly name: string
  readonly kind: 'column' | Level
  readonly model: string
  readonly type?: string
  readonly why?: string
  readonly depth: number
  readonly samples?: readonly string[]
  readonly location?: Location
  /** Nothing of that name exists. */
  readonly unknown?: boolean
}

export interface Lineage {
  readonly feature: string
  readonly upstream: readonly LineageItem[]
  readonly users: readonly LineageItem[]
}

/** Everything a feature needs and everything that needs it, nearest first, through all models of the pipeline. */
export function lineageOf(analysis: Analysis, model: AnalysedModel, feature: Feature): Lineage {
  const start: Source = { kind: 'feature', model, feature }
  const users = usersIndex(analysis)
  return {
    feature: feature.name,
    upstream: walk(analysis, start, (source) => inputsOf(analysis, source)),
    users: walk(analysis, start, (source) => users.get(sourceKey(source)) ?? []),
  }
}

/** The features that read a feature themselves, in its own model and in later ones. */
export const directUsers = (analysis: Analysis, model: AnalysedModel, feature: Feature): readonly Source[] =>
  usersIndex(analysis).get(sourceKey({ kind: 'feature', model, feature })) ?? []

/** Keys (`sourceKey`) of the features in a cycle or behind one; they have no value. */
export function behindCycles(analysis: Analysis): ReadonlySet<string> {
  return remember(blocked, analysis, () => {
    const users = usersIndex(analysis)
    const reached = new Set<string>()
    for (const model of analysis.models) {
      for (const name of model.graph.inCycle) {
        const feature = model.features.get(name)
        if (feature) reached.add(sourceKey({ kind: 'feature', model, feature }))
      }
    }
    for (const key of reached) for (const user of users.get(key) ?? []) reached.add(sourceKey(user))
    return reached
  })
}

type UsersIndex = ReadonlyMap<string, readonly Source[]>

const indexes = new WeakMap<Analysis, UsersIndex>()
const blocked = new WeakMap<Analysis, ReadonlySet<string>>()

function usersIndex(analysis: Analysis): UsersIndex {
  return remember(indexes, analysis, () => {
    const index = new Map<string, Map<string, Source>>()
    for (const model of analysis.models) {
      for (const feature of model.features.values()) {
        const user: Source = { kind: 'feature', model, feature }
        const key = sourceKey(user)
        for (const input of inputsOf(analysis, user)) {
          const inputKey = sourceKey(input)
          const users = index.get(inputKey)
          if (users) users.set(key, user)
          else index.set(inputKey, new Map([[key, user]]))
        }
      }
    }
    return new Map([...index].map(([key, users]) => [key, [...users.values()]]))
  })
}

/** Computed once per analysis, which never changes. */
function remember<T>(memory: WeakMap<Analysis, T>, analysis: Analysis, compute: () => T): T {
  const known = memory.get(analysis)
  if (known !== undefined) return known
  const value = compute()
  memory.set(analysis, value)
  return value
}

function inputsOf(analysis: Analysis, source: Source): readonly Source[] {
  if (source.kind !== 'feature') return []
  return source.feature.inputs.flatMap((input) => {
    const from = sourceOf(analysis, source.model, input.name)
    return from.kind === 'unknown' && input.optional ? [] : [from]
  })
}

function walk(analysis: Analysis, start: Source, next: (source: Source) => readonly Source[]): readonly LineageItem[] {
  const seen = new Set([sourceKey(start)])
  const items: LineageItem[] = []
  let layer: readonly Source[] = [start]
  for (let depth = 1; layer.length > 0; depth++) {
    const found: Source[] = []
    for (const source of layer.flatMap(next)) {
      const key = sourceKey(source)
      if (seen.has(key)) continue
      seen.add(key)
      found.push(source)
      items.push(itemOf(analysis, source, depth))
    }
    layer = found
  }
  return items
}

function itemOf(analysis: Analysis, source: Source, depth: number): LineageItem {
  const location = locationOf(analysis, source)
  const common = { model: source.model.model.name, depth, ...(location && { location }) }
  if (source.kind === 'feature') {
    const { name } = source.feature
    const decision = source.model.levels.get(name)
    const type = source.model.types.get(name)
    return {
      name,
      kind: decision?.level ?? 'row',
      ...common,
      ...(type && { type }),
      ...(decision && { why: whyText(decision.why) }),
    }
  }
  if (source.kind === 'unknown') return { name: source.name, kind: 'column', ...common, unknown: true }
  const type = source.column?.type
  const samples = samplesOf(analysis, source.column)
  return {
    name: source.name,
    kind: 'column',
    ...common,
    ...(type && { type }),
    ...(samples.length > 0 && { samples }),
  }
}
