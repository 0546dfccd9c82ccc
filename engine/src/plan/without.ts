import type { BlockedFeature, Plan, PlannedJoin } from '../ir/plan.ts'

/**
 * The plan without what needs columns that the tables turned out not to have (an earlier model could not compute them).
 * `absent` gives the reason of each as a sentence. Undefined when a key is among them: then nothing can be computed.
 */
export function planWithout(plan: Plan, absent: ReadonlyMap<string, string>): Plan | undefined {
  const blocked = new Map<string, BlockedFeature>()
  const unavailable = new Map(absent)
  for (const { on, columns } of plan.joins ?? []) {
    const key = on.find(({ name }) => absent.has(name))?.name
    if (key !== undefined) for (const { name } of columns) unavailable.set(name, absent.get(key) as string)
  }
  for (const { feature, level, inputs } of plan.steps) {
    const needed = inputs.find(({ name }) => unavailable.has(name) || blocked.has(name))?.name
    if (needed === undefined) continue
    const root = blocked.get(needed)?.cause ?? needed
    blocked.set(feature, { feature, level, reason: `It needs '${root}': ${unavailable.get(root)}`, cause: root })
  }
  const isGone = (name: string) => unavailable.has(name) || blocked.has(name)
  if (plan.groupBy?.some(isGone)) return undefined
  return {
    ...plan,
    requiredInputs: plan.requiredInputs.filter((name) => !isGone(name)),
    optionalInputs: plan.optionalInputs.filter((name) => !isGone(name)),
    ...(plan.joins && { joins: joinsWithout(plan.joins, isGone) }),
    steps: plan.steps.filter(({ feature }) => !isGone(feature)),
    stages: plan.stages
      .map((stage) => ({ ...stage, features: stage.features.filter((name) => !isGone(name)) }))
      .filter(({ features }) => features.length > 0),
    blocked: [...plan.blocked, ...blocked.values()],
    outputs: plan.outputs.filter(({ name }) => !unavailable.has(name)),
  }
}

const joinsWithout = (joins: readonly PlannedJoin[], isGone: (name: string) => boolean): readonly PlannedJoin[] =>
  joins
    .map((join) => ({ ...join, columns: join.columns.filter(({ name }) => !isGone(name)) }))
    .filter(({ columns }) => columns.length > 0)
