import type { Feature } from '../ir/feature.ts'
import type { Plan, Step } from '../ir/plan.ts'
import { asksColumns } from '../ir/windows.ts'
import { placedOutputs } from '../plan/plan.ts'
import { columnLength, makeTable } from '../table/columns.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { cannotCompute, featureError, frameFailed, inputFailed, inputMissing } from './failure.ts'
import { stepFingerprint } from './fingerprint.ts'
import type { ComputeHost } from './host.ts'
import type { StepResult } from './memory.ts'
import type { FeatureError, FeatureReport, ModelResult } from './report.ts'
import { missingIn } from './sink.ts'
import { computeStep, StepFailure } from './step.ts'
import { Workspace } from './workspace.ts'

/**
 * Computes one model: walks the plan's steps in order, row and group features mixed, and fills the two tables.
 * A feature that fails is reported, with the ones that need it; all others are computed. Never throws for what a feature does.
 * `joined` has the table of each of the plan's joins, with one row per key.
 */
export function executeModel(
  plan: Plan,
  features: ReadonlyMap<string, Feature>,
  table: Table,
  host: ComputeHost,
  joined: readonly Table[] = [],
): ModelResult {
  const begun = host.now()
  const workspace = new Workspace(plan, table, joined, host)
  const causes = new Map<string, string>()
  const reports: FeatureReport[] = plan.blocked.map(({ feature, level, reason }) => {
    causes.set(feature, feature)
    return {
      feature,
      level,
      ms: 0,
      count: 0,
      missing: 0,
      how: 'calls',
      error: { kind: 'input-failed', message: reason },
    }
  })
  for (const step of plan.steps) {
    const start = host.now()
    const report = runStep(step, features.get(step.feature), workspace, causes, host)
    reports.push({ ...report, feature: step.feature, level: step.level, ms: host.now() - start })
  }
  workspace.release()
  workspace.bringAll()
  const groups = workspace.groupTable()
  const index = workspace.groups()
  return {
    model: plan.model,
    rows: rowsOf(plan, workspace.rowTable()),
    ...(groups && { groups }),
    outputs: outputsOf(plan, workspace, groups),
    ...(index && { groupOfRow: index.codes }),
    report: {
      model: plan.model,
      rows: table.length,
      ...(groups && { groups: groups.length }),
      rowsWithoutKey: index?.rowsWithoutKey ?? 0,
      features: reports,
      ms: host.now() - begun,
    },
  }
}

type StepReport = Omit<FeatureReport, 'feature' | 'level' | 'ms'>

function runStep(
  step: Step,
  feature: Feature | undefined,
  workspace: Workspace,
  causes: Map<string, string>,
  host: ComputeHost,
): StepReport {
  const { frame } = feature ?? {}
  const frameKey = `table function ${frame?.name}`
  const failed = (error: FeatureError): StepReport => {
    causes.set(step.feature, error.cause ?? step.feature)
    if (frame && error.kind !== 'input-failed') causes.set(frameKey, step.feature)
    return { count: 0, missing: 0, how: 'calls', error }
  }
  try {
    const blocked = blockedBy(step, feature, workspace, causes)
    if (blocked) return failed(blocked)
    const cause = causes.get(frameKey)
    if (frame && cause !== undefined) return failed(frameFailed(step.feature, frame.name, cause))
    const { column, how, isKept } = keptOrComputed(step, feature, workspace, host)
    workspace.put(step, column)
    const missing = missingIn(column)
    return { type: column.type, count: columnLength(column), missing, how, ...(isKept && { isKept }) }
  } catch (error) {
    return failed(
      error instanceof StepFailure ? featureError(error.reason, error.context) : cannotCompute(step.feature, error),
    )
  }
}

function keptOrComputed(
  step: Step,
  feature: Feature | undefined,
  workspace: Workspace,
  host: ComputeHost,
): StepResult & { readonly isKept?: true } {
  const { memory, buffers } = host
  const fingerprint = memory && stepFingerprint(step, feature, workspace, memory)
  if (!memory || fingerprint === undefined) return computeStep(step, feature, workspace, host)
  const kept = memory.find(fingerprint)
  if (kept) return { ...kept, isKept: true }
  const computed = computeStep(step, feature, workspace, host)
  buffers?.withdraw(computed.column)
  memory.keep(fingerprint, computed)
  return computed
}

/** A failed or absent input, or a failed key when the step needs the groups. */
function blockedBy(
  step: Step,
  feature: Feature | undefined,
  workspace: Workspace,
  causes: ReadonlyMap<string, string>,
): FeatureError | undefined {
  for (const { name, source } of step.inputs) {
    const key = workspace.keyOfJoin(name).find((each) => causes.has(each))
    if (key !== undefined) return inputFailed(step.feature, key, causes.get(key) as string)
    const cause = causes.get(name)
    if (source !== 'absent' && cause !== undefined) return inputFailed(step.feature, name, cause)
  }
  const asksGroup = feature?.body.kind === 'expression' && asksColumns(feature.body.expression)
  if (step.level === 'group' || asksGroup || step.inputs.some(({ source }) => source === 'group')) {
    for (const key of workspace.keys) {
      const cause = causes.get(key)
      if (cause !== undefined) return inputFailed(step.feature, key, cause)
      if (!workspace.row(key)) return inputMissing(step.feature, key)
    }
  }
  for (const input of step.inputs) {
    if (!workspace.has(input) && input.source !== 'absent') return inputMissing(step.feature, input.name)
  }
  return undefined
}

/** Outputs that stand in the row table are there under the names that the model gives them, too. */
function rowsOf(plan: Plan, rows: Table): Table {
  const renamed = placedOutputs(plan).rows.flatMap(({ name, as }) => {
    const column = rows.columns.has(as) ? undefined : rows.columns.get(name)
    return column ? [[as, column] as const] : []
  })
  return renamed.length === 0 ? rows : makeTable([...rows.columns, ...renamed], rows.length)
}

/** Of the group table when the model has a key, else of the row table; constants fit either. */
function outputsOf(plan: Plan, workspace: Workspace, groups: Table | undefined): Table {
  const level = groups ? 'group' : 'row'
  const length = groups ? groups.length : workspace.rows
  const columns: [string, ColumnData][] = []
  for (const output of plan.outputs) {
    if (output.level !== level && output.level !== 'constant') continue
    const column = groups ? groups.columns.get(output.name) : workspace.column(output.name)
    if (column) columns.push([output.as, column])
  }
  return makeTable(columns, length)
}
