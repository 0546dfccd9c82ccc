import type { ColumnTable } from 'arquero'
import { analyse } from '../check/analyse.ts'
import { executeModel } from '../compute/execute.ts'
import type { FeatureFunction } from '../compute/host.ts'
import type { ModelResult, RunReport } from '../compute/report.ts'
import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import type { DataHeader, Model } from '../ir/model.ts'
import type { Plan } from '../ir/plan.ts'
import { planModel } from '../plan/plan.ts'
import type { FeatureReader } from '../source/reader.ts'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { fromArquero, toArquero } from '../table/arquero.ts'
import { makeTable } from '../table/columns.ts'
import type { Table } from '../table/table.ts'
import { featureOf } from './functions.ts'
import { printPlan } from './print.ts'

export interface ModelDriverConfig {
  readonly model_name: string
  readonly client_name?: string
  /** Key of the groups: a column or row feature, or several. `[]`: the whole table is one group. Absent: row features only. */
  readonly group_by?: string | readonly string[]
  /** Features (or columns) that are wanted. Default: every feature. */
  readonly outputs?: readonly string[]
  /** Place in a pipeline. Default 1. */
  readonly seq?: number
}

/** What a model makes, as Arquero tables. */
export interface ModelTables {
  /** The input as the model reads it. */
  readonly preprocessed: ColumnTable
  /** One row per input row: the input columns and the row features. */
  readonly filtered: ColumnTable
  /** One row per group: the key and the group features. Absent without `group_by`. */
  readonly attributes?: ColumnTable
  /** The selected outputs. */
  readonly output: ColumnTable
  readonly report: RunReport
}

/** Functions by name, or functions that have names. */
export type FeatureBatch = Readonly<Record<string, FeatureFunction>> | readonly FeatureFunction[]

/** A model could not be computed. `problems` says why, one sentence each. */
export class ModelError extends Error {
  readonly problems: readonly string[]
  constructor(model: string, problems: readonly string[]) {
    super(`Model '${model}' could not be computed. ${problems.join(' ')}`)
    this.name = 'ModelError'
    this.problems = problems
  }
}

/** What a driver needs from its surroundings. */
export interface DriverServices {
  readonly reader: FeatureReader
  /** Monotonic milliseconds, for the times in reports. */
  readonly now: () => number
}

interface Registered {
  readonly feature: Feature
  readonly call: FeatureFunction
  readonly level?: 'row' | 'group'
}

/**
 * One model in code: features are registered as functions, whose parameter names are the columns they read, and run on a
 * table. Holds what was registered; `execute` keeps nothing.
 */
export class ModelDriver {
  readonly config: ModelDriverConfig
  readonly #registered = new Map<string, Registered>()
  readonly #services: DriverServices

  constructor(config: ModelDriverConfig, { reader = typeScriptReader(), now = () => 0 }: Partial<DriverServices> = {}) {
    this.config = config
    this.#services = { reader, now }
  }

  /** Registers a row feature (one value per row) under its own name, or under `name`. */
  registerFilter(call: FeatureFunction, name = call.name): this {
    return this.#register(name, call, 'row')
  }

  /** Registers a group feature (one value per group) under its own name, or under `name`. */
  registerAttribute(call: FeatureFunction, name = call.name): this {
    return this.#register(name, call, 'group')
  }

  registerFilters(batch: FeatureBatch): this {
    for (const [name, call] of entriesOf(batch)) this.#register(name, call, 'row')
    return this
  }

  registerAttributes(batch: FeatureBatch): this {
    for (const [name, call] of entriesOf(batch)) this.#register(name, call, 'group')
    return this
  }

  /**
   * Registers functions whose level is found as in a feature file: `#agg` in the body, what the result is made of, the
   * name. Takes a whole module: `registerFeatures(await import('./sales.features.js'))`.
   */
  registerFeatures(batch: FeatureBatch | object): this {
    for (const [name, call] of entriesOf(batch)) this.#register(name, call)
    return this
  }

  /** Columns that the table must have for these outputs (default: the model's). */
  getRequiredInputs(outputs?: readonly string[]): readonly string[] {
    return this.getExecutionPlan(outputs).requiredInputs
  }

  /** What would be computed, in order. Names that no feature has count as input columns. @throws ModelError */
  getExecutionPlan(outputs?: readonly string[]): Plan {
    return this.#plan(this.#analyse(), outputs).plan
  }

  /** The plan as text. @throws ModelError */
  printExecutionPlan(outputs?: readonly string[]): string {
    return printPlan(this.getExecutionPlan(outputs))
  }

