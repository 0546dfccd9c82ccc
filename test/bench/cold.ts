import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Absent } from './contestants.ts'
import { columns, type Data, groupFeatures, rowFeatures } from './data.ts'
import { plainNumpy, pythonVersions, pythonWith } from './python.ts'

/** A program from a CSV file to the files `rows.csv` and `groups.csv` of its folder. */
interface Program {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, undefined>>
  /** What it calls its files. */
  readonly files?: Readonly<Record<'rows' | 'groups', string>>
}

export interface ColdTimes {
  readonly name: string
  readonly times: readonly number[]
}

export interface ColdResult {
  readonly rows: number
  readonly programs: readonly ColdTimes[]
  readonly absent: readonly Absent[]
  readonly versions: readonly string[]
  /** The sample pipeline, three models over 20 000 rows, from the start of the process to the printed heads. */
  readonly retail: readonly number[]
}

/** Whole processes from the CSV file to the written files, in turn; the first round is compared and not counted. */
export async function coldBench(folder: string, data: Data, repeats: number): Promise<ColdResult> {
  const csv = join(folder, 'sales.csv')
  writeCsv(csv, data)
  copyFileSync('test/bench/sales.features.ts', join(folder, 'sales.features.ts'))
  const { programs, absent } = programsOf(folder, csv)
  for (const program of programs) timeOf(program, folder)
  for (const other of programs.slice(1)) await mustAgree(folder, programs[0] as Program, other)
  const times = programs.map((): number[] => [])
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [i, program] of programs.entries()) times[i]?.push(timeOf(program, folder))
  }
  const retail = Array.from({ length: repeats + 1 }, () => timed([...modeldriver, 'samples/retail'])).slice(1)
  const raced = programs.map(({ name }, i) => ({ name, times: times[i] ?? [] }))
  return { rows: data.pin.length, programs: raced, absent, versions: await versions(), retail }
}

async function versions(): Promise<readonly string[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const [row] = (await connection.runAndReadAll('SELECT version()')).getRows()
  return [`DuckDB ${row?.[0]}`, ...pythonVersions()]
}

const modeldriver = [process.execPath, 'runner/bin/modeldriver.mjs', 'run']

function programsOf(folder: string, csv: string): { programs: readonly Program[]; absent: readonly Absent[] } {
  const outOf = (name: string): string => join(folder, name)
  const script = (name: string, library: string, way: string): readonly Program[] => {
    const python = pythonWith(library)
    return python
      ? [{ name, command: [python, 'test/bench/peers/sales.py', csv, way, outOf(name)], env: plainNumpy }]
      : []
  }
  const ours = 'ModelDriver'
  const duckdb = 'DuckDB'
  const found = [
    {
      name: ours,
      command: [...modeldriver, join(folder, 'sales.features.ts'), '--out', outOf(ours)],
      files: { rows: 'sales.rows.csv', groups: 'sales.groups.csv' },
    },
    { name: duckdb, command: [process.execPath, 'dist-test/bench-cold.mjs', csv, outOf(duckdb)] },
    ...script('Polars', 'polars', 'polars'),
    ...script('pandas', 'pandas', 'pandas-idiomatic'),
    ...script('pandas and pyarrow, tuned by hand', 'pandas, pyarrow', 'pandas-tuned'),
  ]
  const absent = ['Polars', 'pandas'].filter((name) => !found.some((program) => program.name === name))
  return {
    programs: found,
    absent: absent.map((name) => ({ name, why: '`npm run bench -- --install-peers` gets it' })),
  }
}

/** Milliseconds from its start to its end. */
function timeOf({ name, command, env, files }: Program, folder: string): number {
  const out = join(folder, name)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out)
  const ms = timed(command, env)
  for (const [table, file] of Object.entries(files ?? {})) renameSync(join(out, file), join(out, `${table}.csv`))
  return ms
}

function timed([program = '', ...options]: readonly string[], env?: Program['env']): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(program, options, { env: { ...process.env, ...env }, encoding: 'utf8' })
  const ms = performance.now() - start
  if (status !== 0) throw new Error(`${program} ${options.join(' ')} failed (${status}):\n${stderr}`)
  return ms
}

function writeCsv(path: string, data: Data): void {
  const cents = (value: number): string => value.toFixed(2)
  const lines = [columns.join(',')]
  for (let i = 0; i < data.pin.length; i++) {
    const [revenue, cost] = [data.revenue[i] as number, data.cost[i] as number]
    lines.push(`${data.pin[i]},${cents(revenue)},${cents(cost)},${data.quantity[i]}`)
  }
  writeFileSync(path, `${lines.join('\n')}\n`)
}

/** Every cell of the written files, to 1e-9; rows in any order, since DuckDB's are. */
async function mustAgree(folder: string, ours: Program, other: Program): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  for (const [table, keys, features] of [
    ['rows', columns, rowFeatures],
    ['groups', ['pin'], groupFeatures],
  ] as const) {
    const all = [...keys, ...features]
    const of = ({ name }: Program): string => {
      const file = join(folder, name, `${table}.csv`)
      if (!existsSync(file)) throw new Error(`${name} has written no ${table}`)
      return `SELECT row_number() OVER (ORDER BY ${keys}) AS place, ${all.map((column) => `coalesce(${column}::DOUBLE, 'NaN') AS ${column}`)}
              FROM read_csv('${file}', nullstr = ['', 'null'])`
    }
    const differs = all.map(
      (column) => `abs(a.${column} - b.${column}) > 1e-9 * greatest(1, abs(a.${column}), abs(b.${column}))
                   OR isnan(a.${column}) <> isnan(b.${column})`,
    )
    const sql = `SELECT count(*) FROM (${of(ours)}) a FULL JOIN (${of(other)}) b USING (place)
                 WHERE coalesce(${differs.join(' OR ')}, true)`
    const wrong = Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0])
    if (wrong > 0) throw new Error(`${wrong} ${table} of ${ours.name} and ${other.name} differ`)
  }
  connection.closeSync()
}
