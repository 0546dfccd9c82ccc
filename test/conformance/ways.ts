import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import {
  type AnalysedModel,
  type ColumnData,
  cell,
  columnOf,
  executeModel,
  type Feature,
  type FeatureFunction,
  makeTable,
  type Plan,
  planModel,
  type Table,
  type Value,
} from '@modeldriver/engine'
import * as library from '@modeldriver/engine/functions'
import { expect } from 'vitest'
import { printExpression, printedLibrary } from '../../engine/src/compute/print.ts'
import { readData } from '../../runner/src/files/data.ts'
import { writeFiles } from '../../runner/src/files/write.ts'
import { createLoader } from '../../runner/src/load/modules.ts'
import { analyseProject } from '../../runner/src/run.ts'
import { plain } from './duckdb.ts'
import { huge, type Row } from './rows.ts'

export type Cells = ReadonlyMap<string, readonly Value[]>

/** Rows as a Parquet file, the model of a feature file over it, and DuckDB beside them. */
export interface Subject {
  readonly rows: readonly Row[]
  readonly featureFile: string
  readonly groupBy: readonly string[]
  readonly groupOrder?: string
  /** What DuckDB is asked, after what is to be made for it; the table `whole` has the rows. */
  readonly queries: readonly string[]
  readonly setup?: readonly string[]
}

export interface Ways {
  /** The author's functions, called. */
  readonly called: Cells
  /** Code generated from what the analysis says that they mean. */
  readonly generated: Cells
  readonly database: Cells
  readonly analysed: AnalysedModel
}

/** The same rows by every way a feature can be computed. */
export async function everyWay(subject: Subject): Promise<Ways> {
  const folder = mkdtempSync(join(tmpdir(), 'modeldriver conformance '))
  try {
    return await computed(subject, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function computed(subject: Subject, folder: string): Promise<Ways> {
  const { rows, featureFile, groupBy, groupOrder } = subject
  const fields = Object.keys(rows[0] as Row) as (keyof Row)[]
  const columns = fields.map((field): [string, ColumnData] => {
    const values = rows.map((each) => (field === 'd' || field === 'e' ? dateOf(each[field]) : each[field]))
    return [field, columnOf(values)]
  })
  const path = join(folder, 'all.features.ts')
  const data = join(folder, 'all.parquet')
  const model = {
    model_name: 'all',
    features: ['all.features.ts'],
    data: 'all.parquet',
    group_by: groupBy,
    group_order: groupOrder,
  }
  writeFileSync(join(folder, 'modeldriver.json'), JSON.stringify({ models: [model] }))
  writeFileSync(path, featureFile)
  writeFiles([{ path: data, table: makeTable(columns), format: 'parquet' }])

  const { models, problems } = analyseProject({ project: `${folder}/modeldriver.json` })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const [analysed] = models
  const plan = analysed && planModel(analysed).value
  if (!plan) throw new Error('There is no plan.')
  const { table } = await readData(data, { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY })
  const { exports } = createLoader().load(path, { readText: () => featureFile, library, timeoutMs: 60_000 })
  const own = (name: string) => exports[name] as FeatureFunction
  return {
    analysed,
    called: run(plan, analysed, table, own),
    generated: run(plan, analysed, table, (name) => printed(analysed.features.get(name)) ?? own(name)),
    database: await askDatabase(data, subject),
  }
}

function run(
  plan: Plan,
  { features }: AnalysedModel,
  table: Table,
  functionOf: (name: string) => FeatureFunction,
): Cells {
  const { rows, groups, report } = executeModel(plan, features, table, { functionOf, now: () => 0 })
  expect(report.features.flatMap(({ error }) => error ?? [])).toEqual([])
  return new Map([...rows.columns, ...(groups?.columns ?? [])].map(([name, data]) => [name, cellsOf(data)]))
}

/** The function that a feature's expression says, where its body is one. */
export function printed(feature: Feature | undefined): FeatureFunction | undefined {
  if (feature?.body.kind !== 'expression') return undefined
  const names = feature.inputs.map(({ local }) => local)
  const list = feature.form === 'destructured' ? `{ ${feature.inputs.map(propertyOf).join(', ')} }` : names.join(', ')
  const localOf = new Map(feature.inputs.map(({ name, local }) => [name, local]))
  const text = printExpression(feature.body.expression, { nameOf: (name) => localOf.get(name) ?? name })
  return new Function('lib', `return (${list}) => ${text}`)(printedLibrary) as FeatureFunction
}

const propertyOf = ({ name, local }: { readonly name: string; readonly local: string }): string =>
  `${JSON.stringify(name)}: ${local}`

async function askDatabase(path: string, { setup = [], queries }: Subject): Promise<Cells> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    await connection.run(`SET TimeZone = 'UTC'`)
    const numbers = ['x', 'y', 'v', 'w', 'i'].map((name) => `${name}::DOUBLE AS ${name}`)
    await connection.run(`CREATE TABLE whole AS SELECT r, k, ${numbers}, t, u, b, c, d::TIMESTAMP AS d, e::TIMESTAMP AS e,
      coalesce(starts_with(k, '${huge}'), false) AS huge
      FROM read_parquet('${path.replaceAll("'", "''")}')`)
    for (const statement of setup) await connection.run(statement)
    const answers: (readonly [string, readonly Value[]])[] = []
    for (const query of queries) {
      const found = (await connection.runAndReadAll(query)).getColumnsObject()
      answers.push(...Object.entries(found).map(([name, cells]) => [name, cells.map(plain)] as const))
    }
    return new Map(answers)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time))

const cellsOf = (column: ColumnData): readonly Value[] =>
  Array.from({ length: column.type === 'string' ? column.codes.length : column.values.length }, (_, at) =>
    cell(column, at),
  )

export const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= 1e-9 * Math.max(1e-300, Math.abs(a), Math.abs(b))
    : a === b

/** `CASE` that gives nothing where one of these columns has nothing: there a feature is not called. */
export const unlessMissing = (names: readonly string[], sql: string): string =>
  names.length === 0 ? sql : `CASE WHEN ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')} THEN ${sql} END`
