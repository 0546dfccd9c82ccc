import { resolve } from 'node:path'
import {
  FeatureRegistry as EngineFeatureRegistry,
  ModelDriver as EngineModelDriver,
  type ExecuteOptions,
  findProject,
  fromArquero,
  isFeatureFile,
  type ModelDriverConfig,
  ModelError,
  type ModelTables,
  type Table,
  toArquero,
} from '@modeldriver/engine'
import * as functions from '@modeldriver/engine/functions'
import type { ColumnTable } from 'arquero'
import { planRecord, versions } from './cli/report.ts'
import { type Stages, stageFiles } from './cli/stages.ts'
import { portable } from './files/disk.ts'
import { diskFiles, readText } from './files/header.ts'
import { writeFiles } from './files/write.ts'
import { createLoader } from './load/modules.ts'
import { transpile } from './load/transpile.ts'
import { defaultFeatureTimeoutMs, type ModelRun, type ProjectRun, runProject } from './run.ts'

/** Features by name, registered as functions or loaded from feature files, to which they can be saved. */
export class FeatureRegistry extends EngineFeatureRegistry {
  /** Loads features of a file (default: all). The file's code is executed. @throws when it cannot be read or loaded */
  loadFeaturesFromModule(path: string, names?: readonly string[]): this {
    const file = portable(path)
    const text = readText(file)
    if (text === undefined) throw new Error(`Cannot read ${path}: file not found.`)
    const { exports } = createLoader().load(file, { readText, library: functions, timeoutMs: defaultFeatureTimeoutMs })
    return this.loadCode({ path: file, text }, exports, names)
  }

  /**
   * Saves features (default: all) as a feature file, with what they need beside them; a whole file is saved to the byte as it was loaded.
   * @throws when one cannot be written as code, or when the file has something else already
   */
  saveFeaturesToModule(path: string, names?: readonly string[]): this {
    const file = portable(path)
    if (!isFeatureFile(file))
      throw new Error(`'${path}' must end with .features.ts or .features.js: that is how feature files are known.`)
    const text = this.saveCode(file, names)
    const { syntaxError } = transpile(file, text)
    if (syntaxError)
      throw new Error(`Nothing was saved to ${path}: ${syntaxError.message} Save to .features.ts instead.`)
    writeFiles([{ path: file, text }])
    return this
  }
}

export interface DriverExecuteOptions extends ExecuteOptions {
  /** Also writes the four stages and `execution_metadata.json`, below this folder (`true`: below `out`). */
  readonly saveIntermediates?: boolean | string
}

/** One model in code, with the times of this machine in its reports. */
export class ModelDriver extends EngineModelDriver {
  declare readonly registry: FeatureRegistry

  constructor(config: ModelDriverConfig, registry: FeatureRegistry = new FeatureRegistry()) {
    super(config, { now: () => performance.now(), registry })
  }

  /** Computes the model on a table. @throws ModelError when it cannot be computed, Unwritable when a stage cannot be written */
  override execute(input: ColumnTable | Table, options: readonly string[] | DriverExecuteOptions = {}): ModelTables {
    const tables = super.execute(input, options)
    if ('length' in options || !options.saveIntermediates) return tables
    const { saveIntermediates: save } = options
    writeFiles(stageFiles(this.#stages(tables, options), resolve(save === true ? 'out' : save), 'csv'))
    return tables
  }

  #stages({ preprocessed, filtered, attributes, output, report }: ModelTables, options: ExecuteOptions): Stages {
    const { client_name = 'default', model_name, seq = 1 } = this.config
    const plan = planRecord(this.getExecutionPlan(options.outputs))
    return {
      clientName: client_name,
      model: model_name,
      input: fromArquero(preprocessed),
      rejected: [],
      rows: fromArquero(filtered),
      groups: attributes && fromArquero(attributes),
      outputs: fromArquero(output),
      metadata: { versions: versions(), client_name, model_name, seq, plan, run: report },
    }
  }

  /** As of the registry. @throws when the file cannot be read or loaded */
  loadFeaturesFromModule(path: string, names?: readonly string[]): this {
    this.registry.loadFeaturesFromModule(path, names)
    return this
  }

  /** As of the registry. @throws when a feature cannot be written as code */
  saveFeaturesToModule(path: string, names?: readonly string[]): this {
    this.registry.saveFeaturesToModule(path, names)
    return this
  }
}

/** Results by model name. */
export type PipelineTables = Readonly<Record<string, ModelTables>>

export interface PipelineOptions {
  /** Only this model, and the models it reads. */
  readonly model?: string
  /** At most so many rows of each data file, from its head. */
  readonly sampleRows?: number
}

/** Models in `seq` order; what one makes is what the next one reads. */
export class ModelPipeline {
  readonly #source: readonly EngineModelDriver[] | { readonly path: string }

