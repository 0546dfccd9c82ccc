import * as library from '@modeldriver/engine/functions'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Difference } from './differences.ts'
import {
  groupOperations,
  macros,
  type Operation,
  orderedOperations,
  rowOperations,
  windowOperations,
} from './operations.ts'
import { makeRows, type Row } from './rows.ts'
import { type Cells, everyWay, isSame, unlessMissing } from './ways.ts'

/**
 * The same rows through every way a feature can be computed: the author's function called, code generated from its meaning, the streaming
 * loop of an aggregate, the function over whole columns; and DuckDB.
 */

vi.setConfig({ hookTimeout: 60_000 })

const rows = makeRows(1500)
const fields = Object.keys(rows[0] as Row) as (keyof Row)[]
const rowName = (at: number) => `row_${at}`
const groupName = (at: number) => `group_${at}`
const windowName = (at: number) => `window_${at}`
const orderedName = (at: number) => `ordered_${at}`
/** A column in a body; not in the texts of one. */
const anInput = new RegExp(`(?<![\\w.'\`])(?:${fields.join('|')})\\b(?![('])`, 'g')
const inputsOf = (body: string) => fields.filter((field) => body.match(anInput)?.includes(field))

/** A value of the group in the place of the row's. */
function firstOf(name: keyof Row, accepts = ''): string {
  if (accepts.split(' ').includes(name)) return `${name}.first()`
  const other =
    { t: "'42'", u: "'x'", b: 'false', c: 'false', d: 'new Date(0)', e: 'new Date(0)' }[name as string] ?? '1'
  return `(${name}.first() ?? ${other})`
}

let called: Cells
let generated: Cells
let database: Cells

beforeAll(async () => {
  const ways = await everyWay({ rows, featureFile: featureFile(), groupBy: ['k'], groupOrder: 'k', setup, queries })
  called = ways.called
  generated = ways.generated
  database = ways.database
}, 120_000)

function featureFile(): string {
  const names = Object.keys(library).filter((name) => name !== 'feature' && name !== 'row')
  const features = rowOperations.flatMap(({ body, accepts }, at) => {
    const inputs = inputsOf(body)
    const ofFirst = body.replace(anInput, (name) => firstOf(name as keyof Row, accepts))
    return [
      `export const ${rowName(at)} = (${inputs}) => ${body} //#row`,
      `export const beside_aggregate_${at} = (${['r', ...inputs]}) => r.count() < 0 ? null : (${body}) //#row`,
      `export const beside_window_${at} = (${['r', ...inputs]}) => r.cumsum() < 0 ? null : (${body}) //#row`,
      `export const of_aggregates_${at} = (${['r', ...inputs]}) => r.count() > 0 ? (${ofFirst}) : r.sum() //#agg`,
      `export const whole_of_aggregates_${at} = (${['r', ...inputs]}) => { for (;;) return r.count() > 0 ? (${ofFirst}) : r.sum() } //#agg`,
    ]
  })
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

const setup = [
  `CREATE TABLE placed AS SELECT *, row_number() OVER own - 1 AS p, lag(v, 1) OVER own AS lag_v, lead(v, 2) OVER own AS lead_v,
    avg(v) OVER three AS rolling_mean, CASE WHEN count(v) OVER four = 4 THEN stddev_samp(v) OVER four END AS rolling_std
    FROM whole WINDOW own AS (PARTITION BY k ORDER BY r),
    three AS (PARTITION BY k ORDER BY r ROWS BETWEEN 2 PRECEDING AND CURRENT ROW),
    four AS (PARTITION BY k ORDER BY r ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)`,
  ...macros,
]

/** A feature is not called where an input is missing, unless it says that it wants to know. */
const strict = ({ body, sql, accepts = '' }: Operation): string =>
  unlessMissing(
    inputsOf(body).filter((name) => !accepts.split(' ').includes(name)),
    sql,
  )

const perRow = rowOperations.map((operation, at) => `${strict(operation)} AS ${rowName(at)}`)
const perGroup = groupOperations.map(({ sql }, at) => `${sql} AS ${groupName(at)}`)
const perPlace = windowOperations.map(({ sql }, at) => `CASE WHEN k IS NOT NULL THEN ${sql} END AS ${windowName(at)}`)
const inOrder = orderedOperations.map(({ sql }, at) => `${sql} AS ${orderedName(at)}`)

const queries = [
  `SELECT ${perRow.join(',\n')} FROM whole ORDER BY r`,
  `SELECT ${perPlace.join(',\n')} FROM whole WINDOW own AS (PARTITION BY k ORDER BY r) ORDER BY whole.r`,
  `SELECT ${inOrder.join(',\n')} FROM whole WHERE k IS NOT NULL GROUP BY k WINDOW keys AS (ORDER BY k) ORDER BY min(r)`,
  `SELECT ${perGroup.join(',\n')} FROM placed WHERE k IS NOT NULL GROUP BY k ORDER BY min(r)`,
]

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
    test.each(['aggregate', 'window'])('alone, and beside another: %s', (other) => {
      const alone = called.get(name)?.map((value, at) => (rows[at]?.k === null ? null : value))
      const beside = `beside_${other}_${name.slice(4)}`
      check(name, beside, new Map([[name, alone ?? []]]), called, inputsOf(body))
    })
    test('of aggregates, in loops and called', () => {
      const own = `of_aggregates_${name.slice(4)}`
      check(own, `whole_${own}`, called, called, inputsOf(body))
    })
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
