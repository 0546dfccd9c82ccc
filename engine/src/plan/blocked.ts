import type { AnalysedModel } from '../ir/analysis.ts'

/**
 * Features that cannot be computed, with the reason as a sentence: their own mistake, or the feature at the root of it.
 * What stands before a blocked feature is not blocked.
 */
export function blockedFeatures({
  model,
  features,
  levels,
  graph,
  unresolved,
  columns,
}: AnalysedModel): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  for (const [name, inputs] of unresolved) {
    reasons.set(name, `'${inputs[0]?.name}' is neither a column nor a feature of model '${model.name}'.`)
  }
  for (const name of graph.inCycle) {
    const cycle = graph.cycles.find((members) => members.includes(name))
    const at = cycle?.indexOf(name) ?? 0
    const path = cycle ? [...cycle.slice(at), ...cycle.slice(0, at), name].join(' → ') : name
    reasons.set(name, `'${name}' depends on itself: ${path}.`)
  }
  if (!model.groupBy) {
    for (const [name, { level }] of levels) {
      if (level === 'group')
        reasons.set(name, `'${name}' is a group feature, but model '${model.name}' has no group_by.`)
    }
  }
  const queue = [...reasons.keys()]
  for (const root of queue) {
    for (const user of graph.users.get(root) ?? []) {
      if (reasons.has(user) || columns?.has(root) || !features.has(user)) continue
      const at = reasons.get(root) as string
      reasons.set(user, at.startsWith('It needs ') ? at : `It needs '${root}', which cannot be computed: ${at}`)
      queue.push(user)
    }
  }
  return reasons
}
