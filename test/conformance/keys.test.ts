import type { Value } from '@modeldriver/engine'
import { describe, expect, test } from 'vitest'
import { makeRows } from './rows.ts'
import { everyWay, isSame } from './ways.ts'

/** Groups of every kind of key: with separators in texts, empty text beside missing, -0 beside 0, dates, several columns. */

const rows = makeRows(700)
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
    const present = groupBy.map((key) => `${key} IS NOT NULL`).join(' AND ')
    const asked = [
      ...groupBy.map((key) => `any_value(${key}) AS ${key}`),
      ...names.map((name) => `${features[name][1]} AS ${name}`),
    ]
    const { called, generated, database } = await everyWay({
      rows,
      groupBy,
      featureFile: names.map((name) => `export const ${name} = ${features[name][0]} //#agg\n`).join(''),
      // One key of the engine: -0 is 0.
      queries: [
        `SELECT ${asked.join(', ')} FROM whole WHERE ${present} GROUP BY ${groupBy.map(zero).join(', ')} ORDER BY min(r)`,
      ],
    })
    const columns = [...groupBy, ...names]
    const groups = database.get('rows_in')?.length ?? 0
    expect(groups).toBeGreaterThan(1)
    const rowsOf = (cells: ReadonlyMap<string, readonly Value[]>) =>
      Array.from({ length: groups }, (_, at) => columns.map((column) => cells.get(column)?.[at]))
    for (const way of [called, generated]) {
      expect(way.get('rows_in')).toHaveLength(groups)
      const wrong = rowsOf(way).flatMap((row, at) => {
        const other = rowsOf(database)[at] ?? []
        return row.every((value, column) => isSame(value, other[column])) ? [] : [{ row, other }]
      })
      expect(wrong).toEqual([])
    }
  }, 60_000)
})

const zero = (key: string): string => (key === 'x' ? 'x + 0.0' : key)
