import {
  ModelDriver as EngineModelDriver,
  findProject,
  type ModelDriverConfig,
  ModelError,
  type ModelTables,
  toArquero,
} from '@modeldriver/engine'
import type { ColumnTable } from 'arquero'
import { portable } from './files/disk.ts'
import { diskFiles } from './files/header.ts'
import { type ModelRun, type ProjectRun, runProject } from './run.ts'

/** One model in code, with the times of this machine in its reports. */
export class ModelDriver extends EngineModelDriver {
  constructor(config: ModelDriverConfig) {
    super(config, { now: () => performance.now() })
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
