import type { ModelGraph } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import { cyclicComponents, shortestCycles } from './cycles.ts'

/** What the graph of a model depends on: names and inputs, in order. Equal keys mean equal graphs. */
export const graphKey = (features: ReadonlyMap<string, Feature>, isColumn: (name: string) => boolean): string =>
  [...features.values()]
    .map(
      (feature) =>
        `${feature.name}(${feature.inputs.map((input) => (isColumn(input.name) ? `=${input.name}` : input.name)).join()})`,
    )
    .join(';')

/** Who needs whom. A name that is a column is a column, also when a feature has the same name. */
export function buildGraph(features: ReadonlyMap<string, Feature>, isColumn: (name: string) => boolean): ModelGraph {
  const users = new Map<string, string[]>()
  const names = [...features.keys()]
  const numbers = new Map(names.map((name, i) => [name, i]))
  const needs: number[][] = names.map(() => [])
  for (const [name, feature] of features) {
    for (const input of feature.inputs) {
      const list = users.get(input.name)
      if (!list) users.set(input.name, [name])
      else if (!list.includes(name)) list.push(name)
      const target = numbers.get(input.name)
      if (target !== undefined && !isColumn(input.name)) needs[numbers.get(name) as number]?.push(target)
    }
  }
  const components = cyclicComponents(needs)
  const cycles = components.flatMap((component) => shortestCycles(component, needs))
  return {
    users,
    cycles: cycles.sort((a, b) => a.length - b.length).map((cycle) => cycle.map((i) => names[i] as string)),
    inCycle: new Set(components.flat().map((i) => names[i] as string)),
  }
}

/** A feature and every other one that its value goes into: reading one of them would close a cycle. */
export function downstreamOf({ users }: ModelGraph, start: string): ReadonlySet<string> {
  const reached = new Set([start])
  for (const name of reached) for (const user of users.get(name) ?? []) reached.add(user)
  return reached
}
