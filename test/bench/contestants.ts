import { DOUBLE, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import {
  analyse,
  bufferPool,
  type ComputeHost,
  executeModel,
  type Feature,
  type FeatureFunction,
  type FileSystem,
  openProject,
  type Plan,
  planModel,
  type Table,
  typeScriptReader,
} from '@modeldriver/engine'
import { table as arqueroTable, op } from 'arquero'
import * as functions from './sales.features.ts'

/** The numbers a contestant computed, for comparing: columns by name, groups in order of `pin`. */
export interface Results {
  readonly rows: Readonly<Record<string, Float64Array>>
  readonly groups: Readonly<Record<string, Float64Array>>
}

export interface Contestant {
  readonly name: string
  /** One whole computation, key hashing included. */
  readonly run: () => Promise<void> | void
  /** What the last run computed. */
  readonly results: () => Promise<Results> | Results
  readonly close?: () => void
}

export type Data = Readonly<Record<'pin' | 'revenue' | 'cost' | 'quantity', Float64Array>>

export const rowFeatures = [
  'margin',
  'margin_pct',
  'unit_price',
  'is_large',
  'score',
  'revenue_share',
  'margin_excess',
] as const
export const groupFeatures = [
  'total_revenue',
  'mean_margin',
  'max_unit_price',
  'std_score',
  'large_count',
  'max_share',
] as const

/** Rows with a random whole-number key of `rows / 10` values; the same on every run. */
export function makeData(rows: number): Data {
  let state = 42
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const column = (value: () => number): Float64Array => Float64Array.from({ length: rows }, value)
  const groups = Math.max(1, Math.floor(rows / 10))
  return {
    pin: column(() => Math.floor(random() * groups)),
    revenue: column(() => 1 + random() * 999),
    cost: column(() => 1 + random() * 600),
    quantity: column(() => 1 + Math.floor(random() * 20)),
  }
}

const functionsByName: ReadonlyMap<string, FeatureFunction> = new Map(Object.entries(functions))

/** Our engine; `opaque` hides the meaning of the bodies, so that every group feature is called with columns. */
export function engine(name: string, data: Data, featureText: string, meaning: 'known' | 'opaque'): Contestant {
  const table: Table = {
    length: data.pin.length,
    columns: new Map(Object.entries(data).map(([column, values]) => [column, { type: 'number', values }])),
  }
  const { plan, features } = planOf(featureText)
  const opaque = new Map(
    [...features].map(([feature, own]): [string, Feature] => [
      feature,
      { ...own, body: { kind: 'opaque', reason: 'hidden' } },
    ]),
  )
  const buffers = bufferPool()
  const host: ComputeHost = {
    functionOf: (feature) => functionsByName.get(feature) as FeatureFunction,
    now: () => performance.now(),
    buffers,
  }
  let last: ReturnType<typeof executeModel> | undefined
  return {
    name,
    run: () => {
      // As a re-run in the editor does: the result before is dropped first.
      if (last) buffers.recycle(last)
      last = executeModel(plan, meaning === 'known' ? features : opaque, table, host)
    },
    results: () => {
      const failed = last?.report.features.filter((feature) => feature.error)
      if (!last?.groups || failed?.length) throw new Error(`${name} failed: ${JSON.stringify(failed)}`)
      return {
        rows: numbersOf(last.rows, rowFeatures),
        groups: sortedByPin(numbersOf(last.groups, ['pin', ...groupFeatures])),
      }
    },
  }
}

function planOf(featureText: string): { plan: Plan; features: ReadonlyMap<string, Feature> } {
  const files: Readonly<Record<string, string>> = {
    '/bench/sales.features.ts': featureText,
    '/bench/sales.csv': 'pin,revenue,cost,quantity\n',
  }
  const fs: FileSystem = {
    readText: (path) => files[path],
    list: (folder) => (folder === '/bench' ? ['sales.csv', 'sales.features.ts'] : []),
    readHeader: () => ({
      kind: 'header',
      columns: ['pin', 'revenue', 'cost', 'quantity'].map((column) => ({ name: column, type: 'number', samples: [] })),
    }),
  }
  const analysis = analyse(openProject('/bench/sales.features.ts', fs, typeScriptReader()))
  const [model] = analysis.models
  const plan = model && planModel(model).value
  if (!plan || analysis.problems.length > 0) throw new Error(`No plan: ${JSON.stringify(analysis.problems)}`)
  return { plan, features: model.features }
}

export function arquero(data: Data): Contestant {
  const source = arqueroTable({ ...data })
  let rows = source
  let groups = source
  return {
    name: 'Arquero',
    run: () => {
      const first = source
        .derive({
          margin: (d: Row) => d.revenue - d.cost,
          unit_price: (d: Row) => d.revenue / d.quantity,
          is_large: (d: Row) => (d.revenue > 500 && d.quantity > 10 ? 1 : 0),
        })
        .derive({ margin_pct: (d: Row) => (d.margin / d.revenue) * 100 })
        .derive({ score: (d: Row) => op.sqrt(d.quantity) * d.margin_pct + 1 })
      const totals = first.groupby('pin').rollup({
        total_revenue: (d: Row) => op.sum(d.revenue),
        mean_margin: (d: Row) => op.mean(d.margin),
        max_unit_price: (d: Row) => op.max(d.unit_price),
        std_score: (d: Row) => op.stdev(d.score),
        large_count: (d: Row) => op.sum(d.is_large),
      })
      rows = first.join_left(totals, 'pin').derive({
        revenue_share: (d: Row) => d.revenue / d.total_revenue,
        margin_excess: (d: Row) => d.margin - d.mean_margin,
      })
      groups = totals.join_left(rows.groupby('pin').rollup({ max_share: (d: Row) => op.max(d.revenue_share) }), 'pin')
    },
    results: () => {
      const numbers = (from: typeof source, names: readonly string[]) =>
        Object.fromEntries(names.map((column) => [column, Float64Array.from(from.array(column) as ArrayLike<number>)]))
      return { rows: numbers(rows, rowFeatures), groups: sortedByPin(numbers(groups, ['pin', ...groupFeatures])) }
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: Arquero reads the text of these functions; their values have no types
type Row = any

export async function duckdb(data: Data, threads: number): Promise<Contestant> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
  const connection = await instance.connect()
  await connection.run('CREATE TABLE data (place DOUBLE, pin DOUBLE, revenue DOUBLE, cost DOUBLE, quantity DOUBLE)')
  const appender = await connection.createAppender('data')
  const columns = [Float64Array.from(data.pin.keys()), data.pin, data.revenue, data.cost, data.quantity]
  for (let from = 0; from < data.pin.length; from += 2048) {
    const chunk = DuckDBDataChunk.create(columns.map(() => DOUBLE))
    chunk.setColumns(columns.map((values) => Array.from(values.subarray(from, from + 2048))))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  await connection.run('CREATE TABLE input AS SELECT place, pin::BIGINT AS pin, revenue, cost, quantity FROM data')
  const read = async (sql: string, names: readonly string[]): Promise<Record<string, Float64Array>> => {
    const reader = await connection.runAndReadAll(sql)
    const values = reader.getColumnsObject()
    return Object.fromEntries(
      names.map((column) => [
        column,
        Float64Array.from(values[column] ?? [], (value) => (value === null ? Number.NaN : Number(value))),
      ]),
    )
  }
  return {
    name: `DuckDB, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    run: async () => {
      for (const sql of statements) await connection.run(sql)
    },
    results: async () => ({
      rows: await read(`SELECT ${rowFeatures} FROM rows_out ORDER BY place`, rowFeatures),
      groups: sortedByPin(await read('SELECT * FROM groups_out', ['pin', ...groupFeatures])),
    }),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const statements = [
  `CREATE OR REPLACE TABLE first AS
     SELECT *, sqrt(quantity) * margin_pct + 1 AS score
     FROM (SELECT *, margin / revenue * 100 AS margin_pct
           FROM (SELECT *, revenue - cost AS margin, revenue / quantity AS unit_price,
                        CASE WHEN revenue > 500 AND quantity > 10 THEN 1.0 ELSE 0.0 END::DOUBLE AS is_large FROM input))`,
  `CREATE OR REPLACE TABLE totals AS
     SELECT pin, sum(revenue) AS total_revenue, avg(margin) AS mean_margin, max(unit_price) AS max_unit_price,
            stddev_samp(score) AS std_score, sum(is_large) AS large_count
     FROM first GROUP BY pin`,
  `CREATE OR REPLACE TABLE rows_out AS
     SELECT first.*, revenue / total_revenue AS revenue_share, margin - mean_margin AS margin_excess
     FROM first LEFT JOIN totals USING (pin)`,
  `CREATE OR REPLACE TABLE groups_out AS
     SELECT totals.*, max_share
     FROM totals LEFT JOIN (SELECT pin, max(revenue_share) AS max_share FROM rows_out GROUP BY pin) USING (pin)`,
]

function numbersOf(table: Table, names: readonly string[]): Record<string, Float64Array> {
  return Object.fromEntries(
    names.map((name) => {
      const column = table.columns.get(name)
      if (!column || column.type === 'string' || column.type === 'boolean') throw new Error(`no numbers in '${name}'`)
      return [name, column.values]
    }),
  )
}

function sortedByPin(groups: Record<string, Float64Array>): Record<string, Float64Array> {
  const pins = groups.pin ?? new Float64Array()
  const order = Array.from(pins.keys()).sort((a, b) => (pins[a] ?? 0) - (pins[b] ?? 0))
  return Object.fromEntries(
    Object.entries(groups).map(([name, values]) => [name, Float64Array.from(order, (i) => values[i] ?? Number.NaN)]),
  )
}
