import { type Plan, placedOutputs, type Table, version } from '@modeldriver/engine'
import { contentOf as contentOfFile } from '../files/unchanged.ts'
import { contentOf, digest } from '../run/memory.ts'
import type { ModelRun, ProjectRun } from '../run.ts'
import type { ProblemRecord } from './problems.ts'
import { warningsOf } from './rejected.ts'

/** What a run did, without its data: `run --json`. Of what the check warns of, `warnings` are those about what was computed. */
export function reportOf(
  { analysis, models, problems, ms }: ProjectRun,
  files: readonly string[],
  warnings: readonly ProblemRecord[],
): object {
  return {
    project: analysis.snapshot.project.path,
    models: models.map(modelReport),
    problems,
    check_warnings: warnings,
    files,
    ms: rounded(ms),
  }
}

/** What one model did: inputs, counts, each feature's time and result. */
export function modelReport(run: ModelRun): object {
  const { plan, result, input, joined, analysed, failures, unsteady } = run
  const { report } = result
  const placed = placedOutputs(plan)
  return {
    model: plan.model,
    input: input.name,
    group_by: plan.groupBy ?? null,
    rows: report.rows,
    groups: report.groups ?? null,
    rows_without_key: report.rowsWithoutKey,
    warnings: warningsOf(run),
    columns_read: input.table.columns.size,
    columns_not_read: input.unread,
    rejected: input.rejected,
    notes: input.notes,
    joins: [...joined.values()].map(({ name, table, unread, rejected, notes }) => ({
      name,
      rows: table.length,
      columns_read: table.columns.size,
      columns_not_read: unread,
      rejected,
      notes,
    })),
    outputs: placed.outputs.map(({ as }) => as),
    outputs_in_rows: placed.rows.map(({ as }) => as),
    features: report.features.map(({ feature, level, type, ms, count, missing, how, isKept }) => ({
      feature,
      level,
      why: analysed.levels.get(feature)?.why,
      type: type ?? null,
      how,
      ms: rounded(ms),
      count,
      missing,
      kept: isKept ?? false,
      ...(unsteady.has(feature) && { computed_in_every_run: unsteady.get(feature) }),
      error: failures.get(feature) ?? null,
    })),
    blocked: plan.blocked,
    ms: rounded(report.ms),
  }
}

/** `execution_metadata.json`: what was run with which versions on which data. */
export function metadataOf(run: ModelRun, { analysis, problems }: Pick<ProjectRun, 'analysis' | 'problems'>): object {
  const { plan, input, joined, analysed } = run
  const { project } = analysis.snapshot
  return {
    versions: versions(),
    client_name: analysed.model.clientName,
    model_name: plan.model,
    seq: analysed.model.seq,
    project: project.kind === 'code' ? null : project.path,
    inputs: [input, ...joined.values()].map(({ name, rows, path, table }) => ({
      name,
      rows,
      ...(path === undefined ? { fingerprint: contentOfTable(table) } : { sha256: contentOfFile(path, 'hex') }),
    })),
    features: plan.steps.map(({ feature }) => ({ feature, fingerprint: analysed.features.get(feature)?.fingerprint })),
    plan: planRecord(plan),
    run: modelReport(run),
    problems: [...analysis.problems.filter(({ model }) => model === plan.model), ...problems],
  }
}

const versions = () => ({ modeldriver: version, node: process.versions.node })

/** A plan as JSON. */
export function planRecord({
  model,
  groupBy,
  groupOrder,
  requiredInputs,
  optionalInputs,
  joins,
  steps,
  stages,
  outputs,
  blocked,
}: Plan): object {
  return {
    model,
    group_by: groupBy ?? null,
    ...(groupOrder && { group_order: groupOrder }),
    required_inputs: requiredInputs,
    optional_inputs: optionalInputs,
    ...(joins && { joins }),
    order: steps.map(({ feature }) => feature),
    stages: stages.map(({ level, beforeGrouping, features }) => ({ level, before_grouping: beforeGrouping, features })),
    outputs,
    blocked,
  }
}

/** Of the table of an earlier model: changes when one of its cells does. */
const contentOfTable = ({ columns }: Table): string =>
  digest([...columns].map(([name, column]) => [name, contentOf(column)]))

const rounded = (ms: number): number => Math.round(ms * 100) / 100
