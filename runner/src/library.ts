import { join, resolve } from 'node:path'
import {
  type Analysis,
  addFeature,
  type Changed,
  type CodeFile,
  type ComputedModel,
  checkedModels,
  FeatureRegistry as EngineFeatureRegistry,
  ModelDriver as EngineModelDriver,
  type ExecuteOptions,
  executeModels,
  type FindTypeProblems,
  type GivenTable,
  isFeatureFile,
  isOfTexts,
  lostIn,
  type ModelDriverConfig,
  ModelError,
  type ModelTables,
  type NamedTables,
  type Names,
  removeFeature,
  replaceFeature,
  shadowProject,
  type Table,
  tablesOf,
  toArquero,
  typeProblems,
  typeScriptReader,
  valueText,
  withWords,
} from '@modeldriver/engine'
import * as functions from '@modeldriver/engine/functions'
import { libraryTexts, makeTypeChecker, type TypeChecker } from '@modeldriver/engine/typecheck'
import type { RunProblem } from '@modeldriver/protocol'
import type { ColumnTable } from 'arquero'
import { doubtsOf } from './cli/doubts.ts'
import { refuseUnknownModel } from './cli/plan.ts'
import { warningsOf } from './cli/rejected.ts'
import { stageFiles, stagesOf } from './cli/stages.ts'
import { projectsAt } from './cli/target.ts'
import { portable } from './files/disk.ts'
import { readText } from './files/header.ts'
import { rejectedTable } from './files/rejected.ts'
import { type FileToWrite, writeFiles } from './files/write.ts'
import { createLoader } from './load/modules.ts'
import { transpile } from './load/transpile.ts'
import { importedFunctions } from './run/code.ts'
import type { ModelRunInput } from './run/inputs.ts'
import { analyseProject, defaultFeatureTimeoutMs, type ModelRun, runProject, tablesRead } from './run.ts'

/** Features by name, registered as functions or loaded from feature files, to which they can be saved. */
export class FeatureRegistry extends EngineFeatureRegistry {
  /** Loads features of a file (default: all). The file's code is executed. @throws when it cannot be read or loaded */
  loadFeaturesFromModule(path: string, names?: Names): this {
    const file = portable(pathOf(path, 'loadFeaturesFromModule'))
    if (!/\.[cm]?[jt]s$/i.test(file))
      throw new Error(
        `'${path}' is no feature file: those are code, as sales.features.ts is (or .mts, .js, .mjs). Data is given to execute(table).`,
      )
    const text = readText(file)
    if (text === undefined) throw new Error(`Cannot read ${path}: file not found.`)
    const { exports } = createLoader().load(file, { readText, library: functions, timeoutMs: defaultFeatureTimeoutMs })
    return this.loadCode({ path: file, text }, exports, names)
  }

  /**
   * Saves features (default: all) as a feature file, with what they need beside them; a whole file is saved to the byte as it was loaded.
   * Folders on the way to it are made.
   * @throws when one cannot be written as code, or when the file has features that would be lost
   */
  saveFeaturesToModule(path: string, names?: Names): this {
    const file = portable(pathOf(path, 'saveFeaturesToModule'))
    if (!isFeatureFile(file))
      throw new Error(`'${path}' must end with .features.ts or .features.js: that is how feature files are known.`)
    const there = readText(file)
    const others = there === undefined ? [] : this.othersIn({ path: file, text: there })
    if (others.length > 0)
      throw new Error(
        `Nothing was saved to ${path}: it has ${others.map((name) => `'${name}'`).join(', ')} too, which would be lost. addFeatureToModule() adds to it.`,
      )
    const text = this.saveCode(file, names)
    const { syntaxError } = transpile(file, text)
    if (syntaxError)
      throw new Error(`Nothing was saved to ${path}: ${syntaxError.message} Save to .features.ts instead.`)
    const lost = there === undefined ? undefined : lostIn({ path: file, text: there }, text)
    if (lost !== undefined)
      throw new Error(
        `Nothing was saved to ${path}: ${lost} stands there and would be lost. replaceFeatureInModule() changes one feature and leaves the rest.`,
      )
    writeFiles([{ path: file, text }])
    return this
  }

