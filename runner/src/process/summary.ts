import { type ColumnData, identifierOf, type Table } from '@modeldriver/engine'
import type {
  ColumnSummary,
  FeatureSummary,
  ModelSummary,
  RunProblem,
  RunSummary,
  TableSummary,
} from '@modeldriver/protocol'
import { type ModelRun, type ProjectRun, runProblem, tablesRead } from '../run.ts'
import type { Comparison } from './changes.ts'
import { type ColumnStatistics, figuresOf, statisticsOf } from './statistics.ts'

/** The tables of a run beside those of the run before, by model. */
export type ComparedRun = ReadonlyMap<string, ComparedModel>
export interface ComparedModel {
  readonly rows?: Comparison
  readonly groups?: Comparison
}

/** A run as the editor sees it: everything but the data. */
export function summaryOf(run: string, projectRun: ProjectRun, compared?: ComparedRun): RunSummary {
  const { analysis, models, problems, files, places, ms } = projectRun
  const errors = analysis.problems.filter(({ severity }) => severity === 'error')
  const isNew = (problem: RunProblem) => !problems.some(({ message }) => message === problem.message)
  return {
    run,
    project: analysis.snapshot.project.path,
    models: models.map((model) => modelSummary(model, projectRun, compared?.get(model.plan.model))),
    problems: [...problems, ...errors.map((problem) => runProblem(problem, places)).filter(isNew)],
    files,
    ms,
  }
}

function modelSummary(run: ModelRun, { places }: ProjectRun, compared?: ComparedModel): ModelSummary {
  const { plan, result, input } = run
  const table = (of: Table, comparison?: Comparison) => tableSummary(of, run, comparison)
  return {
    model: plan.model,
    input: input.name,
    ...(plan.groupBy && { groupBy: plan.groupBy }),
    rows: table(result.rows, compared?.rows),
    ...(result.groups && { groups: table(result.groups, compared?.groups) }),
    features: featureSummaries(run, (path, offset) => places.of(path, offset).line),
    rowsWithoutKey: result.report.rowsWithoutKey,
    rejected: tablesRead(run).reduce((sum, { rejected }) => sum + rejected.length, 0),
    ...(input.rows > input.table.length + rejectedRows(input) && { sampledFrom: input.rows }),
    ms: result.report.ms,
  }
}

const rejectedRows = ({ rejected }: ModelRun['input']): number => rejected.filter(({ kind }) => kind === 'row').length

/**
 * Of columns that stay from run to run they are worked out once. What is said twice is one object: that of a column which
 * later models read is sent once.
 */
const known = new WeakMap<ColumnData, { readonly figures: ColumnStatistics; readonly summaries: ColumnSummary[] }>()
const described = new WeakMap<ColumnData, ColumnStatistics>()

/** What is sent of a column with the run. */
function briefSummary(name: string, column: ColumnData, kind: ColumnSummary['kind']): ColumnSummary {
  const of = known.get(column) ?? { figures: figuresOf(column), summaries: [] }
  known.set(column, of)
  const there = of.summaries.find((each) => each.name === name && each.kind === kind)
  if (there) return there
  const made = { ...named(name, column, kind), ...of.figures }
  of.summaries.push(made)
  return made
}

/** All that is known of a column that somebody looks at. */
export function columnSummary(name: string, column: ColumnData, kind: ColumnSummary['kind']): ColumnSummary {
  const statistics = described.get(column) ?? statisticsOf(column)
  described.set(column, statistics)
  return { ...named(name, column, kind), ...statistics }
}

function named(name: string, { type }: ColumnData, kind: ColumnSummary['kind']) {
  const called = identifierOf(name)
  return { name, type, kind, ...(called !== name && { called }) }
}

/** So many columns that no feature reads are summed up with the run; to look at all of a wide file takes longer than many a model. */
const columnsAtOnce = 24

function tableSummary(table: Table, run: ModelRun, comparison: Comparison | undefined): TableSummary {
  const read = new Set([...run.plan.requiredInputs, ...run.plan.optionalInputs])
  let others = 0
  const columns = [...table.columns].map(([name, column]): ColumnSummary => {
    const kind = kindOf(name, run)
    const isLater = !read.has(name) && kind === 'column' && ++others > columnsAtOnce && !known.has(column)
    return isLater ? { ...named(name, column, kind), isLater, missing: 0 } : briefSummary(name, column, kind)
  })
  return { count: table.length, columns, ...(comparison && { changes: comparison.summary }) }
}

/** What a column of a run's tables is. */
export function kindOf(column: string, { plan, analysed }: ModelRun): ColumnSummary['kind'] {
  if (plan.groupBy?.includes(column)) return 'key'
  const name = plan.outputs.find(({ as }) => as === column)?.name ?? column
  return (analysed.features.has(name) ? analysed.levels.get(name)?.level : undefined) ?? 'column'
}

function featureSummaries(run: ModelRun, lineOf: (path: string, offset: number) => number): readonly FeatureSummary[] {
  const { plan, result, analysed, failures, unsteady } = run
  const reports = new Map(result.report.features.map((report) => [report.feature, report]))
  const names = [...plan.steps.map(({ feature }) => feature), ...plan.blocked.map(({ feature }) => feature)]
  const files = new Map<string, FeatureSummary['file']>()
  const fileOf = (path: string) => {
    const file = files.get(path) ?? { path }
    files.set(path, file)
    return file
  }
  return names.flatMap((name) => {
    const feature = analysed.features.get(name)
    const decision = analysed.levels.get(name)
    if (feature === undefined || decision === undefined) return []
    const report = reports.get(name)
    const failure = failures.get(name)
    return {
      feature: name,
      level: decision.level,
      why: decision.why,
      ...(report?.isKept && { isKept: true as const }),
      ...(unsteady.has(name) && { unsteady: unsteady.get(name) as string }),
      ms: report?.ms ?? 0,
      file: fileOf(feature.path),
      line: lineOf(feature.path, feature.nameSpan.start),
      endLine: lineOf(feature.path, feature.span.end),
      ...(failure && { error: failure }),
    }
  })
}
