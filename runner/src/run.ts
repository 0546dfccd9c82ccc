import {
  type AnalysedModel,
  type Analysis,
  analyse,
  type ColumnMemory,
  executeModel,
  type Feature,
  type FeatureFunction,
  type ModelResult,
  misordered,
  openProject,
  type Plan,
  type Problem,
  planPipeline,
  type Snapshot,
  type Span,
  textOrderMessage,
  type ValueType,
} from '@modeldriver/engine'
import * as functions from '@modeldriver/engine/functions'
import type { RunProblem } from '@modeldriver/protocol'
import { type Overlay, portable } from './files/disk.ts'
import type { diskFiles } from './files/header.ts'
import { guarded } from './load/guard.ts'
import { LoadError } from './load/modules.ts'
import { inUtc } from './load/utc.ts'
import { type Places, places } from './places.ts'
import { codeOfFeatures, type FeatureCode, importedFunctions } from './run/code.ts'
import { failuresOf, type RunFailure } from './run/failures.ts'
import { CannotRun, inputOf, joinedOf, type ModelRunInput, neededColumns, planOn } from './run/inputs.ts'
import { lateTexts } from './run/lateTexts.ts'
import { digest } from './run/memory.ts'
import { createSession, filesOf, type RunSession } from './run/session.ts'
import { withAliases, withAllFeatures, withInput, withOutputsOf } from './run/shape.ts'

export interface RunOptions {
  /** Manifest or feature file, absolute with `/`. */
  readonly project: string
  /** Unsaved texts by path. */
  readonly overlay?: Overlay
  /** The model asked for; the models it reads run too. Default: all. */
  readonly model?: string
  /** Outputs of the model asked for, in place of its own. */
  readonly outputs?: readonly string[]
  /** A data file in place of the input of the model asked for (default: of the first model that reads a file). */
  readonly input?: string
  /** `input` has its values as JSON has them, dates in ISO 8601: types of columns that the values do not show. */
  readonly inputTypes?: Readonly<Record<string, ValueType>>
  /** At most so many rows of each data file, from its head. */
  readonly sampleRows?: number
  /** A feature (or the loading of a file) that takes longer is ended. Default 10 s. */
  readonly featureTimeoutMs?: number
  /** Also computes the features that no output needs; the outputs stay as they are. */
  readonly allFeatures?: boolean
  /** Reads of data files only the columns that the plans need: the row tables have no others. */
  readonly onlyNeeded?: boolean
  /** Called before each model is read, and before each of its features that may take long; without a feature when those are over. */
  readonly onProgress?: (progress: {
    readonly model: string
    readonly feature?: string
    readonly path?: string
  }) => void
  /** What earlier runs left warm. */
  readonly session?: RunSession
}

export interface ModelRun {
  readonly analysed: AnalysedModel
  readonly plan: Plan
  readonly result: ModelResult
  readonly input: ModelRunInput
  /** What its joins read, by their place in the manifest. */
  readonly joined: ReadonlyMap<number, ModelRunInput>
  /** Features without a result, by name, at the author's line. */
  readonly failures: ReadonlyMap<string, RunFailure>
  /** Features whose results are not taken from an earlier run, with the reason as a phrase: `uses Math.random()`. */
  readonly unsteady: ReadonlyMap<string, string>
  /** What may be otherwise than the author thinks. */
  readonly warnings: readonly string[]
}

/** Its own input, and what it joins. */
export const tablesRead = ({ input, joined }: Pick<ModelRun, 'input' | 'joined'>): readonly ModelRunInput[] => [
  input,
  ...joined.values(),
]

export interface ProjectRun {
  readonly analysis: Analysis
  /** In the order in which they ran. */
  readonly models: readonly ModelRun[]
  /** What kept models from running. */
  readonly problems: readonly RunProblem[]
  /** What was read or looked for: manifest, feature files, what those import, data; folders, in which others may come, end with `/`. */
  readonly files: readonly string[]
  readonly places: Places
  readonly ms: number
}

export const defaultFeatureTimeoutMs = 10_000
const fewRows = 100_000

/** Reads and analyses a project as a run does: with the unsaved texts and the other input, running nothing. */
export function analyseProject(
  options: Pick<RunOptions, 'project' | 'overlay' | 'input' | 'inputTypes' | 'model'>,
  session: Pick<RunSession, 'headers' | 'reader'> = createSession(),
  files = filesOf(session, options.overlay),
): Analysis {
  const snapshot = openProject(options.project, files, session.reader)
  return analyse(otherInput(snapshot, options, files.readHeader))
}

