import type { ColumnData, Table, ValueType } from '@modeldriver/engine'
import type {
  ColumnSummary,
  FeatureSummary,
  ModelSummary,
  RunProblem,
  RunSummary,
  TableSummary,
} from '@modeldriver/protocol'
import { type ModelRun, type ProjectRun, runProblem } from '../run.ts'
import { type ColumnStatistics, statisticsOf } from './statistics.ts'

/** A run as the editor sees it: everything but the data. */
export function summaryOf(run: string, projectRun: ProjectRun): RunSummary {
  const { analysis, models, problems, places, ms } = projectRun
  const errors = analysis.problems.filter(({ severity }) => severity === 'error')
  const isNew = (problem: RunProblem) => !problems.some(({ message }) => message === problem.message)
  return {
    run,
    project: analysis.snapshot.project.path,
    models: models.map((model) => modelSummary(model, projectRun)),
    problems: [...problems, ...errors.map((problem) => runProblem(problem, places)).filter(isNew)],
    ms,
  }
}

function modelSummary(run: ModelRun, { places }: ProjectRun): ModelSummary {
  const { plan, result, input } = run
  const table = (of: Table) => tableSummary(of, run)
  return {
    model: plan.model,
    input: input.name,
    ...(plan.groupBy && { groupBy: plan.groupBy }),
    rows: table(result.rows),
    ...(result.groups && { groups: table(result.groups) }),
    outputs: table(result.outputs),
    features: featureSummaries(run, (path, offset) => places.of(path, offset).line),
    rowsWithoutKey: result.report.rowsWithoutKey,
    rejected: input.rejected.length,
    ...(input.rows > input.table.length + rejectedRows(input) && { sampledFrom: input.rows }),
    ms: result.report.ms,
  }
}

const rejectedRows = ({ rejected }: ModelRun['input']): number => rejected.filter(({ kind }) => kind === 'row').length

/** Of columns that stay from run to run they are worked out once. */
const known = new WeakMap<ColumnData, ColumnStatistics>()

function tableSummary(table: Table, { plan, analysed }: ModelRun): TableSummary {
  const keys = new Set(plan.groupBy)
  const sources = new Map(plan.outputs.map(({ name, as }) => [as, name]))
  const columns = [...table.columns].map(([name, column]): ColumnSummary => {
    const statistics = known.get(column) ?? statisticsOf(column)
    known.set(column, statistics)
    const source = sources.get(name) ?? name
    const level = analysed.features.has(source) ? analysed.levels.get(source)?.level : undefined
    return { name, type: column.type, kind: keys.has(name) ? 'key' : (level ?? 'column'), ...statistics }
  })
  return { count: table.length, columns }
}

function featureSummaries(run: ModelRun, lineOf: (path: string, offset: number) => number): readonly FeatureSummary[] {
  const { plan, result, analysed, failures, unsteady } = run
  const reports = new Map(result.report.features.map((report) => [report.feature, report]))
  const names = [...plan.steps.map(({ feature }) => feature), ...plan.blocked.map(({ feature }) => feature)]
  return names.flatMap((name) => {
    const feature = analysed.features.get(name)
    const decision = analysed.levels.get(name)
    if (feature === undefined || decision === undefined) return []
    const report = reports.get(name)
    const failure = failures.get(name)
    return {
      feature: name,
      level: decision.level,
      ...(report?.type !== undefined && { type: report.type as ValueType }),
      why: decision.why,
      ...(report?.isKept && { isKept: true as const }),
      ...(unsteady.has(name) && { unsteady: unsteady.get(name) as string }),
      ms: report?.ms ?? 0,
      count: report?.count ?? 0,
      missing: report?.missing ?? 0,
      path: feature.path,
      line: lineOf(feature.path, feature.nameSpan.start),
      ...(failure && { error: failure }),
    }
  })
}
