import { type Analysis, closest, type Plan, type Problem, planPipeline, printPlan } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'
import { places } from '../places.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'
import { countProblems, printProblems, recordsOf } from './problems.ts'
import { planRecord } from './report.ts'
import { projectsAt } from './target.ts'

export interface PlanCommand {
  readonly model?: string
  readonly outputs?: readonly string[]
  readonly json: boolean
}

/** Prints what a run would compute, in which order, and what it needs. `outputs` without `model` are those of the model that has them all. */
export function plan(path: string, { model, outputs, json }: PlanCommand, console: Console): ExitCode {
  const at = places(diskFiles().readText)
  const analyses = projectsAt(path).map((project) => analyseProject({ project }))
  const all = analyses.flatMap(({ models }) => models)
  refuseUnknownModel(all, model)
  const target = targetOf(all, outputs, model)
  const planned = analyses.map((analysis) => planProject(analysis, target, outputs))
  const plans = planned.flatMap((each) => each.plans)
  const record = (problems: readonly Problem[]) => recordsOf({ models: all, problems }, at, console.cwd)
  const problems = record([
    ...new Set([...planned.flatMap((each) => each.problems), ...plans.flatMap(({ errors }) => errors)]),
  ])
  if (json) {
    const records = plans.map(({ plan, errors }) => ({ ...planRecord(plan), problems: record(errors) }))
    console.out(`${JSON.stringify(records, null, 2)}\n`)
  } else console.out(`${plans.map((each) => printPlan(each.plan)).join('\n\n')}\n`)
  if (problems.length > 0)
    console.note(
      `${printProblems(problems, { style: console.noteStyle })}${countProblems(problems)}: 'run' would compute nothing.\n`,
    )
  return problems.length > 0 || plans.some(({ plan: { blocked } }) => blocked.length > 0)
    ? exitCodes.problems
    : exitCodes.ok
}

interface PlannedProject {
  /** Plans, each with the errors of the check that keep it from being run. */
  readonly plans: readonly { readonly plan: Plan; readonly errors: readonly Problem[] }[]
  /** Why a model has no plan. */
  readonly problems: readonly Problem[]
}

function planProject(analysis: Analysis, target?: string, outputs?: readonly string[]): PlannedProject {
  const { value, problems } = planPipeline(analysis, target, outputs)
  return { plans: value.map((plan) => ({ plan, errors: errorsOf(analysis, plan) })), problems }
}

/** Errors of a planned model, such as a join that finds no table, and of the features that would be computed; blocked ones say it themselves. */
function errorsOf({ problems }: Analysis, { model, steps }: Plan): readonly Problem[] {
  const computed = new Set(steps.map(({ feature }) => feature))
  return problems.filter(
    (problem) =>
      problem.severity === 'error' &&
      (problem.model ?? model) === model &&
      (problem.feature === undefined || computed.has(problem.feature)),
  )
}

type Models = ReturnType<typeof analyseProject>['models']

/** @throws UsageError */
export function refuseUnknownModel(models: Models, name: string | undefined): void {
  const names = models.map(({ model }) => model.name)
  if (name === undefined || names.includes(name)) return
  const [near] = closest(name, names)
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`
  throw new UsageError(`There is no model '${name}'.${hint} Models: ${names.join(', ')}.`)
}

/** The model asked for, else the last that makes all these outputs. @throws UsageError when nothing makes one of them */
export function targetOf(models: Models, outputs: readonly string[] | undefined, asked?: string): string | undefined {
  if (outputs === undefined) return asked
  refuseUnknownOutputs(asked === undefined ? models : models.filter(({ model }) => model.name === asked), outputs)
  if (asked !== undefined) return asked
  const made = models.filter(({ features, columns }) =>
    outputs.every((name) => features.has(name) || columns?.has(name)),
  )
  const found = made.findLast(({ features }) => outputs.some((name) => features.has(name))) ?? made.at(-1)
  if (found !== undefined) return found.model.name
  if (models.length === 1) return models[0]?.model.name
  throw new UsageError(
    `No model has all of ${outputs.join(', ')}. Name one with --model: ${models.map(({ model }) => model.name).join(', ')}.`,
  )
}

function refuseUnknownOutputs(models: Models, outputs: readonly string[]): void {
  const isKnown = (name: string) =>
    models.some(({ features, columns }) => features.has(name) || !columns || columns.has(name))
  const unknown = outputs.find((name) => !isKnown(name))
  if (unknown === undefined) return
  const features = models.flatMap((model) => [...model.features.keys()])
  const columns = models.flatMap((model) => [...(model.columns?.keys() ?? [])])
  const near = closest(unknown, new Set([...features, ...columns]))
  const hint = near.length > 0 ? `Did you mean '${near[0]}'?` : `Features: ${features.slice(0, 8).join(', ')}.`
  const where = models.length === 1 ? ` in model '${models[0]?.model.name}'` : ''
  throw new UsageError(`There is no feature or column '${unknown}'${where}. ${hint}`)
}
