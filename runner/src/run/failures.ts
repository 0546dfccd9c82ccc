import {
  type AnalysedModel,
  type Analysis,
  type Feature,
  type FeatureError,
  howToMakeManifest,
  type ModelResult,
  type Plan,
  reasonOfType,
} from '@modeldriver/engine'
import type { RunProblem } from '@modeldriver/protocol'
import { cellText } from '../files/format.ts'
import type { LoadError } from '../load/modules.ts'
import type { Place } from '../load/stacks.ts'
import type { Places } from '../places.ts'

/** Why a feature has no result, at the author's line. */
export interface RunFailure extends RunProblem {
  readonly feature: string
  readonly path: string
  readonly line: number
  readonly character: number
  /** `row 3`, or the key of the group: `pin A1`. */
  readonly at?: string
  /** What the function was called with. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Only because an input has no result: the feature at the root of it. */
  readonly cause?: string
}

export interface FailureSources {
  readonly analysis: Analysis
  readonly analysed: AnalysedModel
  readonly plan: Plan
  readonly result: ModelResult
  readonly unloadable: ReadonlyMap<string, LoadError>
  readonly placeOf: (stack: string) => Place | undefined
  readonly at: Places
  readonly timeoutMs: number
}

/** Every feature of a plan that has no result: could not be planned, could not be loaded, or failed. */
export function failuresOf(sources: FailureSources): ReadonlyMap<string, RunFailure> {
  const { analysed, plan, result, unloadable, at } = sources
  const failures = new Map<string, RunFailure>()
  const atName = (feature: Feature) => ({ path: feature.path, ...at.of(feature.path, feature.nameSpan.start) })
  const add = (
    name: string,
    found: Omit<RunFailure, 'feature' | 'model' | 'path' | 'line' | 'character'>,
    place?: Place,
  ) => {
    const feature = analysed.features.get(name)
    if (feature !== undefined)
      failures.set(name, { model: plan.model, feature: name, ...atName(feature), ...place, ...found })
  }
  for (const { feature, reason, cause, code } of plan.blocked) {
    const found = { message: reason, ...(code !== undefined && { code }), ...(cause !== undefined && { cause }) }
    add(feature, found, unknownInput(sources, feature))
  }
  for (const { feature, error } of result.report.features) {
    const written = analysed.features.get(feature)
    if (error === undefined || !written || unloadable.has(feature) || failures.has(feature)) continue
    add(
      feature,
      describe(written, error, sources),
      error.stack === undefined ? undefined : sources.placeOf(error.stack),
    )
  }
  const roots = new Map<LoadError, string>()
  for (const [feature, error] of unloadable) {
    const { message, place, code } = error
    const cause = roots.get(error)
    if (cause === undefined) roots.set(error, feature)
    add(feature, { message, ...(code !== undefined && { code }), ...(cause !== undefined && { cause }) }, place)
  }
  return failures
}

/** Where a feature names what is not there: the place that the checks mark, too. */
function unknownInput({ analysed, at }: FailureSources, name: string): Place | undefined {
  const [input] = analysed.unresolved.get(name) ?? []
  const path = analysed.features.get(name)?.path
  return input && path !== undefined ? { path, ...at.of(path, input.span.start) } : undefined
}

function describe({ name: feature, frame }: Feature, error: FeatureError, sources: FailureSources) {
  const { plan, result, timeoutMs } = sources
  const where = whereOf(error, plan, result)
  return {
    message: error.kind === 'time-out' ? tooLong(frame?.name ?? feature, timeoutMs) : advised(error, sources),
    ...(error.kind === 'wrong-result' && { code: 'MD027' }),
    ...(where !== undefined && { at: where }),
    ...(error.inputs !== undefined && { inputs: error.inputs }),
    ...(error.cause !== undefined && { cause: error.cause }),
  }
}

/** With the advice that the check gives, where it knows the values and the run does not know better. */
function advised(
  { message, slip }: FeatureError,
  { analysed, analysis: { models, snapshot } }: FailureSources,
): string {
  if (slip?.todo !== undefined) return message + (snapshot.project.kind === 'file' ? ` ${howToMakeManifest}` : '')
  const origin = slip && analysed.columns?.get(slip.input)?.origin
  if (origin?.kind === 'model')
    return `${slip?.said} Model '${origin.model}' gives it: make it ${slip?.wanted === 'number' ? 'numbers' : 'dates'} there.`
  const advice = slip && reasonOfType(models, analysed, slip.input, snapshot, slip.wanted)?.advice
  return slip && advice !== undefined ? `${slip.said} ${advice}` : message
}

const tooLong = (feature: string, timeoutMs: number): string =>
  `'${feature}' was stopped after ${timeoutMs / 1000} s. Look for a loop that does not end, or allow more time.`

function whereOf({ row, group }: FeatureError, plan: Plan, result: ModelResult): string | undefined {
  if (row !== undefined) return `row ${row + 1}`
  if (group === undefined || result.groups === undefined) return undefined
  const keys = plan.groupBy ?? []
  const texts = keys.map((key) => {
    const column = result.groups?.columns.get(key)
    return `${key} ${column === undefined ? group + 1 : (cellText(column, group) ?? 'missing')}`
  })
  return texts.join(', ') || 'all rows'
}
