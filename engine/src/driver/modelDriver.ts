import type { ColumnTable } from 'arquero'
import { analyse } from '../check/analyse.ts'
import { didYouMean } from '../check/rule.ts'
import { executeModel } from '../compute/execute.ts'
import type { ComputeHost, FeatureFunction } from '../compute/host.ts'
import { repeatedKey, repeatedKeyText } from '../compute/join.ts'
import type { ModelResult, RunReport } from '../compute/report.ts'
import type { HelperOf } from '../compute/textNumbers.ts'
import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { FeatureFile, Input } from '../ir/feature.ts'
import type { Level } from '../ir/level.ts'
import type { Frame, Model, Named, OutputSpec } from '../ir/model.ts'
import type { Plan, PlannedJoin } from '../ir/plan.ts'
import type { Problem } from '../ir/problem.ts'
import { matchColumn, matchHeader } from '../model/names.ts'
import { planModel } from '../plan/plan.ts'
import { propertyText } from '../source/identifiers.ts'
import { rowCounts } from '../source/lengths.ts'
import { decideLevel } from '../source/levels.ts'
import type { FeatureReader } from '../source/reader.ts'
import { toArquero } from '../table/arquero.ts'
import type { Table } from '../table/table.ts'
import {
  checkedConfig,
  type JoinConfig,
  joinName,
  joinsOf,
  type ModelDriverConfig,
  type NamedTables,
  outputsOf,
} from './config.ts'
import { isMinified } from './functions.ts'
import { type Names, namesOf, valueText, withWords } from './given.ts'
import { dependencyGraph, printGraph } from './graph.ts'
import { printPlan } from './print.ts'
import { type FeatureBatch, type FeatureOptions, FeatureRegistry, type RegisteredFeature } from './registry.ts'
import { aliased, type GivenTable, headerOf, oddIn, tableOf } from './tables.ts'

/** What a model makes, as Arquero tables. */
export interface ModelTables {
  /** The input as the model reads it; columns that nothing could read stand last, as they were. */
  readonly preprocessed: ColumnTable
  /** One row per input row: the input columns and the row features. */
  readonly filtered: ColumnTable
  /** One row per group: the key and the group features. Absent without `group_by`. */
  readonly attributes?: ColumnTable
  /** The selected outputs. */
  readonly output: ColumnTable
  readonly report: RunReport
}

/** A model that was computed. */
export interface ComputedModel {
  readonly analysis: Analysis
  readonly analysed: AnalysedModel
  readonly plan: Plan
  readonly result: ModelResult
  /** The table that it read. */
  readonly given: GivenTable
  /** Those of the joins of the plan. */
  readonly joined: readonly GivenTable[]
}

/** Something that is wrong with the features of a model, or with its data for them. */
export type ModelProblem = Pick<Problem, 'code' | 'severity' | 'message' | 'feature'>

export interface ExecuteOptions {
  /** Features (or columns) that are wanted this time, in place of the model's. */
  readonly outputs?: Names
  /** The tables that joins name. */
  readonly tables?: NamedTables
}

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
  /** Features that are registered already. Default: none. */
  readonly registry: FeatureRegistry
  /** What bodies ask of values that these cannot do. Default: nobody looks. */
  readonly typeProblems: FindTypeProblems
  /** Functions that the files of features import. Default: they cannot be read. */
  readonly helperOf: HelperOf
}

export type FindTypeProblems = (analysis: Analysis, textOf: (path: string) => string | undefined) => readonly Problem[]

/**
 * One model in code: features are registered as functions, whose parameter names are the columns they read, and run on a
 * table. Holds what was registered; `execute` keeps nothing.
 */
export class ModelDriver {
  /** As it was given. */
  readonly config: ModelDriverConfig
  /** Its features, which several models may share. */
  readonly registry: FeatureRegistry
  readonly #now: () => number
  readonly #typeProblems: FindTypeProblems
  readonly #helperOf: HelperOf
  #outputs: readonly OutputSpec[] | undefined

  constructor(config: ModelDriverConfig, services: Partial<DriverServices> = {}) {
    this.config = checkedConfig(config)
    this.registry = services.registry ?? new FeatureRegistry(services.reader)
    this.#now = services.now ?? (() => 0)
    this.#typeProblems = services.typeProblems ?? (() => [])
    this.#helperOf = services.helperOf ?? (() => undefined)
    this.#outputs = outputsOf(config.outputs)
  }