/**
 * Runs the models of a project in `seq` order: those asked for and those they read. A feature that cannot be computed
 * or fails is reported at its line and does not stop the features that do not need it; the same for models.
 */
export async function runProject(options: RunOptions): Promise<ProjectRun> {
  const started = performance.now()
  const session = options.session ?? createSession()
  const files = filesOf(session, options.overlay)
  const analysis = analyseProject(options, session, files)
  const { project } = analysis.snapshot
  const at = places(files.readText)
  const problems: RunProblem[] = []
  if (options.model !== undefined && !analysis.models.some(({ model }) => model.name === options.model)) {
    const names = analysis.models.map(({ model }) => model.name).join(', ')
    problems.push({ message: `There is no model '${options.model}' (models: ${names}).`, path: project.path })
  }
  const planned = planPipeline(
    options.allFeatures ? withAllFeatures(analysis) : analysis,
    options.model,
    options.outputs,
  )
  problems.push(...planned.problems.map((problem) => runProblem(problem, at)))

  const { readText } = files
  const featureFiles = new Set(planned.value.flatMap(({ steps }) => steps.map(({ path }) => path)))
  const codeOf = session.memory && codeOfFeatures([...featureFiles], { readText, modules: session.modules, digest })
  const around: Surroundings = { analysis, session, options, at, readText, ...(codeOf && { codeOf }) }
  const models: ModelRun[] = []
  const { overlay, sampleRows } = options
  const columnsOf = options.onlyNeeded ? neededColumns(analysis.models, planned.value) : undefined
  const sources = { root: project.root, data: session.data, earlier: models, overlay, sampleRows, columnsOf }
  for (const full of planned.value) {
    const analysed = analysis.models.find(({ model }) => model.name === full.model)
    if (analysed === undefined) continue
    const plan = options.allFeatures ? withOutputsOf(analysed, full) : full
    options.onProgress?.({ model: plan.model })
    try {
      const input = await inputOf(analysed, sources)
      const joined = await joinedOf(analysed, plan, sources)
      models.push(runModel(analysed, plan, { input, joined }, around))
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error
      problems.push({
        message: error.message,
        model: plan.model,
        ...(error.code !== undefined && { code: error.code }),
        ...placeOfModel(analysed, project.path, at, error.span),
      })
    }
  }
  return { analysis, models, problems, files: files.asked(), places: at, ms: performance.now() - started }
}

/** A problem of analysis as a run says it. */
export function runProblem({ message, code, model, feature, path, span }: Problem, at: Places): RunProblem {
  return {
    message,
    code,
    path,
    ...at.of(path, span.start),
    ...(model !== undefined && { model }),
    ...(feature !== undefined && { feature }),
  }
}

function otherInput(
  snapshot: Snapshot,
  { input, inputTypes, model }: Pick<RunOptions, 'input' | 'inputTypes' | 'model'>,
  readHeader: ReturnType<typeof diskFiles>['readHeader'],
): Snapshot {
  return input === undefined ? snapshot : withInput(snapshot, portable(input), model, inputTypes, readHeader)
}

interface Surroundings {
  readonly analysis: Analysis
  readonly session: RunSession
  readonly options: RunOptions
  readonly at: Places
  readonly readText: (path: string) => string | undefined
  readonly codeOf?: (feature: Feature) => FeatureCode
}

interface Inputs {
  readonly input: ModelRunInput
  readonly joined: ReadonlyMap<number, ModelRunInput>
}

