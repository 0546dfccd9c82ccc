import type { BlockedFeature, Plan } from '../ir/plan.ts'

/**
 * The plan without what needs columns that the input table turned out not to have (an earlier model could not compute
 * them). `unavailable` gives the reason of each as a sentence. Undefined when a key is among them: then nothing can be computed.
 */
export function planWithout(plan: Plan, unavailable: ReadonlyMap<string, string>): Plan | undefined {
  const blocked = new Map<string, BlockedFeature>()
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
    steps: plan.steps.filter(({ feature }) => !isGone(feature)),
    stages: plan.stages
      .map((stage) => ({ ...stage, features: stage.features.filter((name) => !isGone(name)) }))
      .filter(({ features }) => features.length > 0),
    blocked: [...plan.blocked, ...blocked.values()],
    outputs: plan.outputs.filter(({ name }) => !unavailable.has(name)),
  }
}
