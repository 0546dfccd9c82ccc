import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import {
  type ColumnData,
  cell,
  columnOf,
  executeModel,
  type Feature,
  type FeatureFunction,
  makeTable,
  type Plan,
  planModel,
  type Value,
} from '@modeldriver/engine'
import * as library from '@modeldriver/engine/functions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printExpression, printedLibrary } from '../../engine/src/compute/print.ts'
import { readData } from '../../runner/src/files/data.ts'
import { writeFiles } from '../../runner/src/files/write.ts'
import { createLoader } from '../../runner/src/load/modules.ts'
import { analyseProject } from '../../runner/src/run.ts'
import type { Difference } from './differences.ts'
import { plain } from './duckdb.ts'
import {
  groupOperations,
  macros,
  type Operation,
  orderedOperations,
  rowOperations,
  windowOperations,
} from './operations.ts'
import { makeRows, type Row } from './rows.ts'

/**
 * The same rows through every way a feature can be computed: the author's function called, code generated from its meaning, the streaming
 * loop of an aggregate, the function over whole columns; and DuckDB.
 */

const rows = makeRows(1500)
const fields = Object.keys(rows[0] as Row) as (keyof Row)[]
const rowName = (at: number) => `row_${at}`
const groupName = (at: number) => `group_${at}`
const windowName = (at: number) => `window_${at}`
const orderedName = (at: number) => `ordered_${at}`
const inputsOf = (body: string) => fields.filter((field) => new RegExp(`(?<![\\w.'\`])${field}\\b(?!\\()`).test(body))

type Cells = ReadonlyMap<string, readonly Value[]>