  /** Registers a row feature (one value per row) under its own name, or under `name`. */
  registerFilter(call: FeatureFunction, options?: string | FeatureOptions): this {
    this.registry.registerFilter(call, options)
    return this
  }

  /** Registers a group feature (one value per group) under its own name, or under `name`. */
  registerAttribute(call: FeatureFunction, options?: string | FeatureOptions): this {
    this.registry.registerAttribute(call, options)
    return this
  }

  /** Registers row features, by name or a list of named functions: all of them, or none where one cannot be a feature. */
  registerFiltersBatch(batch: FeatureBatch): this {
    this.registry.registerFiltersBatch(batch)
    return this
  }

  /** Registers group features, by name or a list of named functions: all of them, or none where one cannot be a feature. */
  registerAttributesBatch(batch: FeatureBatch): this {
    this.registry.registerAttributesBatch(batch)
    return this
  }

  /** Registers functions, or a module of them, whose level is found as in a feature file: all of them, or none. */
  registerFeatures(batch: FeatureBatch | object): this {
    this.registry.registerFeatures(batch)
    return this
  }

  /** Selects what the model gives from now on. Default: every feature. */
  setOutputAttributes(outputs: NonNullable<ModelDriverConfig['outputs']>): this {
    this.#outputs = outputsOf(outputs ?? null)
    return this
  }

