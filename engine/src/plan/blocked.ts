import type { AnalysedModel } from '../ir/analysis.ts'
import type { BlockedReason } from '../ir/plan.ts'

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
}: AnalysedModel): ReadonlyMap<string, BlockedReason> {
  const reasons = new Map<string, BlockedReason>()
  const own = (name: string, code: string, reason: string) => reasons.set(name, { reason, code })
  for (const [name, inputs] of unresolved) {
    own(name, 'MD001', `'${inputs[0]?.name}' is neither a column nor a feature of model '${model.name}'.`)
  }
  for (const name of graph.inCycle) {
    const cycle = graph.cycles.find((members) => members.includes(name))
    const at = cycle?.indexOf(name) ?? 0
    const path = cycle ? [...cycle.slice(at), ...cycle.slice(0, at), name].join(' → ') : name
    own(name, 'MD002', `'${name}' depends on itself: ${path}.`)
  }
  if (!model.groupBy) {
    for (const [name, { level }] of levels) {
      if (level === 'group')
        own(name, 'MD004', `'${name}' is a group feature, but model '${model.name}' has no group_by.`)
    }
  }
  const queue = [...reasons.keys()]
  for (const needed of queue) {
    for (const user of graph.users.get(needed) ?? []) {
      if (reasons.has(user) || columns?.has(needed) || !features.has(user)) continue
      const { reason, cause } = reasons.get(needed) as BlockedReason
      const root = cause ?? needed
      reasons.set(user, {
        reason: cause ? reason : `It needs '${root}', which cannot be computed: ${reason}`,
        cause: root,
      })
      queue.push(user)
    }
  }
  return reasons
}
