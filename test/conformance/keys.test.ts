import { describe, expect, test } from 'vitest'
import { noKey } from './differences.ts'
import { makeOddRows } from './rows.ts'
import { type Cells, everyWay, isSame } from './ways.ts'

/** Groups of every kind of key: with separators in texts, empty text beside missing, -0 beside 0, dates, several columns. */

const rows = makeOddRows(500, 200)
const keys = [
  ['k'],
  ['k', 'u'],
  ['t', 'u'],
  ['t', 'i'],
  ['x'],
  ['b'],
  ['d'],
  ['d', 'e'],
  ['b', 'x', 'u'],
  ['i', 'k', 't', 'c'],
]

const features = {
  rows_in: ['(r) => r.length', 'count(*)'],
  total: ['(w) => w.sum()', 'coalesce(sum(w), 0)'],
  average: ['(v) => v.mean()', 'avg(v)'],
  found: ['(y) => y.count()', 'count(y)'],
  last_row: ['(r) => r.last()', 'max(r)'],
} as const
const names = Object.keys(features) as (keyof typeof features)[]

describe.each(keys.map((groupBy) => ({ groupBy, name: groupBy.join(' and ') })))('by $name', ({ groupBy }) => {
  test('as DuckDB groups', async () => {
    const asked = [
      ...groupBy.map((key) => `any_value(${key}) AS ${key}`),
      ...names.map((name) => `${features[name][1]} AS ${name}`),
    ]
    const { called, generated, database } = await everyWay({
      rows,
      groupBy,
      featureFile: names.map((name) => `export const ${name} = ${features[name][0]} //#agg\n`).join(''),
      queries: [`SELECT ${asked.join(', ')} FROM whole GROUP BY ${groupBy.join(', ')} ORDER BY min(r)`],
    })
    const columns = [...groupBy, ...names]
    const groupsOf = (cells: Cells) =>
      (cells.get('rows_in') ?? []).map((_, at) => columns.map((column) => cells.get(column)?.[at]))
    const all = groupsOf(database)
    const expected = all.filter((group) => !noKey.where(group.slice(0, groupBy.length), undefined, undefined))
    expect(expected.length).toBeGreaterThan(1)
    expect(all.length).toBeGreaterThan(expected.length)
    for (const way of [called, generated]) {
      const found = groupsOf(way)
      expect(found).toHaveLength(expected.length)
      const wrong = found.flatMap((group, at) => {
        const other = expected[at] ?? []
        return group.every((value, column) => isSame(value, other[column])) ? [] : [{ group, other }]
      })
      expect(wrong).toEqual([])
    }
  }, 60_000)
})
