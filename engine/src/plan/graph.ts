import type { ModelGraph } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import { cyclicComponents, shortestCycles } from './cycles.ts'

type IsColumn = (name: string) => boolean

/** Whether two sets of features have the same graph: it depends on names and inputs, and on which of these are columns. */
export function isSameGraph(
  before: ReadonlyMap<string, Feature>,
  wasColumn: IsColumn,
  after: ReadonlyMap<string, Feature>,
  isColumn: IsColumn,
): boolean {
  if (before.size !== after.size) return false
  const others = before.entries()
  for (const [name, { inputs }] of after) {
    const [otherName, other] = others.next().value as [string, Feature]
    if (otherName !== name || other.inputs.length !== inputs.length) return false
    for (const [i, input] of inputs.entries()) {
      if (other.inputs[i]?.name !== input.name || wasColumn(input.name) !== isColumn(input.name)) return false
    }
  }
  return true
}

/** Who needs whom. A name that is a column is a column, also when a feature has the same name. */
export function buildGraph(features: ReadonlyMap<string, Feature>, isColumn: IsColumn): ModelGraph {
  const users = new Map<string, readonly string[]>()
  const names = [...features.keys()]
  const numbers = new Map(names.map((name, i) => [name, i]))
  const needs: number[][] = names.map(() => [])
  for (const [name, feature] of features) {
    for (const input of feature.inputs) {
      addUser(users, input.name, name)
      const target = numbers.get(input.name)
      if (target !== undefined && !isColumn(input.name)) needs[numbers.get(name) as number]?.push(target)
    }
  }
  const components = cyclicComponents(needs)
  const cycles = components.flatMap((component) => shortestCycles(component, needs))
  const loops = components.map((component) => new Set(component.map((i) => names[i] as string)))
  return {
    users,
    cycles: cycles.sort((a, b) => a.length - b.length).map((cycle) => cycle.map((i) => names[i] as string)),
    loops,
    inCycle: new Set(loops.flatMap((loop) => [...loop])),
  }
}

/** The graph after an edit of the inputs of some features, when there were no cycles; undefined when the edit makes one. */
export function graphAfterEdit(
  graph: ModelGraph,
  edited: readonly EditedFeature[],
  features: ReadonlyMap<string, Feature>,
  isColumn: IsColumn,
): ModelGraph | undefined {
  const concerned = new Set<string>()
  for (const { before, now } of edited) {
    for (const { name } of before.inputs) concerned.add(name)
    for (const { name } of now.inputs) concerned.add(name)
    if (needsItself(now, features, isColumn)) return undefined
  }
  const users = new Map(graph.users)
  for (const name of concerned) users.delete(name)
  features.forEach(({ inputs }, user) => {
    for (const { name } of inputs) if (concerned.has(name)) addUser(users, name, user)
  })
  return { ...graph, users }
}

export interface EditedFeature {
  readonly before: Feature
  readonly now: Feature
}

export const hasSameInputs = (a: Feature, b: Feature): boolean =>
  a.inputs.length === b.inputs.length && a.inputs.every(({ name }, i) => name === b.inputs[i]?.name)

function needsItself(
  { name: own, inputs }: Feature,
  features: ReadonlyMap<string, Feature>,
  isColumn: IsColumn,
): boolean {
  const reached = new Set<string>()
  for (const { name } of inputs) reached.add(name)
  for (const name of reached) {
    if (isColumn(name)) continue
    if (name === own) return true
    for (const input of features.get(name)?.inputs ?? []) reached.add(input.name)
  }
  return false
}

function addUser(users: Map<string, readonly string[]>, name: string, user: string): void {
  const list = users.get(name) as string[] | undefined
  if (!list) users.set(name, [user])
  else if (list.at(-1) !== user) list.push(user)
}

/** A feature and every other one that its value goes into: reading one of them would close a cycle. */
export function downstreamOf({ users }: ModelGraph, start: string): ReadonlySet<string> {
  const reached = new Set([start])
  for (const name of reached) for (const user of users.get(name) ?? []) reached.add(user)
  return reached
}
