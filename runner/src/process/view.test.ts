import { columnOf, makeTable } from '@modeldriver/engine'
import { briefTop } from '@modeldriver/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresOf, statisticsOf } from './statistics.ts'
import { readRequest } from './validate.ts'
import { pageOf, sortedRows } from './view.ts'

const table = makeTable([
  ['n', columnOf([3, null, 1, 3, 2])],
  ['t', columnOf(['b', 'a', null, 'B', 'a'])],
  ['f', columnOf([true, false, null, true, false])],
])

test.each([
  ['n', false, [2, 4, 0, 3, 1]],
  ['n', true, [0, 3, 4, 2, 1]],
  ['t', false, [3, 1, 4, 0, 2]],
  ['t', true, [0, 1, 4, 3, 2]],
  ['f', false, [1, 4, 0, 3, 2]],
  ['f', true, [0, 3, 1, 4, 2]],
])('sorted by %s, descending %s: equal cells keep their order, missing ones are last', (name, isDescending, rows) => {
  const column = table.columns.get(name)
  expect(column && [...sortedRows(table, column, isDescending)]).toEqual(rows)
})

test('a page holds cells of its own and ends where the table ends', () => {
  const page = pageOf(table, Int32Array.from([4, 1, 0]), 1, 200)
  expect(page).toEqual({
    offset: 1,
    count: 2,
    columns: [
      { name: 'n', type: 'integer', values: Float64Array.from([Number.NaN, 3]) },
      { name: 't', type: 'string', values: ['a', 'b'] },
      { name: 'f', type: 'boolean', values: [false, true] },
    ],
    rows: [1, 0],
  })
  const numbers = page.columns.find(({ type }) => type === 'integer')?.values
  expect(numbers instanceof Float64Array && numbers.buffer.byteLength).toBe(16)
  expect(pageOf(table, undefined, 99, 10)).toMatchObject({ offset: 5, count: 0 })
})

test('statistics of numbers, against values worked by hand', () => {
  // 1, 2, 4, 5 and one missing: mean 3, median 3, sample variance (4+1+1+4)/3
  const { histogram, ...statistics } = statisticsOf(columnOf([4, 1, null, 5, 2]))
  expect(statistics).toEqual({ missing: 1, distinct: 4, min: 1, max: 5, mean: 3, median: 3, std: Math.sqrt(10 / 3) })
  expect(histogram?.counts).toHaveLength(20)
  expect(histogram?.counts.reduce((sum, count) => sum + count)).toBe(4)
})

test('a histogram leaves no value out, and one far value does not squeeze the others into one bin', () => {
  const values = [...Array.from({ length: 1000 }, (_, i) => i % 100), 1e9]
  const { histogram, max } = statisticsOf(columnOf(values))
  expect(max).toBe(1e9)
  expect(histogram?.counts.reduce((sum, count) => sum + count)).toBe(1001)
  expect(Math.max(...(histogram?.counts ?? []))).toBeLessThan(100)
})

test('commonest values of text and booleans; a column of one value; a column of none', () => {
  expect(statisticsOf(columnOf(['x', 'y', 'x', null]))).toEqual({
    missing: 1,
    distinct: 2,
    top: [
      { value: 'x', count: 2 },
      { value: 'y', count: 1 },
    ],
  })
  expect(statisticsOf(columnOf([false, true, false]))).toEqual({
    missing: 0,
    distinct: 2,
    top: [
      { value: 'false', count: 2 },
      { value: 'true', count: 1 },
    ],
  })
  expect(statisticsOf(columnOf([7, 7]))).toMatchObject({ distinct: 1, std: 0, histogram: { from: 7, to: 7 } })
  expect(statisticsOf(columnOf([null, null]))).toEqual({ missing: 2, distinct: 0 })
})

test('what comes with the run is a part of what is known of a column that is looked at', () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(null))
  fc.assert(
    fc.property(fc.array(value), (values) => {
      for (const column of [values, values.map((each) => (each === null ? null : `t${each}`))].map(columnOf)) {
        const { top, ...figures } = figuresOf(column)
        const all = statisticsOf(column)
        expect(all).toMatchObject(figures)
        expect(all.top?.slice(0, briefTop)).toEqual(top)
      }
      const counts = new Map<string, number>()
      for (const each of values) if (each !== null) counts.set(`t${each}`, (counts.get(`t${each}`) ?? 0) + 1)
      const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([text, count]) => ({ value: text, count }))
      expect(statisticsOf(columnOf(values.map((each) => (each === null ? null : `t${each}`)))).top ?? []).toEqual(
        ranked,
      )
    }),
  )
})

const page = { kind: 'page', id: 1, run: 'r', model: 'm', table: 'rows', offset: 0, count: 10 }

test.each([
  [page, undefined],
  [{ ...page, view: 'v' }, undefined],
  [{ kind: 'release', id: 2, run: 'r' }, undefined],
  [{ kind: 'run', id: 1, project: '/p', overlay: { '/p': 'x' }, sampleRows: 10, featureTimeoutMs: 100 }, undefined],
  [{ kind: 'view', id: 1, run: 'r', model: 'm', table: 'groups', sort: { column: 'a', descending: true } }, undefined],
  ['hello', 'A request must be an object.'],
  [{ kind: 'page' }, 'A request needs a whole number "id".'],
  [{ kind: 'toString', id: 1 }, 'There is no request of the kind "toString".'],
  [{ ...page, table: 'secrets' }, '"table" of the request "page" is not right.'],
  [{ ...page, offset: -1 }, '"offset" of the request "page" is not right.'],
  [{ kind: 'run', id: 1, project: '/p', overlay: { '/p': 1 } }, '"overlay" of the request "run" is not right.'],
])('request %j', (message, wrong) => {
  expect(readRequest(message)).toEqual(wrong ?? message)
})