  /** Adds a feature, and what it needs, to the end of a feature file. @throws when the file has a name that it brings */
  addFeatureToModule(path: string, name: string): this {
    return this.#change('addFeatureToModule', path, name, (file) => addFeature(file, this.codeOf(name)))
  }

  /** Puts a feature in the place of the one that has its name in a feature file. @throws when there is none */
  replaceFeatureInModule(path: string, name: string): this {
    return this.#change('replaceFeatureInModule', path, name, (file) => replaceFeature(file, this.codeOf(name)))
  }

  /** Takes a feature out of a feature file; its helpers stay. @throws when there is none, or the file calls it */
  removeFeatureFromModule(path: string, name: string): this {
    return this.#change('removeFeatureFromModule', path, name, (file) => removeFeature(file, name))
  }

  #change(method: string, path: string, name: unknown, change: (file: CodeFile) => Changed): this {
    const file = portable(pathOf(path, method))
    if (typeof name !== 'string')
      throw new TypeError(
        `${method}('sales.features.ts', 'margin') needs the name of a feature behind the file, not ${valueText(name)}. Functions become features by registerFilter() and registerAttribute().`,
      )
    const text = readText(file)
    if (text === undefined) throw new Error(`Cannot read ${path}: file not found.`)
    const changed = change({ path: file, text })
    if ('refused' in changed) throw new Error(`Nothing was changed. ${changed.refused}`)
    const { syntaxError } = transpile(file, changed.text)
    if (syntaxError) throw new Error(`Nothing was changed. With it ${path} could not be loaded: ${syntaxError.message}`)
    if (changed.text !== text) writeFiles([{ path: file, text: changed.text }])
    return this
  }
}

let checker: TypeChecker | undefined

/** What the type checker of the editor says. It is made when it is asked for: that takes half a second. */
const findTypeProblems: FindTypeProblems = (analysis, textOf) => {
  checker ??= makeTypeChecker(libraryTexts())
  return typeProblems(analysis, checker.check(shadowProject(analysis, textOf), { isAlone: true }))
}

/** As the files are when a model is computed. */
const helperOf = importedFunctions(readText, typeScriptReader())

/** `true`: below the folder that is meant for it; a path: below that folder. */
type SaveIntermediates = boolean | string

export interface DriverExecuteOptions extends ExecuteOptions {
  /** Also writes the four stages and `execution_metadata.json`, below this folder (`true`: below `out`). */
  readonly saveIntermediates?: SaveIntermediates
}

/** One model in code, with the times of this machine in its reports. */
export class ModelDriver extends EngineModelDriver {
  declare readonly registry: FeatureRegistry

  constructor(config: ModelDriverConfig, registry: FeatureRegistry = new FeatureRegistry()) {
    super(config, { now: () => performance.now(), registry, typeProblems: findTypeProblems, helperOf })
  }

  /** Computes the model on a table. @throws ModelError when it cannot be computed, Unwritable when a stage cannot be written */
  override execute(input: ColumnTable | Table, options: Names | DriverExecuteOptions = {}): ModelTables {
    if (typeof options === 'string' || Array.isArray(options)) return super.execute(input, options)
    const { saveIntermediates, ...others } = withWords(
      options as DriverExecuteOptions,
      ['outputs', 'tables', 'saveIntermediates'],
      'execute(table, …)',
      '{ saveIntermediates: true }',
    )
    const base = folderOf(saveIntermediates, 'out')
    const computed = this.compute(input, others)
    if (base !== undefined) writeFiles(stagesInCode(computed, base))
    return tablesOf(computed)
  }

  /** As of the registry. @throws when the file cannot be read or loaded */
  loadFeaturesFromModule(path: string, names?: Names): this {
    this.registry.loadFeaturesFromModule(path, names)
    return this
  }

  /** As of the registry. @throws when a feature cannot be written as code */
  saveFeaturesToModule(path: string, names?: Names): this {
    this.registry.saveFeaturesToModule(path, names)
    return this
  }

