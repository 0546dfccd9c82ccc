import { closest, planPipeline, printPlan } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'
import { places } from '../places.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'
import { printProblems, recordsOf } from './problems.ts'
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
  const planned = analyses.map((analysis) => planPipeline(analysis, target, outputs))
  const plans = planned.flatMap(({ value }) => value)
  const found = { models: all, problems: planned.flatMap((outcome) => outcome.problems) }
  const problems = recordsOf(found, at, console.cwd)
  if (json) console.out(`${JSON.stringify(plans.map(planRecord), null, 2)}\n`)
  else console.out(`${plans.map(printPlan).join('\n\n')}\n`)
  console.note(printProblems(problems, { style: console.noteStyle }))
  return problems.length > 0 || plans.some(({ blocked }) => blocked.length > 0) ? exitCodes.problems : exitCodes.ok
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
