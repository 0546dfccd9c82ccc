import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, version } from '@duckdb/node-api'
import { type Data, groupFeatures, rowFeatures } from '../data.ts'
import type { Contestant } from './contestant.ts'

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
  await connection.run('DROP TABLE data')
  return {
    version: `DuckDB ${version()}`,
    run: async () => {
      for (const table of ['first', 'totals', 'rows_out', 'groups_out'])
        await connection.run(`DROP TABLE IF EXISTS ${table}`)
      for (const sql of statements) await connection.run(sql)
    },
    results: async () => ({
      rows: await read(connection, `SELECT ${rowFeatures} FROM rows_out ORDER BY place`, data.pin.length),
      groups: await read(
        connection,
        `SELECT pin::DOUBLE AS pin, ${groupFeatures} FROM groups_out`,
        await count(connection, 'groups_out'),
      ),
    }),
  }
}

async function count(connection: DuckDBConnection, table: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${table}`)
  return Number(reader.getRows()[0]?.[0])
}

/** Columns of doubles, chunk by chunk: ten million rows as JavaScript values at once would not fit. */
export async function read(
  connection: DuckDBConnection,
  sql: string,
  length: number,
): Promise<Record<string, Float64Array>> {
  const result = await connection.stream(sql)
  const names = result.columnNames()
  const columns = names.map(() => new Float64Array(length).fill(Number.NaN))
  let from = 0
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [at, values] of columns.entries()) {
      const vector = chunk.getColumnVector(at)
      for (let i = 0; i < chunk.rowCount; i++) {
        const value = vector.getItem(i)
        if (value !== null) values[from + i] = Number(value)
      }
    }
    from += chunk.rowCount
  }
  if (from !== length) throw new Error(`${from} rows instead of ${length}`)
  return Object.fromEntries(names.map((name, at) => [name, columns[at] as Float64Array]))
}

/** From `input` to `rows_out` and `groups_out`. */
export const statements = [
  `CREATE TABLE first AS
     SELECT *, sqrt(quantity) * margin_pct + 1 AS score
     FROM (SELECT *, margin / revenue * 100 AS margin_pct
           FROM (SELECT *, revenue - cost AS margin, revenue / quantity AS unit_price,
                        CASE WHEN revenue > 500 AND quantity > 10 THEN 1.0 ELSE 0.0 END::DOUBLE AS is_large FROM input))`,
  `CREATE TABLE totals AS
     SELECT pin, sum(revenue) AS total_revenue, avg(margin) AS mean_margin, max(unit_price) AS max_unit_price,
            stddev_samp(score) AS std_score, sum(is_large) AS large_count
     FROM first GROUP BY pin`,
  `CREATE TABLE rows_out AS
     SELECT first.*, revenue / total_revenue AS revenue_share, margin - mean_margin AS margin_excess
     FROM first LEFT JOIN totals USING (pin)`,
  `CREATE TABLE groups_out AS
     SELECT totals.*, max_share
     FROM totals LEFT JOIN (SELECT pin, max(revenue_share) AS max_share FROM rows_out GROUP BY pin) USING (pin)`,
]