const folder = mkdtempSync(join(tmpdir(), 'modeldriver conformance '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let called: Cells
let generated: Cells
let database: Cells

beforeAll(async () => {
  const columns = fields.map((field): [string, ColumnData] => {
    const values = rows.map((each) => (field === 'd' || field === 'e' ? dateOf(each[field]) : each[field]))
    return [field, columnOf(values)]
  })
  const manifest = {
    models: [
      { model_name: 'all', features: ['all.features.ts'], data: 'all.parquet', group_by: 'k', group_order: 'k' },
    ],
  }
  writeFileSync(join(folder, 'modeldriver.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'all.features.ts'), featureFile())
  writeFiles([{ path: join(folder, 'all.parquet'), table: makeTable(columns), format: 'parquet' }])

  const { models, problems } = analyseProject({ project: `${folder}/modeldriver.json` })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const [analysed] = models
  const plan = analysed && planModel(analysed).value
  if (!plan) throw new Error('There is no plan.')
  const options = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }
  const { table } = await readData(join(folder, 'all.parquet'), options)
  const path = join(folder, 'all.features.ts')
  const { exports } = createLoader().load(path, { readText: () => featureFile(), library, timeoutMs: 5000 })
  const own = (name: string) => exports[name] as FeatureFunction
  const run = (plan: Plan, functionOf: (name: string) => FeatureFunction): Cells => {
    const result = executeModel(plan, analysed.features, table, { functionOf, now: () => 0 })
    expect(result.report.features.flatMap(({ error }) => error ?? [])).toEqual([])
    return new Map(
      [...result.rows.columns, ...(result.groups?.columns ?? [])].map(([name, data]) => [name, cellsOf(data)]),
    )
  }
  called = run(plan, own)
  generated = run(plan, (name) => printed(analysed.features.get(name)) ?? own(name))
  database = await askDatabase(join(folder, 'all.parquet'))
})

function featureFile(): string {
  const names = Object.keys(library).filter((name) => name !== 'feature' && name !== 'row')
  const features = rowOperations.map(
    ({ body }, at) => `export const ${rowName(at)} = (${inputsOf(body)}) => ${body} //#row`,
  )
  const groups = groupOperations.flatMap(({ body }, at) => [
    `export const ${groupName(at)} = (${inputsOf(body)}) => ${body} //#agg`,
    `export const whole_${groupName(at)} = (${inputsOf(body)}) => { for (;;) return ${body} } //#agg`,
  ])
  const windows = windowOperations.map(
    ({ body }, at) => `export const ${windowName(at)} = (${inputsOf(body)}) => ${body}`,
  )
  const ordered = orderedOperations.map(
    ({ body }, at) => `export const ${orderedName(at)} = (${inputsOf(body)}) => ${body}`,
  )
  return `import { ${names.join(', ')} } from 'modeldriver'\n${[...features, ...groups, ...windows, ...ordered].join('\n')}\n`
}

/** The function that a feature's expression says, where its body is one. */
function printed(feature: Feature | undefined): FeatureFunction | undefined {
  if (feature?.body.kind !== 'expression') return undefined
  const names = feature.inputs.map(({ name }) => name)
  const text = printExpression(feature.body.expression, (name) => name)
  return new Function('lib', `return (${names}) => ${text}`)(printedLibrary) as FeatureFunction
}

async function askDatabase(path: string): Promise<Cells> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    await connection.run(`SET TimeZone = 'UTC'`)
    await connection.run(`CREATE TABLE whole AS SELECT r, k, ${['x', 'y', 'v', 'w', 'i'].map((name) => `${name}::DOUBLE AS ${name}`)},
      t, u, b, c, d::TIMESTAMP AS d, e::TIMESTAMP AS e FROM read_parquet('${path.replaceAll("'", "''")}')`)
    await connection.run(`CREATE TABLE placed AS SELECT *, row_number() OVER own - 1 AS p, lag(v, 1) OVER own AS lag_v, lead(v, 2) OVER own AS lead_v,
      avg(v) OVER three AS rolling_mean, CASE WHEN count(v) OVER four = 4 THEN stddev_samp(v) OVER four END AS rolling_std
      FROM whole WINDOW own AS (PARTITION BY k ORDER BY r),
      three AS (PARTITION BY k ORDER BY r ROWS BETWEEN 2 PRECEDING AND CURRENT ROW),
      four AS (PARTITION BY k ORDER BY r ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)`)
    for (const macro of macros) await connection.run(macro)
    const perRow = rowOperations.map((operation, at) => `${strict(operation)} AS ${rowName(at)}`)
    const perGroup = groupOperations.map(({ sql }, at) => `${sql} AS ${groupName(at)}`)
    const perPlace = windowOperations.map(
      ({ sql }, at) => `CASE WHEN k IS NOT NULL THEN ${sql} END AS ${windowName(at)}`,
    )
    const inOrder = orderedOperations.map(({ sql }, at) => `${sql} AS ${orderedName(at)}`)
    const ask = async (query: string) =>
      Object.entries((await connection.runAndReadAll(query)).getColumnsObject()).map(
        ([name, cells]) => [name, cells.map(plain)] as const,
      )
    return new Map([
      ...(await ask(`SELECT ${perRow.join(',\n')} FROM whole ORDER BY r`)),
      ...(await ask(
        `SELECT ${perPlace.join(',\n')} FROM whole WINDOW own AS (PARTITION BY k ORDER BY r) ORDER BY whole.r`,
      )),
      ...(await ask(
        `SELECT ${inOrder.join(',\n')} FROM whole WHERE k IS NOT NULL GROUP BY k WINDOW keys AS (ORDER BY k) ORDER BY min(r)`,
      )),
      ...(await ask(`SELECT ${perGroup.join(',\n')} FROM placed WHERE k IS NOT NULL GROUP BY k ORDER BY min(r)`)),
    ])
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** A feature is not called where an input is missing, unless it says that it wants to know. */
function strict({ body, sql, accepts = '' }: Operation): string {
  const needed = inputsOf(body).filter((name) => !accepts.split(' ').includes(name))
  return needed.length === 0
    ? sql
    : `CASE WHEN ${needed.map((name) => `${name} IS NOT NULL`).join(' AND ')} THEN ${sql} END`
}

const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time))

const cellsOf = (column: ColumnData): readonly Value[] =>
  Array.from({ length: column.type === 'string' ? column.codes.length : column.values.length }, (_, at) =>
    cell(column, at),
  )

const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= 1e-9 * Math.max(1e-300, Math.abs(a), Math.abs(b))
    : a === b

function check(
  name: string,
  other: string,
  one: Cells,
  two: Cells,
  inputs: readonly string[],
  differs?: Difference<Row>,
) {
  const [left, right] = [one.get(name) ?? [], two.get(other) ?? []]
  expect(left.length).toBe(right.length)
  expect(left.some((value) => value !== null)).toBe(true)
  const unequal = left.flatMap((value, at) => (isSame(value, right[at]) ? [] : [at]))
  const wrong = unequal.filter((at) => !differs?.where(rows[at] as Row))
  const shown = wrong.map((at) => ({
    got: left[at],
    other: right[at],
    ...(left.length === rows.length && pick(rows[at] as Row, inputs)),
  }))
  expect(shown.slice(0, 5)).toEqual([])
  if (differs) expect(unequal.length).toBeGreaterThan(0)
}

const pick = (each: Row, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, each[name as keyof Row]]))

describe.each(rowOperations.map((operation, at) => ({ ...operation, name: rowName(at) })))(
  '$body',
  ({ body, name, differs }) => {
    test('called and generated', () => check(name, name, called, generated, inputsOf(body)))
    test('called and DuckDB', () => check(name, name, called, database, inputsOf(body), differs))
  },
)

describe.each(groupOperations.map(({ body }, at) => [body, groupName(at)]))('%s', (body, name) => {
  test('as it is, and over the whole column', () => check(name, `whole_${name}`, called, called, inputsOf(body)))
  test('as it is, and generated', () => check(name, name, called, generated, inputsOf(body)))
  test('as it is, and DuckDB', () => check(name, name, called, database, inputsOf(body)))
})

describe.each([
  ...windowOperations.map(({ body }, at) => [body, windowName(at)] as const),
  ...orderedOperations.map(({ body }, at) => [body, orderedName(at)] as const),
])('%s', (body, name) => {
  test('as it is, and DuckDB', () => check(name, name, called, database, inputsOf(body)))
})
