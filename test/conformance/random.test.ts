import { beforeAll, expect, test } from 'vitest'
import { type Difference, notFiniteWithin } from './differences.ts'
import { macros } from './operations.ts'
import { randomAggregates, randomFeatures } from './random.ts'
import { firstOfGroups, makeOddRows, type Row } from './rows.ts'
import { type Cells, everyWay, isSame, unlessMissing, type Ways } from './ways.ts'

/** Hundreds of random formulas, per row and per group, by every way of computing. */

const rows = makeOddRows(400, 200)
const groups = firstOfGroups(rows)
const perRow = randomFeatures(400, 20_241).map((feature, at) => ({ ...feature, name: `row_${at}`, marker: '//#row' }))
const perGroup = randomAggregates(200, 4_711).map((feature, at) => ({
  ...feature,
  name: `group_${at}`,
  marker: '//#agg',
}))
const all = [...perRow, ...perGroup]

const imported = 'clip, year, month, day, quarter, hour, daysBetween, isWeekend'
const featureFile = `import { ${imported} } from 'modeldriver'\n${all.map(({ name, text, marker }) => `export const ${name} = ${text} ${marker}`).join('\n')}\n`

let ways: Ways
beforeAll(async () => {
  const rowSql = perRow.map(({ name, inputs, sql }) => `${unlessMissing(inputs, sql)} AS ${name}`)
  const groupSql = perGroup.map(({ name, sql }) => `${sql} AS ${name}`)
  ways = await everyWay({
    rows,
    featureFile,
    groupBy: ['k'],
    setup: [...macros, 'CREATE MACRO clip(x, low, high) AS least(greatest(x, low), high)'],
    queries: [
      `SELECT ${rowSql.join(',\n')} FROM whole ORDER BY r`,
      `SELECT ${groupSql.join(',\n')} FROM whole WHERE k IS NOT NULL GROUP BY k ORDER BY min(r)`,
    ],
  })
}, 120_000)

test('all of them are formulas to the analysis', () => {
  const opaque = all.filter(({ name }) => ways.analysed.features.get(name)?.body.kind !== 'expression')
  expect(opaque.map(({ text }) => text)).toEqual([])
})

test('they are many, and few of them are the same for all rows', () => {
  const values = (name: string) => new Set(ways.called.get(name))
  expect(all.filter(({ name }) => values(name).size > 2).length).toBeGreaterThan(all.length * 0.6)
})

const unequal = (one: Cells, other: Cells, differs?: Difference<Row>) =>
  all.flatMap(({ name, text, sql }) => {
    const [left, right] = [one.get(name) ?? [], other.get(name) ?? []]
    const subjects = name.startsWith('row') ? rows : groups
    const at = left.findIndex(
      (value, at) => !isSame(value, right[at]) && !differs?.where(subjects[at] as Row, value, right[at]),
    )
    if (left.length === right.length && left.length > 0 && at < 0) return []
    return [{ text, sql, at, got: left[at], other: right[at], row: subjects[at] }]
  })

test('called and generated', () => expect(unequal(ways.called, ways.generated).slice(0, 3)).toEqual([]))
test('called and DuckDB', () => {
  expect(unequal(ways.called, ways.database, notFiniteWithin).slice(0, 3)).toEqual([])
  expect(unequal(ways.called, ways.database)).not.toEqual([])
})