  /** What is wrong with the features as they are registered: cycles, levels, names. Names that no feature has count as columns. */
  validateRegistry(): readonly ModelProblem[] {
    const analysis = this.#analyse(undefined, this.#joined())
    return [...analysis.problems.map(told), ...this.#misregistered(analysis)]
  }

  /** What keeps a table from being the input of these outputs (default: the model's): columns that are not there, of another type, or of several. */
  validateInputData(input: ColumnTable | Table, options: Names | ExecuteOptions = {}): readonly ModelProblem[] {
    const { outputs, tables } = asked(options, 'validateInputData')
    const given = tableOf(input, 'validateInputData')
    const joined = this.#joined(tables)
    const analysis = this.#analyse(given, joined, { isShown: true })
    const known = new Set(this.#problemsOf(this.#analyse()).map(({ code, message }) => `${code} ${message}`))
    const plan = analysis.models[0] && planModel(analysis.models[0], outputs).value
    const needed = new Set(plan && neededBy(plan))
    const odd = plan ? oddIn(plan, given, joined) : []
    return [
      ...odd.map((message): ModelProblem => ({ code: 'MD026', severity: 'error', message })),
      ...this.#problemsOf(analysis)
        .filter(({ code, message, feature }) => !known.has(`${code} ${message}`) && (!feature || needed.has(feature)))
        .map(told),
    ]
  }

  /** Features that depend on themselves, each time around once, the shortest first. */
  findCycles(): readonly (readonly string[])[] {
    return this.#analyse().models.flatMap(({ graph }) => graph.cycles)
  }

  /** Who needs whom, as text: Mermaid's flowchart or Graphviz's dot. */
  visualizeDependencies(format: 'mermaid' | 'dot' = 'mermaid'): string {
    if (format !== 'mermaid' && format !== 'dot')
      throw new TypeError(`visualizeDependencies() gives 'mermaid' or 'dot', not ${valueText(format)}.`)
    return printGraph(dependencyGraph(this.#analyse()), format)
  }

  /** Columns that the table must have for these outputs (default: the model's). */
  getRequiredInputs(outputs?: Names): readonly string[] {
    return this.getExecutionPlan(outputs).requiredInputs
  }

  /** What would be computed, in order. Names that no feature has count as input columns. @throws ModelError */
  getExecutionPlan(outputs?: Names): Plan {
    const wanted = namesOf(outputs, 'What is wanted')
    const joined = this.#joined()
    const { analysed, plan } = this.#plan(this.#analyse(undefined, joined), wanted)
    const columns = analysed.joins.flatMap(({ brings = [] }) => brings)
    if (columns.length === 0) return plan
    // Nothing was known of the data, so what the joins bring counted as columns of it.
    const brought = new Map(columns.map((column) => [column.name, column]))
    const own = [...plan.requiredInputs, ...plan.optionalInputs].filter(
      (name) => matchColumn(name, brought).kind === 'none',
    )
    const keys = analysed.joins
      .flatMap(({ join }) => join.on.map(({ name }) => name))
      .filter((name) => !analysed.features.has(name) && matchHeader(name, own).kind === 'none')
    return this.#plan(this.#analyse(undefined, joined, { own: [...own, ...keys] }), wanted).plan
  }

  /** The plan as text. @throws ModelError */
  printExecutionPlan(outputs?: Names): string {
    return printPlan(this.getExecutionPlan(outputs))
  }

  /** Computes the model on a table. @throws ModelError when a column is missing or holds several types, or a feature cannot be computed */
  execute(input: ColumnTable | Table, options: Names | ExecuteOptions = {}): ModelTables {
    return tablesOf(this.compute(input, options))
  }

  /** What `execute` computes, with what is known of it. @throws ModelError */
  compute(input: ColumnTable | Table, options: Names | ExecuteOptions = {}): ComputedModel {
    const { outputs, tables } = asked(options, 'execute')
    const given = tableOf(input, 'execute')
    const joined = this.#given(tables)
    const analysis = this.#analyse(given, joined)
    const { analysed, plan } = this.#plan(analysis, outputs)
    const wrong = [...oddIn(plan, given, joined), ...this.#misregistered(analysis).map(({ message }) => message)]
    if (wrong.length > 0) throw new ModelError(this.config.model_name, wrong)
    const { columns } = this.registry
    const host: ComputeHost = {
      functionOf: (name) => (columns.get(name) as RegisteredFeature).call,
      now: this.#now,
      hasManifest: false,
      helperOf: this.#helperOf,
    }
    const others = plan.joins?.map((join) => joined[join.join] as GivenTable) ?? []
    const tablesJoined = others.map(({ table }, at) => this.#uniqueKeys(plan.joins?.[at] as PlannedJoin, table))
    const result = executeModel(plan, analysed.features, aliased(given.table, plan), host, tablesJoined)
    const failed = result.report.features.flatMap(({ error }) =>
      error && error.kind !== 'input-failed' ? [error.message] : [],
    )
    if (failed.length > 0) throw new ModelError(this.config.model_name, failed)
    return { analysis, analysed, plan, result, given, joined: others }
  }

  /** The tables of the joins, as far as they are known. */
  #joined(tables: NamedTables = {}): readonly (GivenTable | undefined)[] {
    const { joins = [] } = this.config
    return joins.map(({ from }) => {
      const table = typeof from !== 'string' ? from : Object.hasOwn(tables, from) ? tables[from] : undefined
      return table && tableOf(table, 'A join')
    })
  }

  /** @throws ModelError when a table that is joined was not given */
  #given(tables: NamedTables | undefined): readonly GivenTable[] {
    const { model_name: name, joins = [] } = this.config
    return this.#joined(tables).map((table, at) => {
      if (table) return table
      const from = joinName(joins[at] as JoinConfig, at)
      throw new ModelError(name, [
        `It joins '${from}', which it was not given: execute(table, { tables: { ${propertyText(from)}: … } }).`,
      ])
    })
  }

  /** A joined table. @throws ModelError when it has a key twice */
  #uniqueKeys({ from, on }: PlannedJoin, table: Table): Table {
    const { model_name: name } = this.config
    const keys = on.map(({ column }) => column)
    const twice = repeatedKey(table, keys)
    if (twice) throw new ModelError(name, [repeatedKeyText('It', `'${from}'`, table, keys, twice)])
    return table
  }

  /** Of the rules and of types. */
  #problemsOf(analysis: Analysis): readonly Problem[] {
    const texts = new Map([...this.registry.features.values()].map(({ code: { path, text } }) => [path, text] as const))
    return [...analysis.problems, ...this.#typeProblems(analysis, (path) => texts.get(path))]
  }

  #analyse(
    table?: GivenTable,
    joined: readonly (GivenTable | undefined)[] = [],
    { own = [], isShown = false }: KnownData = {},
  ): Analysis {
    const registered = [...this.registry.features.values()]
    const files = new Map<string, FeatureFile>()
    for (const { feature } of registered) {
      const features = [...(files.get(feature.path)?.features ?? []), feature]
      files.set(feature.path, { ...emptyFile, path: feature.path, features })
    }
    const { group_by, group_order, client_name = 'default', model_name: name, seq = 1 } = this.config
    const outputs = this.#outputs
    const keys = namesOf(group_by, "'group_by'")
    const order = namesOf(group_order, "'group_order'")
    const joins = joinsOf(this.config)
    const kinds = registered.flatMap(({ feature, level, outputs: made = [feature.name] }) =>
      level === undefined ? [] : made.map((column) => [column, level] as const),
    )
    const frames = registered.flatMap(({ feature, inputs = [], outputs: made }): Frame[] =>
      made ? [{ name: feature.name, inputs: named(inputs), outputs: named(made) }] : [],
    )
    const model: Model = {
      name,
      clientName: client_name,
      seq,
      featureFiles: [...files.keys()],
      input: table === undefined ? { kind: 'none' } : { kind: 'file', path: dataPath },
      ...(keys && { groupBy: named(keys) }),
      ...(order && { groupOrder: named(order) }),
      ...(joins.length > 0 && { joins }),
      ...(outputs && { outputs }),
      columns: Object.fromEntries(own.map((each) => [each, {}])),
      formats: {},
      kinds: Object.fromEntries(kinds),
      ...(frames.length > 0 && { frames }),
    }
    const project = {
      path: codePath,
      root: '/code',
      kind: 'code',
      models: [model],
      outputBase: 'out',
      // A function in code sees the names around it, which its text does not show, and may end without a value.
      rules: { MD024: 'off', MD029: 'off' },
    } as const
    const tables = [[dataPath, table] as const, ...joins.map(({ source }, at) => [source.path, joined[at]] as const)]
    const headers = tables.flatMap(([path, known]) => (known ? [[path, headerOf(known, isShown)] as const] : []))
    return analyse({ project, manifestProblems: [], files, headers: new Map(headers) })
  }

