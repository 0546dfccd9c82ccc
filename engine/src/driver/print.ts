import type { JoinedName, Plan } from '../ir/plan.ts'
import { placedOutputs } from '../plan/plan.ts'

/** A plan as people read it: what must be there, what is computed in which order, what comes out. */
export function printPlan(plan: Plan): string {
  const key = plan.groupBy === undefined ? '' : `, per ${plan.groupBy.join(', ') || 'whole table'}`
  const stages = plan.stages.map(({ level, beforeGrouping, features }, at) => {
    const name = `${level}${beforeGrouping ? ' (before grouping)' : ''}`
    return `  ${at + 1}. ${name}: ${features.join(', ')}`
  })
  const { outputs, rows } = placedOutputs(plan)
  return [
    `Model ${plan.model}${key}`,
    `  required inputs: ${listed(plan.requiredInputs)}`,
    ...(plan.optionalInputs.length > 0 ? [`  optional inputs: ${listed(plan.optionalInputs)}`] : []),
    ...(plan.joins ?? []).map(
      ({ from, on, columns }) =>
        `  joined from ${from} by ${listed(on.map(keyText))}: ${listed(columns.map(({ name }) => name))}`,
    ),
    ...stages,
    ...plan.blocked.map(({ feature, reason }) => `  cannot compute ${feature}: ${reason}`),
    `  outputs: ${listed(outputs.map(outputText))}`,
    ...(rows.length > 0 ? [`  in the rows: ${listed(rows.map(outputText))}`] : []),
  ].join('\n')
}

const keyText = ({ name, column }: JoinedName): string => (name === column ? name : `${name} (there ${column})`)

const outputText = ({ name, as }: Plan['outputs'][number]): string => (name === as ? name : `${as} (from ${name})`)

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none')
