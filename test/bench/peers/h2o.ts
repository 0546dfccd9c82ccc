import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { DuckDBInstance, version } from '@duckdb/node-api'
import { bufferPool, type ComputeHost, cell, executeModel, type FeatureFunction, type Table } from '@modeldriver/engine'
import * as library from '@modeldriver/engine/functions'
import { createLoader } from '../../../runner/src/load/modules.ts'
import { runProject } from '../../../runner/src/run.ts'
import { writeColumn } from '../data.ts'
import { questions } from '../h2o.ts'
import { read } from './duckdb.ts'

// The process of a contestant at H2O.ai's questions: h2o CSV ours|duckdb. The commands are those of peer.ts.

interface Answerer {
  readonly version: string
  readonly run: (question: string) => Promise<void> | void
  /** The last answer to a question, columns by name; of text keys their number. */
  readonly answer: (question: string) => Promise<Readonly<Record<string, Float64Array>>>
}

async function ours(csv: string): Promise<Answerer> {
  const folder = `${resolve('samples/benchmarks/h2o').replaceAll('\\', '/')}/`
  const { models, problems } = await runProject({ project: `${folder}modeldriver.json`, input: csv })
  const table = models[0]?.result.rows
  if (!table || problems.length > 0) throw new Error(`cannot run: ${JSON.stringify(problems)}`)
  const loader = createLoader()
  const options = { readText: (path: string) => readFileSync(path, 'utf8'), library, timeoutMs: 10_000 }
  const computations = new Map(
    models.map(({ plan, analysed }) => {
      const path = `${folder}${plan.model}.features.ts`
      const functions = new Map(Object.entries(loader.load(path, options).exports) as [string, FeatureFunction][])
      const buffers = bufferPool()
      const host: ComputeHost = {
        functionOf: (feature) => functions.get(feature) as FeatureFunction,
        now: () => performance.now(),
        buffers,
      }
      return [plan.model, { compute: () => executeModel(plan, analysed.features, table, host), buffers }]
    }),
  )
  const last = new Map<string, ReturnType<typeof executeModel>>()
  return {
    version: '',
    run: (question) => {
      const own = computations.get(question)
      const before = last.get(question)
      if (before) own?.buffers.recycle(before)
      if (own) last.set(question, own.compute())
    },
    answer: async (question) => numbersOf(last.get(question)?.groups, question),
  }
}

function numbersOf(groups: Table | undefined, question: string): Record<string, Float64Array> {
  const { keys = [], columns = [] } = questions[question] ?? {}
  return Object.fromEntries(
    [...keys, ...columns].map((name) => {
      const column = groups?.columns.get(name)
      if (!groups || !column) throw new Error(`${question} has no ${name}`)
      const number = (i: number): number => {
        const value = cell(column, i)
        return typeof value === 'string' ? Number(value.slice(2)) : Number(value ?? Number.NaN)
      }
      return [name, Float64Array.from({ length: groups.length }, (_, i) => number(i))]
    }),
  )
}

async function duckdb(csv: string): Promise<Answerer> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`CREATE TABLE raw AS FROM read_csv('${csv}')`)
  const ids = ['id1', 'id2', 'id3']
  for (const id of ids) await connection.run(`CREATE TYPE ${id}_text AS ENUM (SELECT DISTINCT ${id} FROM raw)`)
  await connection.run(`CREATE TABLE x AS SELECT * REPLACE (${ids.map((id) => `${id}::${id}_text AS ${id}`)}) FROM raw`)
  await connection.run('DROP TABLE raw')
  return {
    version: `DuckDB ${version()}`,
    run: async (question) => {
      await connection.run(`CREATE OR REPLACE TABLE ${question} AS ${sql[question]}`)
    },
    answer: async (question) => {
      const { keys = [], columns = [] } = questions[question] ?? {}
      const numbers = [
        ...keys.map((key) =>
          ids.includes(key) ? `substr(${key}::VARCHAR, 3)::DOUBLE AS ${key}` : `${key}::DOUBLE AS ${key}`,
        ),
        ...columns.map((column) => `${column}::DOUBLE AS ${column}`),
      ]
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${question}`)
      return await read(connection, `SELECT ${numbers} FROM ${question}`, Number(counted.getRows()[0]?.[0]))
    },
  }
}

const sql: Readonly<Record<string, string>> = {
  q1: 'SELECT id1, sum(v1) AS v1_sum FROM x GROUP BY id1',
  q2: 'SELECT id1, id2, sum(v1) AS v1_sum FROM x GROUP BY id1, id2',
  q3: 'SELECT id3, sum(v1) AS v1_sum, avg(v3) AS v3_mean FROM x GROUP BY id3',
  q4: 'SELECT id4, avg(v1) AS v1_mean, avg(v2) AS v2_mean, avg(v3) AS v3_mean FROM x GROUP BY id4',
  q5: 'SELECT id6, sum(v1) AS v1_sum, sum(v2) AS v2_sum, sum(v3) AS v3_sum FROM x GROUP BY id6',
  q7: 'SELECT id3, max(v1) - min(v2) AS range_v1_v2 FROM x GROUP BY id3',
  q8: `SELECT id6, largest[1] AS largest_v3, largest[2] AS second_v3
       FROM (SELECT id6, max(v3, 2) AS largest FROM x GROUP BY id6)`,
  q9: 'SELECT id2, id4, corr(v1, v2) ** 2 AS r2 FROM x GROUP BY id2, id4',
}

async function serve(csv: string, name: string): Promise<void> {
  const contestant = await (name === 'ours' ? ours(csv) : duckdb(csv))
  globalThis.gc?.()
  say({ version: contestant.version })
  const commands = createInterface(process.stdin)
  commands.on('line', async (command) => {
    const [what, argument = ''] = command.split(/ (.*)/s)
    if (what === 'run') {
      const start = performance.now()
      await contestant.run(argument)
      say({ ms: performance.now() - start })
    } else {
      for (const question of Object.keys(questions)) {
        for (const [column, values] of Object.entries(await contestant.answer(question)))
          writeColumn(argument, `${question}.${column}`, values)
      }
      say({})
    }
  })
  await once(commands, 'close')
  process.exit()
}

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const [csv = '', name = ''] = process.argv.slice(2)
void serve(csv, name)