  #plan({ models, problems }: Analysis, outputs?: readonly string[]): { analysed: AnalysedModel; plan: Plan } {
    const { model_name: name } = this.config
    const [analysed] = models
    if (analysed === undefined || this.registry.features.size === 0)
      throw new ModelError(name, ['It has no features: registerFilter() and registerAttribute() give it some.'])
    const planned = planModel(analysed, outputs)
    const plan = planned.value
    if (plan === undefined)
      throw new ModelError(
        name,
        planned.problems.map(({ message }) => message),
      )
    const needed = neededBy(plan)
    const errors = problems.filter(
      ({ severity, feature }) => severity === 'error' && (feature === undefined || needed.has(feature)),
    )
    const reasons = errors.length > 0 ? this.#explained(errors) : plan.blocked.map(({ reason }) => reason)
    if (reasons.length > 0) throw new ModelError(name, [...new Set(reasons)])
    return { analysed, plan }
  }

  /** What is wrong, each with the features that it is about. */
  #explained(errors: readonly Problem[]): readonly string[] {
    const about = new Map<string, string[]>()
    for (const error of errors) {
      const { message, feature } = error
      const bundled = this.#bundled(error, errors)
      const isNamed = feature === undefined || !this.registry.features.has(feature) || message.includes(`'${feature}'`)
      const names = about.get(bundled ?? message) ?? []
      about.set(bundled ?? message, bundled !== undefined || isNamed ? names : [...names, `'${feature}'`])
    }
    return [...about].map(([message, names]) => (names.length > 0 ? `${names.join(', ')}: ${message}` : message))
  }

  /** Of names that are no columns, all of a function's: they may be a bundler's. */
  #bundled({ code, feature = '' }: Problem, errors: readonly Problem[]): string | undefined {
    const registered = this.registry.features.get(feature)
    if (code !== 'MD001' || !registered || registered.inputs || !isMinified(registered.call)) return undefined
    const unknown = errors.filter((error) => error.code === 'MD001' && error.feature === feature)
    const names = registered.feature.inputs.map(({ name }) => `'${name}'`)
    if (unknown.length < names.length) return undefined
    const are = names.length === 1 ? 'which is no column' : 'which are no columns'
    const meant = new Set(unknown.flatMap(({ data }) => [data?.suggestions ?? []].flat().map(String)))
    return `'${feature}' reads ${names.join(', ')}, ${are}.${didYouMean([...meant])} If a bundler made the names of its parameters shorter, say what it reads: { inputs: ['price'] }.`
  }

  /** Attributes that give one value per row, and those that were said to be aggregations and are none, or the other way round. */
  #misregistered({ models: [analysed] }: Analysis): readonly ModelProblem[] {
    const known = (name: string) => analysed?.columns?.get(name) ?? analysed?.levels.get(name)
    // A joined column that is not known may have one value per group.
    const isUnknown = ({ name }: Input): boolean => !!this.config.joins?.length && !known(name)
    return [...this.registry.features.values()].flatMap(
      ({ feature, level, outputs, isAggregation }): ModelProblem[] => {
        const { name, body, inputs } = feature
        if (level !== 'group' || outputs || inputs.some(isUnknown)) return []
        const problem = (message: string): ModelProblem[] => [
          { code: 'MD021', severity: 'error', message: `'${name}' is registered as ${message}`, feature: name },
        ]
        const optional = new Set(inputs.flatMap((input) => (input.optional ? input.name : [])))
        const levelOf = (input: string): Level => known(input)?.level ?? (optional.has(input) ? 'constant' : 'row')
        const rows = inputs.find((input) => levelOf(input.name) === 'row')
        if (isAggregation !== undefined && isAggregation !== (rows !== undefined))
          return rows
            ? problem(`no aggregation, but reads '${rows.name}', which has one value per row.`)
            : problem('an aggregation, but reads nothing that has one value per row.')
        // Its inputs are columns: `city.length` counts their rows.
        const asGroup = { ...rowCounts(feature, () => 'number'), directives: [] }
        const own = body.kind === 'expression' ? decideLevel(asGroup, levelOf, {}) : undefined
        return own?.level === 'row' && own.rule === 'result' && rows
          ? problem(
              `an attribute, but gives one value per row: ask '${rows.name}' for one value, such as ${rows.local}.sum() or ${rows.local}.nunique(), or use registerFilter().`,
            )
          : []
      },
    )
  }
}

