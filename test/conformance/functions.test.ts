import { readFileSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Column, type ColumnData, columnOf } from '@modeldriver/engine'
import * as library from '@modeldriver/engine/functions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ColumnOperation, columnOperations, type Kind, probes } from './aggregates.ts'
import { callDifferences, columnDifferences, noKey, type Other, rowDifferences } from './differences.ts'
import { plain } from './duckdb.ts'
import { groupOperations, orderedOperations, rowOperations, windowOperations } from './operations.ts'
import { singleDifferences, stops } from './singles.ts'

/**
 * Every member of columns and every function of the library beside numpy and pandas, whose answers `oracle.py` wrote down, and DuckDB.
 */

type Answers = Readonly<Record<string, unknown>>
interface OracleColumn {
  readonly name: string
  readonly kind: Kind
  readonly values: readonly (number | string | boolean | null)[]
  readonly pandas: Answers
  readonly numpy: Answers
  readonly bare: Answers
}

interface OracleCall extends Answers {
  readonly function: keyof typeof library
  readonly inputs: readonly unknown[]
}

const oracle: {
  readonly columns: readonly OracleColumn[]
  readonly scalars: readonly OracleCall[]
  readonly singles: readonly unknown[]
} = JSON.parse(readFileSync(new URL('./oracle.json', import.meta.url), 'utf8'))

let instance: DuckDBInstance
let connection: DuckDBConnection
beforeAll(async () => {
  instance = await DuckDBInstance.create()
  connection = await instance.connect()
  await connection.run(`SET TimeZone = 'UTC'`)
})
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

describe.each(oracle.columns)('$name', (column) => {
  const operations = columnOperations.filter(({ kinds }) => kinds.includes(column.kind))
  const ours = new Map(operations.map((operation) => [operation, answerOf(operation, column)]))

  test.each(['pandas', 'numpy', 'bare'] as const)('as %s', (who) => {
    const found = operations.flatMap((operation) => {
      const theirs = column[who][operation.name]
      return theirs === undefined ? [] : compare(operation, who, column, ours.get(operation), theirs)
    })
    expect(found).toEqual([])
  })

  test('as DuckDB', async () => {
    await fill(column)
    const found: unknown[] = []
    for (const operation of operations) {
      if (operation.sql === undefined) continue
      const answers = await ask(operation.sql)
      const own = ours.get(operation)
      found.push(...compare(operation, 'DuckDB', column, own, Array.isArray(own) ? answers : answers[0]))
    }
    expect(found).toEqual([])
  })
})

/** What differs and should not. */
function compare(operation: ColumnOperation, who: Other, column: OracleColumn, ours: unknown, theirs: unknown) {
  const scale = Math.max(0, ...column.values.map((value) => (typeof value === 'number' ? Math.abs(value) : 0)))
  if (isSame(ours, theirs, scale)) return []
  const known = columnDifferences.filter(
    (each) => each.who.includes(who) && each.of.includes(operation.name) && each.where(column.values, ours, theirs),
  )
  for (const { says } of known) seen.add(says)
  return known.length > 0 ? [] : [`${operation.name}: ${said(ours, theirs)} here, ${said(theirs, ours)} there`]
}

const seen = new Set<string>()

/** A value; of a list its first element that is another one. */
function said(value: unknown, other: unknown): string {
  if (!Array.isArray(value) || !Array.isArray(other) || value.length !== other.length) return JSON.stringify(value)
  const at = value.findIndex((each, i) => each !== other[i])
  return `[${at}] ${JSON.stringify(value[at])}`
}

/** The answers of DuckDB; an error is one too. */
async function ask(sql: string): Promise<readonly unknown[]> {
  try {
    return (await connection.runAndReadAll(sql)).getColumnsObject().answer?.map(plain) ?? []
  } catch (error) {
    return [`an error: ${error instanceof Error ? error.message : ''}`]
  }
}

function answerOf({ ours }: ColumnOperation, { kind, values }: OracleColumn): unknown {
  const probe = kind === 'date' ? new Date(probes.date) : probes[kind]
  return own(ours(Column.ofData(dataOf(kind, values)) as never, probe as never))
}

function dataOf(kind: Kind, values: OracleColumn['values']): ColumnData {
  if (kind === 'text' || (kind === 'boolean' && values.some((value) => value !== null))) {
    const data = columnOf(values)
    return data.type === 'number'
      ? { type: 'string', codes: new Int32Array(values.length).fill(-1), dictionary: [] }
      : data
  }
  if (kind === 'boolean') return { type: 'boolean', values: new Uint8Array(values.length).fill(2) }
  return {
    type: kind === 'date' ? 'datetime' : 'number',
    values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
  }
}

/** Our answer as JSON has it. */
function own(value: unknown): unknown {
  if (value instanceof Column || Array.isArray(value)) return [...value].map(own)
  if (library.isMissing(value)) return null
  return value instanceof Date ? value.getTime() : value
}

function isSame(a: unknown, b: unknown, scale: number): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => isSame(each, b[at], scale))
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) || Math.abs(a - b) <= 1e-12 * scale
  return a === b
}

