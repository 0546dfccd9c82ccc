import { readFileSync } from 'node:fs'
import { DuckDBDateValue, DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api'
import type { Value } from '@modeldriver/engine'

/** Columns by name, missing as null, dates as epoch milliseconds. */
export type Columns = ReadonlyMap<string, readonly Value[]>

/** Tables of an SQL script over a data file, by name, each in the order of its first column. */
export async function askDuckDb(
  script: string,
  data: string,
  tables: readonly string[],
): Promise<Map<string, Columns>> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    await connection.run(`SET VARIABLE data = '${data.replaceAll("'", "''")}'`)
    await connection.run(readFileSync(script, 'utf8'))
    const results = new Map<string, Columns>()
    for (const table of tables) {
      const columns = (await connection.runAndReadAll(`FROM ${table} ORDER BY 1`)).getColumnsObject()
      results.set(table, new Map(Object.entries(columns).map(([name, cells]) => [name, cells.map(plain)])))
    }
    return results
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function plain(cell: unknown): Value {
  if (cell === null || typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean') return cell
  if (typeof cell === 'bigint') return Number(cell)
  if (cell instanceof DuckDBDateValue) return cell.days * 86_400_000
  if (cell instanceof DuckDBTimestampValue) return Number(cell.micros) / 1000
  throw new TypeError(`The script gives a value of an unexpected type: ${String(cell)}.`)
}
