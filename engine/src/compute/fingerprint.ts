import { children } from '../ir/children.ts'
import { type Expression, isWindowName } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { Step, StepInput } from '../ir/plan.ts'
import { asksColumns } from '../ir/windows.ts'
import type { ColumnData } from '../table/table.ts'
import type { ColumnMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

/** Of a step whose inputs are there: what it computes from what. Undefined when that is not known. */
export function stepFingerprint(
  step: Step,
  feature: Feature | undefined,
  workspace: Workspace,
  { codeOf, contentOf, digest }: ColumnMemory,
): string | undefined {
  const code = codeOf(step.feature)
  if (code === undefined) return undefined
  const inputs = step.inputs.map((input) => {
    const column = columnOf(input, workspace)
    return [input.name, input.source, input.acceptsMissing, column && contentOf(column)]
  })
  const expression = feature?.body.kind === 'expression' ? feature.body.expression : undefined
  const isOfGroups = step.level === 'group' || step.inputs.some(({ source }) => source === 'group')
  const groups = isOfGroups || (expression && asksColumns(expression)) ? workspace.groupContent() : undefined
  const mayLook = expression ? looksAround(expression) : step.level === 'group'
  const order = mayLook ? workspace.orderContent() : undefined
  const rows = step.level === 'constant' ? 1 : workspace.rows
  return digest([step.feature, code, step.level, step.form, rows, inputs, groups ?? null, order ?? null])
}

function columnOf({ name, source }: StepInput, workspace: Workspace): ColumnData | undefined {
  if (source === 'absent') return undefined
  return workspace[source](name)
}

const looksAround = (expression: Expression): boolean =>
  (expression.kind === 'vector' && (isWindowName(expression.name) || expression.name === 'previous')) ||
  children(expression).some(looksAround)
