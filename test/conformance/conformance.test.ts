import type { AnalysedModel, Expression } from '@modeldriver/engine'
import * as library from '@modeldriver/engine/functions'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { children } from '../../engine/src/ir/children.ts'
import { aggregateNames, vectorNames } from '../../engine/src/ir/expression.ts'
import {
  globalFunctions,
  libraryFunctions,
  mathFunctions,
  scalarMethods,
} from '../../engine/src/source/typescript/library.ts'
import type { Difference } from './differences.ts'
import {
  anInput,
  calm,
  groupOperations,
  inputsOf,
  macros,
  type Operation,
  orderedOperations,
  rowOperations,
  windowOperations,
} from './operations.ts'
import { firstOfGroups, makeOddRows, type Row } from './rows.ts'
import { type Cells, everyWay, isSame, unlessMissing } from './ways.ts'

/**
 * The same rows through every way a feature can be computed: the author's function called, code generated from its meaning, the streaming
 * loop of an aggregate, the function over whole columns; and DuckDB.
 */

vi.setConfig({ hookTimeout: 60_000 })

const rows = makeOddRows(1500, 600)
const groups = firstOfGroups(rows)
const rowName = (at: number) => `row_${at}`
const groupName = (at: number) => `group_${at}`
const windowName = (at: number) => `window_${at}`
const orderedName = (at: number) => `ordered_${at}`

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
let analysed: AnalysedModel

beforeAll(async () => {
  const ways = await everyWay({ rows, featureFile: featureFile(), groupBy: ['k'], groupOrder: 'k', setup, queries })
  called = ways.called
  generated = ways.generated
  database = ways.database
  analysed = ways.analysed
}, 120_000)

/** All values of a column as one text, for a group feature; of what is no column, nothing. */
const asText = (body: string): string =>
  isOneColumn(body)
    ? `[...${body}].map((each) => each == null ? '' : each instanceof Date ? each.getTime() : each).join('|')`
    : 'null'

const isOneColumn = (body: string): boolean => !body.includes(' + ')

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
  const windows = windowOperations.flatMap(({ body }, at) => [
    `export const ${windowName(at)} = (${inputsOf(body)}) => ${body}`,
    `export const formula_${windowName(at)} = (${['r', ...inputsOf(body)]}) => r.count() < 0 ? null : ${body}`,
    `export const column_${windowName(at)} = (${inputsOf(body)}) => { for (;;) return ${asText(body)} } //#agg`,
  ])
  const ordered = orderedOperations.map(
    ({ body }, at) => `export const ${orderedName(at)} = (${inputsOf(body)}) => ${body}`,
  )
  return `import { ${names.join(', ')} } from 'modeldriver'\n${[...features, ...groups, ...windows, ...ordered].join('\n')}\n`
}

const setup = [
  ...macros,
  `CREATE TABLE placed AS SELECT *, row_number() OVER own - 1 AS p, lag(v, 1) OVER own AS lag_v, lead(v, 2) OVER own AS lead_v,
    avg(v) OVER three AS rolling_mean, CASE WHEN count(v) OVER four = 4 THEN stddev_samp(${calm('v')}) OVER four END AS rolling_std
    FROM whole WINDOW own AS (PARTITION BY k ORDER BY r),
    three AS (PARTITION BY k ORDER BY r ROWS BETWEEN 2 PRECEDING AND CURRENT ROW),
    four AS (PARTITION BY k ORDER BY r ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)`,
]

/** A feature is not called where an input is missing, unless it says that it wants to know. */
const strict = ({ body, sql, accepts = '' }: Operation): string =>
  unlessMissing(
    inputsOf(body).filter((name) => !accepts.split(' ').includes(name)),
    sql,
  )

const perRow = rowOperations.map((operation, at) => `TRY(${strict(operation)}) AS ${rowName(at)}`)
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
  const subjects = left.length === rows.length ? rows : groups
  const wrong = unequal.filter((at) => !differs?.where(subjects[at] as Row, left[at], right[at]))
  const shown = wrong.map((at) => ({
    got: left[at],
    other: right[at],
    ...pick(subjects[at] as Row, subjects === rows ? ['k', ...inputs] : ['k']),
  }))
  expect(shown.slice(0, 5)).toEqual([])
  if (differs) expect(unequal.length).toBeGreaterThan(0)
}

const named = (operations: readonly Operation[], nameOf: (at: number) => string) =>
  operations.map((operation, at) => ({ ...operation, name: nameOf(at) }))

const pick = (each: Row, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, each[name as keyof Row]]))

describe.each(named(rowOperations, rowName))('$body', ({ body, name, differs }) => {
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
})

describe.each(named(groupOperations, groupName))('$body', ({ body, name, differs }) => {
  test('as it is, and over the whole column', () => check(name, `whole_${name}`, called, called, inputsOf(body)))
  test('as it is, and generated', () => check(name, name, called, generated, inputsOf(body)))
  test('as it is, and DuckDB', () => check(name, name, called, database, inputsOf(body), differs))
})

describe.each(named(windowOperations, windowName))('$body', ({ body, name, differs }) => {
  test('as it is, and DuckDB', () => check(name, name, called, database, inputsOf(body), differs))
  test('as it is, and in a formula', () => check(name, `formula_${name}`, called, called, inputsOf(body)))
  if (!isOneColumn(body)) return
  test('as it is, and the function over the column of each group', () => {
    const values = called.get(name) ?? []
    const ofGroup = new Map<unknown, unknown[]>()
    for (const [at, { k }] of rows.entries()) {
      if (k === null) continue
      ofGroup.set(k, [...(ofGroup.get(k) ?? []), values[at]])
    }
    const texts = [...ofGroup.values()].map((each) => each.join('|'))
    expect(called.get(`column_${name}`)).toEqual(texts)
  })
})

describe.each(named(orderedOperations, orderedName))('$body', ({ body, name, differs }) => {
  test('as it is, and generated', () => check(name, name, called, generated, inputsOf(body)))
  test('as it is, and DuckDB', () => check(name, name, called, database, inputsOf(body), differs))
})

test('every name and operator that a formula can have is among the operations', () => {
  const found = new Set<string>()
  const visit = (node: Expression): void => {
    if ('name' in node && node.kind !== 'input' && node.kind !== 'local' && node.kind !== 'let') found.add(node.name)
    if ('op' in node) found.add(`${node.kind} ${node.op}`)
    for (const child of children(node)) visit(child)
  }
  for (const { body } of analysed.features.values()) if (body.kind === 'expression') visit(body.expression)
  const known = [
    ...[...mathFunctions, ...scalarMethods.values(), ...globalFunctions.values(), ...libraryFunctions.values()],
    ...[...aggregateNames, ...vectorNames, 'least', 'greatest', 'isNothing', 'date', 'text.length', 'text.part'],
    ...['-', '+', '!'].map((op) => `unary ${op}`),
    ...['+', '-', '*', '/', '%', '**'].map((op) => `binary ${op}`),
    ...['<', '<=', '>', '>=', '==', '!='].map((op) => `compare ${op}`),
    ...['and', 'or', 'coalesce'].map((op) => `logic ${op}`),
  ]
  expect(known.filter((name) => !found.has(name))).toEqual([])
  expect([...found].filter((name) => !known.includes(name))).toEqual([])
})
