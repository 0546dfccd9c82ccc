import type { Plan } from '../ir/plan.ts'

/** A plan as people read it: what must be there, what is computed in which order, what comes out. */
export function printPlan(plan: Plan): string {
  const key = plan.groupBy === undefined ? '' : `, per ${plan.groupBy.join(', ') || 'whole table'}`
  const stages = plan.stages.map(({ level, beforeGrouping, features }, at) => {
    const name = `${level}${beforeGrouping ? ' (before grouping)' : ''}`
    return `  ${at + 1}. ${name}: ${features.join(', ')}`
  })
  const outputs = plan.outputs.map(({ name, as }) => (name === as ? name : `${as} (from ${name})`))
  return [
    `Model ${plan.model}${key}`,
    `  required inputs: ${listed(plan.requiredInputs)}`,
    ...(plan.optionalInputs.length > 0 ? [`  optional inputs: ${listed(plan.optionalInputs)}`] : []),
    ...(plan.joins ?? []).map(
      ({ from, on, columns }) => `  joined from ${from} by ${listed(on)}: ${listed(columns.map(({ name }) => name))}`,
    ),
    ...stages,
    ...plan.blocked.map(({ feature, reason }) => `  cannot compute ${feature}: ${reason}`),
    `  outputs: ${listed(outputs)}`,
  ].join('\n')
}

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none')
