import { DuckDBInstance } from '@duckdb/node-api'
import { statements } from './duckdb.ts'

// DuckDB from a CSV file to FOLDER/rows.csv and groups.csv: cold CSV FOLDER. With all processors, as it comes.
async function cold(path: string, folder: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`CREATE VIEW input AS FROM read_csv('${path}')`)
  for (const sql of statements) await connection.run(sql)
  await connection.run(`COPY rows_out TO '${folder}/rows.csv'`)
  await connection.run(`COPY groups_out TO '${folder}/groups.csv'`)
  connection.closeSync()
}

const [path = '', folder = ''] = process.argv.slice(2)
void cold(path, folder)