  /** Computes the model on a table. @throws ModelError when a column is missing, or a feature cannot be computed */
  execute(input: ColumnTable | Table, outputs?: readonly string[]): ModelTables {
    const table = 'columnNames' in input ? fromArquero(input) : input
    const { analysed, plan } = this.#plan(this.#analyse(table), outputs)
    const result = executeModel(plan, analysed.features, aliased(table, plan), {
      functionOf: (name) => (this.#registered.get(name) as Registered).call,
      hasOwnNull: true,
      now: this.#services.now,
    })
    return tablesOf(result, table, this.config.model_name)
  }

  #register(name: string, call: FeatureFunction, level?: 'row' | 'group'): this {
    if (this.#registered.has(name))
      throw new Error(`Feature '${name}' is defined twice in model '${this.config.model_name}'.`)
    const feature = featureOf(name, call, this.#services.reader)
    this.#registered.set(name, { feature, call, ...(level !== undefined && { level }) })
    return this
  }

  #analyse(table?: Table): Analysis {
    const registered = [...this.#registered.values()]
    const files = new Map(
      registered.map(({ feature }) => [
        feature.path,
        {
          path: feature.path,
          features: [feature],
          helpers: [],
          orphanDirectives: [],
          misspeltDirectives: [],
          ignores: [],
          rejected: [],
        },
      ]),
    )
    const { group_by, outputs, client_name = 'default', model_name: name, seq = 1 } = this.config
    const keys = typeof group_by === 'string' ? [group_by] : group_by
    const kinds = registered.flatMap(({ feature, level }) =>
      level === undefined ? [] : [[feature.name, level] as const],
    )
    const model: Model = {
      name,
      clientName: client_name,
      seq,
      featureFiles: [...files.keys()],
      input: table === undefined ? { kind: 'none' } : { kind: 'file', path: dataPath },
      ...(keys && { groupBy: keys.map((key) => ({ name: key })) }),
      ...(outputs && { outputs: outputs.map((output) => ({ name: output, as: output })) }),
      columns: {},
      formats: {},
      kinds: Object.fromEntries(kinds),
    }
    const project = {
      path: codePath,
      root: '/code',
      kind: 'manifest',
      models: [model],
      outputBase: 'out',
      // A function in code sees the names around it, which its text does not show, and may end without a value.
      rules: { MD024: 'off', MD029: 'off' },
    } as const
    const headers: [string, DataHeader][] = table === undefined ? [] : [[dataPath, headerOf(table)]]
    return analyse({ project, manifestProblems: [], files, headers: new Map(headers) })
  }

  #plan({ models, problems }: Analysis, outputs?: readonly string[]): { analysed: AnalysedModel; plan: Plan } {
    const { model_name: name } = this.config
    const [analysed] = models
    if (analysed === undefined) throw new ModelError(name, ['It has no features.'])
    const planned = planModel(analysed, outputs ?? this.config.outputs)
    const plan = planned.value
    if (plan === undefined)
      throw new ModelError(
        name,
        planned.problems.map(({ message }) => message),
      )
    const needed = new Set([...plan.steps.map(({ feature }) => feature), ...plan.blocked.map(({ feature }) => feature)])
    const errors = problems.filter(
      ({ severity, feature }) => severity === 'error' && (feature === undefined || needed.has(feature)),
    )
    const reasons = errors.length > 0 ? errors.map(({ message }) => message) : plan.blocked.map(({ reason }) => reason)
    if (reasons.length > 0) throw new ModelError(name, [...new Set(reasons)])
    return { analysed, plan }
  }
}

const codePath = '/code/modeldriver.json'
const dataPath = '/code/table'

/** As in a feature file: what is no function, or begins with `_`, is a helper. */
const entriesOf = (batch: FeatureBatch | object): readonly (readonly [string, FeatureFunction])[] =>
  Array.isArray(batch)
    ? batch.map((call: FeatureFunction) => [call.name, call] as const)
    : Object.entries(batch).filter(
        (entry): entry is [string, FeatureFunction] => typeof entry[1] === 'function' && !entry[0].startsWith('_'),
      )

const headerOf = (table: Table): DataHeader => ({
  kind: 'header',
  columns: [...table.columns].map(([name, { type }]) => ({ name, type, samples: [] })),
})

/** The table with columns also under the names that features read them by. */
function aliased(table: Table, { aliases }: Plan): Table {
  const more = aliases.flatMap(({ name, column }) => {
    const data = table.columns.get(column)
    return data === undefined ? [] : [[name, data] as const]
  })
  return more.length === 0 ? table : makeTable([...table.columns, ...more], table.length)
}

function tablesOf(result: ModelResult, input: Table, model: string): ModelTables {
  const failed = result.report.features.flatMap(({ error }) =>
    error && error.kind !== 'input-failed' ? [error.message] : [],
  )
  if (failed.length > 0) throw new ModelError(model, failed)
  return {
    preprocessed: toArquero(input),
    filtered: toArquero(result.rows),
    ...(result.groups && { attributes: toArquero(result.groups) }),
    output: toArquero(result.outputs),
    report: result.report,
  }
}