  /** As of the registry. @throws when the file has a name that it brings */
  addFeatureToModule(path: string, name: string): this {
    this.registry.addFeatureToModule(path, name)
    return this
  }

  /** As of the registry. @throws when there is none */
  replaceFeatureInModule(path: string, name: string): this {
    this.registry.replaceFeatureInModule(path, name)
    return this
  }

  /** As of the registry. @throws when there is none, or the file calls it */
  removeFeatureFromModule(path: string, name: string): this {
    this.registry.removeFeatureFromModule(path, name)
    return this
  }
}

/** @throws TypeError when it is neither */
function folderOf(save: SaveIntermediates = false, usual: string): string | undefined {
  if (typeof save !== 'boolean' && (typeof save !== 'string' || save === ''))
    throw new TypeError(`'saveIntermediates' is true or the path of a folder, not ${valueText(save)}.`)
  return save === false ? undefined : resolve(save === true ? usual : save)
}

/** The same files that `modeldriver run --stages` writes. */
function stagesInCode(computed: ComputedModel, base: string): readonly FileToWrite[] {
  const { analysis, analysed, plan, result, given, joined } = computed
  const inputOf = (name: string, { table, odd }: GivenTable): ModelRunInput => ({
    name,
    table,
    rows: table.length,
    rejected: [],
    notes: [],
    warnings: [],
    unread: odd.size,
  })
  const others = plan.joins?.map(({ join, from }, at) => [join, inputOf(from, joined[at] as GivenTable)] as const)
  const run: ModelRun = {
    analysed,
    plan,
    result,
    input: inputOf('table', given),
    joined: new Map(others),
    failures: new Map(),
    unsteady: new Map(),
    warnings: [],
  }
  return stageFiles(stagesOf(run, { analysis, problems: [] }), base, 'csv')
}

/** Results by model name. */
export type PipelineTables = Readonly<Record<string, ModelTables>>

/** What a model of a manifest makes. */
export interface FileTables extends ModelTables {
  /** Cells and rows of its data files that could not be read: `file`, `row`, `column`, `text`, `reason`, `kind` (cell or row). */
  readonly rejected: ColumnTable
  /** What `modeldriver run` warns of, texts that look like numbers or dates where they are ordered or joined, and what it notes of the columns of data files, in sentences. */
  readonly warnings: readonly string[]
}

/** Of a pipeline of models in code. */
export interface ModelsOptions {
  /** Tables that joins and inputs name. */
  readonly tables?: NamedTables
  /** Also writes the stages of each model, when all are computed, below this folder (`true`: below `out`). */
  readonly saveIntermediates?: SaveIntermediates
}

/** Of the pipeline of a manifest. */
export interface PipelineOptions {
  /** Only this model, and the models it reads. */
  readonly model?: string
  /** At most so many rows of each data file, from its head. */
  readonly sampleRows?: number
  /** Also writes the stages of each model, when all are computed, below this folder (`true`: below the manifest's `output_base`). */
  readonly saveIntermediates?: SaveIntermediates
}

/** Models in `seq` order; what one makes is what the next one reads. */
export class ModelPipeline {
  readonly #source: readonly EngineModelDriver[] | { readonly path: string }

  /**
   * A pipeline of models in code (the first reads the table that `execute` is given), or the project at a path.
   * @throws when there is none
   */
  constructor(source: readonly EngineModelDriver[] | { readonly path: string }) {
    this.#source = isProject(source) ? { path: projectOf(source.path) } : checkedModels(source)
  }

  /** The pipeline of a `modeldriver.json`, of the folder it is in, or of a feature file beside its data. @throws when there is none */
  static fromManifest(path: string): ModelPipeline {
    return new ModelPipeline({ path: pathOf(path, 'fromManifest') })
  }