/** The features that a plan computes, cannot compute, or does not compute because a column has their name. */
const neededBy = ({ steps, blocked, requiredInputs, optionalInputs, outputs }: Plan): ReadonlySet<string | undefined> =>
  new Set([
    ...[...steps, ...blocked].map(({ feature }) => feature),
    ...[...requiredInputs, ...optionalInputs, ...outputs.map(({ name }) => name)],
  ])

const told = ({ code, severity, message, feature }: Problem): ModelProblem => ({
  code,
  severity,
  message,
  ...(feature !== undefined && { feature }),
})

/** What is wanted of a run: names alone are its outputs. */
function asked(given: Names | ExecuteOptions, method: string): { outputs?: readonly string[]; tables?: NamedTables } {
  const options: ExecuteOptions =
    typeof given === 'string' || Array.isArray(given) ? { outputs: given } : (given as ExecuteOptions)
  const { tables } = withWords(options, ['outputs', 'tables'], `${method}(table, …)`, "{ outputs: ['margin'] }")
  if (tables !== undefined) withWords(tables, Object.keys(Object(tables)), "'tables'", '{ shops: table({ … }) }')
  const outputs = namesOf(options.outputs, "'outputs'")
  return { ...(outputs && { outputs }), ...(tables && { tables }) }
}

const named = (names: readonly string[]): readonly Named[] => names.map((name) => ({ name }))

const emptyFile = { helpers: [], orphanDirectives: [], misspeltDirectives: [], ignores: [], rejected: [] } as const

const codePath = '/code/modeldriver.json'
const dataPath = '/code/table'

interface KnownData {
  /** Columns that the table has, where it is not given. */
  readonly own?: readonly string[]
  /** Else rules say nothing of what the values of the tables are: the run tells. */
  readonly isShown?: boolean
}

/** What a model computed, as Arquero tables. */
export function tablesOf({ result, given: { table, odd } }: Pick<ComputedModel, 'result' | 'given'>): ModelTables {
  return {
    preprocessed: toArquero(table, odd),
    filtered: toArquero(result.rows, odd),
    ...(result.groups && { attributes: toArquero(result.groups) }),
    output: toArquero(result.outputs),
    report: result.report,
  }
}