async function fill({ kind, values }: OracleColumn) {
  const type = { number: 'DOUBLE', text: 'VARCHAR', boolean: 'BOOLEAN', date: 'TIMESTAMP' }[kind]
  const literal = (value: OracleColumn['values'][number]): string => {
    if (value === null) return 'NULL'
    if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
    return kind === 'date' ? `epoch_ms(${value})` : `${Object.is(value, -0) ? '-0.0' : value}`
  }
  await connection.run(`CREATE OR REPLACE TABLE t (p INTEGER, x ${type})`)
  if (values.length > 0)
    await connection.run(
      `INSERT INTO t VALUES ${values.map((value, p) => `(${p}, ${literal(value)}::${type})`).join(', ')}`,
    )
  await connection.run(`CREATE OR REPLACE MACRO probe() AS ${literal(probes[kind])}::${type}`)
  await connection.run(`CREATE OR REPLACE MACRO amount(x) AS ${kind === 'date' ? 'epoch_ms(x)' : 'x'}`)
}

describe('functions', () => {
  const names = [...new Set(oracle.scalars.map((call) => call.function))]
  test.each(names)('%s', (name) => {
    for (const { function: called, inputs, ...theirs } of oracle.scalars) {
      if (called !== name) continue
      const own = ofCall(name, inputs)
      for (const [who, answer] of Object.entries(theirs)) {
        if (isSame(own, answer, 0)) continue
        const known = callDifferences.filter(
          (each) => each.who === who && each.of.includes(name) && each.where(inputs, own, answer),
        )
        for (const { says } of known) seen.add(says)
        expect(known, `${name}(${inputs}) is ${own} here and ${answer} in ${who}`).not.toEqual([])
      }
    }
  })

  const aggregates = Object.keys(library).filter((name) => name === 'variance' || name in Column.prototype)
  test.each(aggregates)('%s is the method of columns', (name) => {
    const method = name === 'variance' ? 'var' : name
    const column = Column.from([3, null, 1, 2, 2]) as never as Record<string, (...more: unknown[]) => unknown>
    const argument = name === 'corr' || name === 'cov' ? Column.from([1, 1, 4, null, 2]) : 0.3
    expect(functions.get(name)?.(column, argument)).toBe(column[method]?.(argument))
  })

  test('every function of the library is here', () => {
    const here = new Set<string>([...names, ...aggregates, 'Column', 'row', 'agg', 'feature'])
    expect([...here].sort()).toEqual(Object.keys(library).sort())
  })
})

const functions = new Map(Object.entries(library) as [string, (...inputs: readonly unknown[]) => unknown][])

function ofCall(name: string, inputs: readonly unknown[]): unknown {
  const takesDates = /^(?:year|month|day|hour|quarter|weekday|is[oW]|daysB|monthsB)/.test(name)
  const given = takesDates ? inputs.map((time) => new Date(time as number)) : inputs
  return own(functions.get(name)?.(...given))
}

test('every member of columns is here', () => {
  const members = Reflect.ownKeys(Column.prototype)
    .filter((key) => key !== 'constructor')
    .map((key) => (typeof key === 'symbol' ? `[${key.description}]` : key))
  // `previous` needs groups: conformance.test.ts has it.
  const here = new Set(columnOperations.map(({ name }) => name.replace(/\(.*/, '')))
  expect([...here].sort()).toEqual(['length', ...members].filter((name) => name !== 'previous').sort())
})

describe('what differs', () => {
  const operations = [...rowOperations, ...groupOperations, ...windowOperations, ...orderedOperations]

  test('every difference is to be seen', () => {
    const all = [...columnDifferences, ...callDifferences].map(({ says }) => says)
    expect(all.filter((each) => !seen.has(each))).toEqual([])
  })

  test('those of rows are each of an operation, whose test finds it', () => {
    const found = new Set(operations.map(({ differs }) => differs?.says))
    expect(rowDifferences.filter(({ says }) => !found.has(says))).toEqual([])
  })

  test.each(singleDifferences)('$says', async ({ ours, is, DuckDB = {}, pandas = {}, Arquero = [] }) => {
    expect(own(ours())).toEqual(is)
    for (const [sql, answer] of Object.entries(DuckDB)) expect([sql, await single(sql)]).toEqual([sql, answer])
    for (const [question, answer] of Object.entries(pandas))
      expect(oracle.singles).toContainEqual({ question, pandas: answer })
    for (const [answer, there] of Arquero) expect(answer()).toEqual(there)
    expect(Object.keys(DuckDB).length + Object.keys(pandas).length + Arquero.length).toBeGreaterThan(0)
  })

  /** What DuckDB gives, also what is not finite. */
  async function single(sql: string): Promise<unknown> {
    try {
      const answer = (await connection.runAndReadAll(`SELECT ${sql}`)).getRowsJS()[0]?.[0]
      return typeof answer === 'bigint' ? Number(answer) : answer
    } catch {
      return stops
    }
  }

  test('docs/semantics.md lists these differences and no others', () => {
    const page = readFileSync(new URL('../../docs/semantics.md', import.meta.url), 'utf8')
    const section = page.split('## Where numpy, pandas and DuckDB say otherwise')[1]?.split(/^## /m)[0] ?? ''
    const listed = [...section.matchAll(/^- ((?:.|\n(?!-|\n))*)/gm)].map(([, text = '']) =>
      text.replace(/\s+/g, ' ').trim(),
    )
    const all = new Set(
      [...columnDifferences, ...callDifferences, ...rowDifferences, noKey, ...singleDifferences].map(
        ({ says }) => says,
      ),
    )
    expect(listed.sort()).toEqual([...all].sort())
  })
})