function runModel(analysed: AnalysedModel, full: Plan, inputs: Inputs, around: Surroundings): ModelRun {
  const { session, options } = around
  const { input } = inputs
  const timeoutMs = options.featureTimeoutMs ?? defaultFeatureTimeoutMs
  const table = withAliases(input.table, full)
  const plan = planOn(analysed, table, full, inputs)
  const { loaded, unloadable } = loadFunctions(plan, around, timeoutMs)
  const { memory, unsteady } = memoryOf(analysed, plan, unloadable, around)
  let isToldFeature = false
  const tell = (feature: string, path: string | undefined, isQuick: boolean): void => {
    if (!isQuick || isToldFeature)
      options.onProgress?.({ model: plan.model, ...(!isQuick && { feature, ...(path !== undefined && { path }) }) })
    isToldFeature = !isQuick
  }
  const result = executeModel(
    plan,
    analysed.features,
    table,
    {
      functionOf: (name) => loaded.get(name) ?? failing(unloadable.get(name)),
      now: () => performance.now(),
      guard: (feature, loop) => {
        const { path, body, frame } = analysed.features.get(feature) ?? {}
        // A formula has no loop that could go on for ever, and to watch over each costs more than most take; so does telling of those of few rows.
        const isFormula = body?.kind === 'expression' && !frame
        tell(feature, path, isFormula && table.length <= fewRows)
        return isFormula ? inUtc(loop) : guarded(timeoutMs, loop)
      },
      helperOf: importedFunctions(around.readText, session.reader),
      ...(memory && { memory }),
    },
    plan.joins?.map(({ join }) => (inputs.joined.get(join) as ModelRunInput).table),
  )
  const failures = failuresOf({
    analysis: around.analysis,
    analysed,
    plan,
    result,
    unloadable,
    placeOf: session.loader.placeOf,
    at: around.at,
    timeoutMs,
  })
  const late = lateTexts(analysed, plan, result, (feature) => failures.has(feature))
  const warnings = [...orderWarnings(plan, result), ...late]
  return { analysed, plan, result, ...inputs, failures, unsteady, warnings }
}

/** Of text with numbers in it that groups are ordered by. */
const orderWarnings = ({ groupOrder = [] }: Plan, { groups }: ModelResult): readonly string[] =>
  groupOrder.flatMap((name) => {
    const column = groups?.columns.get(name)
    const pair = column?.type === 'string' && misordered(column.dictionary)
    return pair ? [textOrderMessage(name, pair)] : []
  })

/** What earlier runs computed, for the features of one model; and those that are computed each time, with the reason. */
function memoryOf(
  { features }: AnalysedModel,
  { steps }: Plan,
  unloadable: ReadonlyMap<string, LoadError>,
  { session, codeOf }: Surroundings,
): { readonly memory?: ColumnMemory; readonly unsteady: ReadonlyMap<string, string> } {
  const fingerprints = new Map<string, string>()
  const unsteady = new Map<string, string>()
  if (!session.memory || !codeOf) return { unsteady }
  for (const { feature: name } of steps) {
    const feature = features.get(name)
    if (feature === undefined || unloadable.has(name)) continue
    const code = codeOf(feature)
    if ('reason' in code) unsteady.set(name, code.reason)
    else fingerprints.set(name, code.fingerprint)
  }
  return { memory: { ...session.memory, codeOf: (name) => fingerprints.get(name) }, unsteady }
}

/** The functions of a plan's features; those whose file cannot be loaded, with the reason. */
function loadFunctions(plan: Plan, { session, readText }: Surroundings, timeoutMs: number) {
  const loaded = new Map<string, FeatureFunction>()
  const unloadable = new Map<string, LoadError>()
  const modules = new Map<string, Readonly<Record<string, unknown>> | LoadError>()
  for (const { path } of plan.steps) {
    if (modules.has(path)) continue
    try {
      modules.set(path, session.loader.load(path, { readText, library: functions, timeoutMs }).exports)
    } catch (error) {
      if (!(error instanceof LoadError)) throw error
      modules.set(path, error)
    }
  }
  for (const { feature, path, exportName } of plan.steps) {
    const module = modules.get(path)
    if (module instanceof LoadError) unloadable.set(feature, module)
    else if (typeof module?.[exportName] === 'function') loaded.set(feature, module[exportName] as FeatureFunction)
    else
      unloadable.set(
        feature,
        new LoadError(`'${exportName}' is not a function when the file is loaded.`, { path, line: 0, character: 0 }),
      )
  }
  return { loaded, unloadable }
}

const failing =
  (error: LoadError | undefined): FeatureFunction =>
  () => {
    throw error ?? new Error('This feature has no function.')
  }

function placeOfModel({ model }: AnalysedModel, path: string, at: Places, own?: Span): Partial<RunProblem> {
  const span = own ?? (model.input.kind === 'none' ? model.nameSpan : (model.input.span ?? model.nameSpan))
  return { path, ...(span && at.of(path, span.start)) }
}