  /** Computes a pipeline of models in code on a table. @throws ModelError when a model cannot be computed */
  async execute(table: ColumnTable, options?: ModelsOptions): Promise<PipelineTables>
  /** Computes a project on its data. @throws ModelError when a model cannot be computed */
  async execute(options?: PipelineOptions): Promise<Readonly<Record<string, FileTables>>>
  async execute(given?: ColumnTable | PipelineOptions, options?: ModelsOptions): Promise<PipelineTables> {
    const source = this.#source
    const isTable = typeof given === 'object' && given !== null && 'columnNames' in given
    if (isProject(source)) {
      if (isTable) throw new TypeError('A pipeline of a manifest reads its own data: execute() takes no table.')
      if (options !== undefined)
        throw new TypeError(
          'A pipeline of a manifest is given no table, so its options come first: execute({ saveIntermediates: true }).',
        )
      return executeProject(
        source.path,
        withWords(given ?? {}, ['model', 'sampleRows', 'saveIntermediates'], 'execute(…)', "{ model: 'daily' }"),
      )
    }
    if (!isTable)
      throw new TypeError('A pipeline of models in code needs the table of its first model: execute(table).')
    const { tables, saveIntermediates } = withWords(
      options ?? {},
      ['tables', 'saveIntermediates'],
      'execute(table, …)',
      '{ tables: { shops } }',
    )
    const base = folderOf(saveIntermediates, 'out')
    const files: FileToWrite[] = []
    const results = executeModels(source, given, tables, (driver, input, own) => {
      const computed = driver.compute(input, own)
      if (base !== undefined) files.push(...stagesInCode(computed, base))
      return tablesOf(computed)
    })
    writeFiles(files)
    return results
  }
}

const isProject = (source: unknown): source is { readonly path: string } =>
  typeof source === 'object' && source !== null && 'path' in source

/** @throws TypeError when it is no path */
function pathOf(path: string, method: string): string {
  if (typeof path === 'string' && path !== '') return path
  throw new TypeError(`${method}() needs the path of a file, not ${valueText(path)}.`)
}

/** @throws UsageError when there is none */
function projectOf(path: string): string {
  const [project = path] = projectsAt(path)
  return project
}

async function executeProject(
  project: string,
  { saveIntermediates, ...options }: PipelineOptions,
): Promise<Readonly<Record<string, FileTables>>> {
  const analysis = analyseProject({ project })
  if (options.model !== undefined) refuseUnknownModel(analysis.models, options.model)
  // Nothing of the author's runs where a later model cannot.
  refuse(
    analysis,
    analysis.problems.filter(({ severity }) => severity === 'error'),
  )
  const run = await runProject({ project, ...options })
  const failed = run.models.flatMap(({ failures }) => [...failures.values()])
  refuse(run.analysis, [...run.problems, ...failed.filter(({ cause }) => cause === undefined)])
  const { root, outputBase } = run.analysis.snapshot.project
  const base = folderOf(saveIntermediates, join(root, outputBase))
  if (base !== undefined) writeFiles(run.models.flatMap((model) => stageFiles(stagesOf(model, run), base, 'csv')))
  return Object.fromEntries(run.models.map((model) => [model.plan.model, fileTablesOf(model, run.analysis)] as const))
}

function fileTablesOf(run: ModelRun, analysis: Analysis): FileTables {
  const { result, input, plan } = run
  const read = tablesRead(run)
  const notes = read.flatMap((table) => table.notes.map((note) => `${table.name}: ${note}`))
  const ofTexts = doubtsOf({ analysis, models: [run] })
    .filter((problem) => isOfTexts(problem) && problem.model === plan.model)
    .map(({ feature, message }) => `${feature}: ${message}`)
  return {
    ...tablesOf({ result, given: { table: input.table, odd: new Map() } }),
    rejected: toArquero(rejectedTable(read.filter(({ path }) => path !== undefined))),
    warnings: [...warningsOf(run), ...ofTexts, ...notes],
  }
}

/** @throws ModelError of the model of the first problem, with all of them */
function refuse({ models, snapshot }: Analysis, problems: readonly Pick<RunProblem, 'model' | 'message'>[]): void {
  const [first] = problems
  if (first === undefined) return
  throw new ModelError(
    first.model ?? models[0]?.model.name ?? snapshot.project.path,
    problems.map(({ message }) => message),
  )
}
