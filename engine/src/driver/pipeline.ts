import type { ColumnTable } from 'arquero'
import type { TableName } from '../ir/model.ts'
import type { Plan } from '../ir/plan.ts'
import { matchHeader } from '../model/names.ts'
import { closest } from '../model/suggest.ts'
import { placedOutputs } from '../plan/plan.ts'
import { type NamedTables, namesJoined } from './config.ts'
import { valueText } from './given.ts'
import { type ExecuteOptions, ModelDriver, ModelError, type ModelTables } from './modelDriver.ts'

type Execute<Driver> = (driver: Driver, input: NamedTables[string], options: ExecuteOptions) => ModelTables

/** Names of columns, by table. */
type Columns = Readonly<Record<TableName, readonly string[]>>

/**
 * Computes models in code in the order of their `seq`. The first reads the table, each other one what its `input` names, or what the one
 * before it gives: its outputs when it has a key, else its rows. Nothing is computed unless every model has the columns that it needs.
 * `execute` computes one.
 */
export function executeModels<Driver extends ModelDriver>(
  drivers: readonly Driver[],
  table: ColumnTable,
  tables: NamedTables = {},
  execute: Execute<Driver> = (driver, input, options) => driver.execute(input, options),
): Readonly<Record<string, ModelTables>> {
  const models = [...drivers].sort((a, b) => (a.config.seq ?? 1) - (b.config.seq ?? 1))
  checkColumns(models, table, tables)
  const results: Record<string, ModelTables> = {}
  const made: Record<string, NamedTables[string]> = { ...tables }
  let input: NamedTables[string] = table
  for (const driver of models) {
    const { model_name: name, joins = [], input: from } = driver.config
    const joined = joins.flatMap(({ from }) => (typeof from === 'string' ? [from] : []))
    const own = Object.fromEntries(joined.map((each) => [each, tableNamed(made, each, name)]))
    const result = execute(driver, from === undefined ? input : tableNamed(made, from, name), { tables: own })
    results[name] = result
    made[`${name}.rows`] = result.filtered
    made[`${name}.outputs`] = result.output
    if (result.attributes) made[`${name}.groups`] = result.attributes
    input = result.attributes === undefined ? result.filtered : result.output
  }
  return results
}

/** The models of a pipeline. @throws TypeError when they are none */
export function checkedModels(given: readonly ModelDriver[]): readonly ModelDriver[] {
  const example = 'new ModelPipeline([sales, score])'
  if (!Array.isArray(given) || given.length === 0)
    throw new TypeError(`A pipeline needs a list of models, ${example}, not ${valueText(given)}.`)
  const other = given.find((each) => !(each instanceof ModelDriver))
  if (other !== undefined || given.includes(undefined as never))
    throw new TypeError(`A pipeline is made of ModelDrivers, ${example}, not of ${valueText(other)}.`)
  const names = given.map(({ config }) => config.model_name)
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice !== undefined) throw new ModelError(twice, ['Two models of the pipeline have this name.'])
  return given
}

function tableNamed<T>(tables: Readonly<Record<string, T>>, name: string, model: string): T {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined
  if (table !== undefined) return table
  const [near] = closest(name, Object.keys(tables))
  const names = Object.keys(tables).map((each) => `'${each}'`)
  const there = names.length > 0 ? `There are ${names.join(', ')}` : 'There is none'
  const meant =
    near === undefined ? `${there}; others are given as execute(table, { tables: { … } }).` : `Did you mean '${near}'?`
  throw new ModelError(model, [`No table before it is named '${name}'. ${meant}`])
}

/** What each model needs must be in the table that it reads. @throws ModelError */
function checkColumns(models: readonly ModelDriver[], table: ColumnTable, tables: NamedTables): void {
  const known: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(tables).map(([name, each]) => [name, columnsOf(each)]),
  )
  let input: { readonly columns: readonly string[]; readonly from?: string } = { columns: columnsOf(table) }
  for (const { config, ...driver } of models.map((each) => ({ config: each.config, plan: each.getExecutionPlan() }))) {
    const { model_name: name, joins = [] } = config
    if (config.input !== undefined) input = { columns: tableNamed(known, config.input, name), from: config.input }
    for (const { from } of joins) if (typeof from === 'string') tableNamed(known, from, name)
    const { columns, from } = input
    const joined = joins.flatMap((join) =>
      namesJoined(join, typeof join.from === 'string' ? known[join.from] : columnsOf(join.from)),
    )
    const absent = driver.plan.requiredInputs.filter(
      (each) => matchHeader(each, [...columns, ...joined]).kind === 'none',
    )
    // The first model says itself what its table lacks.
    if (absent.length > 0 && from !== undefined)
      throw new ModelError(name, [
        `It needs ${absent.map((each) => `'${each}'`).join(', ')}, which ${from} does not have (it has ${columns.join(', ')}).`,
      ])
    const gives = columnsGiven(driver.plan, columns, joined)
    known[`${name}.rows`] = gives.rows
    known[`${name}.outputs`] = gives.outputs
    if (driver.plan.groupBy) known[`${name}.groups`] = gives.groups
    const given = driver.plan.groupBy ? 'outputs' : 'rows'
    input = { columns: gives[given], from: `${name}.${given}` }
  }
}

const columnsOf = (table: NamedTables[string]): readonly string[] =>
  'columnNames' in table ? table.columnNames() : [...table.columns.keys()]

function columnsGiven(plan: Plan, input: readonly string[], joined: readonly string[]): Columns {
  const { steps, groupBy } = plan
  const { outputs, rows } = placedOutputs(plan)
  const made = (level: 'row' | 'group') =>
    steps.flatMap((step) => (step.level === level || step.level === 'constant' ? step.feature : []))
  return {
    rows: [...input, ...joined, ...made('row'), ...rows.map(({ as }) => as)],
    groups: [...(groupBy ?? []), ...joined, ...made('group')],
    outputs: outputs.map(({ as }) => as),
  }
}