  /** A pipeline of models in code (the first reads the table that `execute` is given), or the project at a path. */
  constructor(source: readonly EngineModelDriver[] | { readonly path: string }) {
    this.#source = source
  }

  /** The pipeline of a `modeldriver.json`, of the folder it is in, or of a feature file beside its data. */
  static fromManifest(path: string): ModelPipeline {
    return new ModelPipeline({ path })
  }

  /** Computes a pipeline of models in code on a table. @throws ModelError when a model cannot be computed */
  async execute(table: ColumnTable): Promise<PipelineTables>
  /** Computes a project on its data. @throws ModelError when a model cannot be computed */
  async execute(options?: PipelineOptions): Promise<PipelineTables>
  async execute(given: ColumnTable | PipelineOptions = {}): Promise<PipelineTables> {
    const source = this.#source
    if ('path' in source) return executeProject(source.path, 'columnNames' in given ? {} : given)
    if ('columnNames' in given) return executeDrivers(source, given)
    throw new TypeError('A pipeline of models in code needs the table of its first model: execute(table).')
  }
}

/** A model with a key hands on its outputs, one without a key its rows. */
function executeDrivers(drivers: readonly EngineModelDriver[], table: ColumnTable): PipelineTables {
  const results: Record<string, ModelTables> = {}
  let input = table
  for (const driver of [...drivers].sort((a, b) => (a.config.seq ?? 1) - (b.config.seq ?? 1))) {
    const { model_name: name } = driver.config
    if (Object.hasOwn(results, name)) throw new ModelError(name, ['Two models of the pipeline have this name.'])
    const made = driver.execute(input)
    results[name] = made
    input = made.attributes === undefined ? made.filtered : made.output
  }
  return results
}

async function executeProject(path: string, options: PipelineOptions): Promise<PipelineTables> {
  const run = await runProject({ project: findProject(portable(path), diskFiles()), ...options })
  const failures = failuresOf(run)
  const [first] = failures
  if (first !== undefined)
    throw new ModelError(
      first.model,
      failures.map(({ message }) => message),
    )
  return Object.fromEntries(run.models.map((model) => [model.plan.model, tablesOf(model)]))
}

interface Failure {
  readonly model: string
  readonly message: string
}

function failuresOf({ analysis, models, problems }: ProjectRun): readonly Failure[] {
  const errors = analysis.problems.filter(({ severity }) => severity === 'error')
  const failed = models.flatMap(({ failures }) => [...failures.values()].filter(({ cause }) => cause === undefined))
  const some = analysis.models[0]?.model.name ?? analysis.snapshot.project.path
  return [...errors, ...problems, ...failed].map(({ model = some, message }) => ({ model, message }))
}

function tablesOf({ result, input }: ModelRun): ModelTables {
  return {
    preprocessed: toArquero(input.table),
    filtered: toArquero(result.rows),
    ...(result.groups && { attributes: toArquero(result.groups) }),
    output: toArquero(result.outputs),
    report: result.report,
  }
}
