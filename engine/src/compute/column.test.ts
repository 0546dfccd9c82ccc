import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Column, indexedColumn } from './column.ts'
import type { Item } from './store.ts'

const numbers = Column.from([4, null, 1, 3, 1])
const words = Column.from(['pear', 'apple', null, 'fig', 'apple'])
const days = Column.from([10, 20, 40].map((day) => new Date(Date.UTC(2024, 0, day))))
const flags = Column.from([true, null, false, true])
const missing = undefined
const nothing = Column.from<number>([null, null])

/** Worked by hand: 4, 1, 3, 1 have the mean 9/4, squared deviations 3.0625 + 1.5625 + 0.5625 + 1.5625 = 6.75. */
test.each<[string, unknown, unknown]>([
  ['sum', numbers.sum(), 9],
  ['mean', numbers.mean(), 2.25],
  ['count', numbers.count(), 4],
  ['length', numbers.length, 5],
  ['var', numbers.var(), 2.25],
  ['std', numbers.std(), 1.5],
  ['min', numbers.min(), 1],
  ['max', numbers.max(), 4],
  ['median of an even number', numbers.median(), 2],
  ['cov of the rows that have both', Column.from([1, 2, null, 4]).cov(Column.from([2, 4, 9, null])), 1],
  ['corr', Column.from([1, 2, 3, null]).corr(Column.from([2, 0, 1, 5])), -0.5],
  ['cov far from 0', Column.from([1e15 + 1, 1e15 + 2, 1e15 + 6]).cov(Column.from([-1e15, 2 - 1e15, 4 - 1e15])), 5],
  ['cov of an infinite value', Column.from([1, Number.POSITIVE_INFINITY]).cov(Column.from([1, 2])), Number.NaN],
  ['corr of a column with itself', Column.from([0.1, 0.7, 0.3]).corr(Column.from([0.1, 0.7, 0.3])), 1],
  ['corr of booleans', Column.from([1, 2, 3]).corr(Column.from([true, true, true])), Number.NaN],
  ['corr with what does not vary', Column.from([0.1, 0.1, 0.1]).corr(Column.from([1, 2, 4])), Number.NaN],
  ['corr of one row', Column.from([1, null]).corr(Column.from([1, 2])), Number.NaN],
  ['quantile', numbers.quantile(0.25), 1],
  ['quantile between', numbers.quantile(0.9), 3.7],
  ['mode', numbers.mode(), 1],
  ['nunique', numbers.nunique(), 3],
  ['first', numbers.first(), 4],
  ['last', numbers.last(), 1],
  ['argmin', numbers.argmin(), 2],
  ['argmax', numbers.argmax(), 0],
  ['any', numbers.any(), true],
  ['all', Column.from([1, 0, null]).all(), false],
  ['sum of booleans counts', flags.sum(), 2],
  ['mean of booleans is a share', flags.mean(), 2 / 3],
  ['any boolean', flags.any(), true],
  ['every boolean', flags.all(), false],
  ['min of text', words.min(), 'apple'],
  ['max of text', words.max(), 'pear'],
  ['mode of text', words.mode(), 'apple'],
  ['mode of equally frequent text is the smallest', Column.from(['b', 'a']).mode(), 'a'],
  ['nunique of text', words.nunique(), 3],
  ['argmax of text', words.argmax(), 0],
  ['max of dates', days.max(), new Date(Date.UTC(2024, 1, 9))],
  ['median of dates', days.median(), new Date(Date.UTC(2024, 0, 20))],
  ['-0 equals 0', Column.from([0, -0]).nunique(), 1],
  ['std of one value', Column.from([5]).std(), Number.NaN],
])('%s', (_, got, expected) => expect(got).toEqual(expected))

test('of nothing: sums and counts are 0, everything else is missing', () => {
  expect([nothing.sum(), nothing.count(), nothing.nunique()]).toEqual([0, 0, 0])
  const others = ['mean', 'std', 'var', 'min', 'max', 'median', 'mode', 'first', 'last', 'argmin', 'argmax']
  for (const name of others)
    expect([name, (nothing[name as keyof Column] as () => unknown)()]).toEqual([name, Number.NaN])
  expect(nothing.quantile(0.3)).toBeNaN()
  expect([nothing.any(), nothing.all()]).toEqual([undefined, undefined])
})

test('of nothing: what is missing stays missing in arithmetic', () => {
  const noDates = Column.from([new Date(0)]).filter([false])
  const noWords = Column.from(['a']).filter([false])
  expect(nothing.mean() * 100).toBeNaN()
  expect(Date.UTC(2025, 0, 1) - noDates.max().getTime()).toBeNaN()
  expect([noWords.mode(), noWords.first(), noWords.max()]).toEqual([undefined, undefined, undefined])
})

describe('columns made from columns', () => {
  test.each<[string, { toArray: () => unknown[] }, unknown[]]>([
    ['map skips missing ones', numbers.map((x) => x * 2), [8, missing, 2, 6, 2]],
    ['map calls a function that tests', numbers.map((x: number | null) => x ?? -1), [4, -1, 1, 3, 1]],
    ['map with isNaN gets NaN', numbers.map((x) => (Number.isNaN(x) ? 0 : x)), [4, 0, 1, 3, 1]],
    ['map to text', numbers.map((x) => (x > 2 ? 'much' : 'little')), ['much', missing, 'little', 'much', 'little']],
    ['map to booleans', numbers.map((x) => x > 2), [true, missing, false, true, false]],
    ['filter by function', numbers.filter((x) => x < 4), [1, 3, 1]],
    ['filter by mask', numbers.filter(flagsOf([1, 1, 0, 1, 0])), [4, missing, 3]],
    ['filter by a list', words.filter([true, false, true, true, false]), ['pear', missing, 'fig']],
    ['where', numbers.where(flagsOf([1, 1, 0, 1, 0]), 9), [4, missing, 9, 3, 9]],
    ['where with a column', numbers.where([0, 0, 1, 1, 1], Column.from([7, 7, 7, 7, 7])), [7, 7, 1, 3, 1]],
    ['where with a function', numbers.where((x) => x < 4, 9), [9, 9, 1, 3, 1]],
    ['where with text', words.where([1, 0, 0, 0, 0], 'kiwi'), ['pear', 'kiwi', 'kiwi', 'kiwi', 'kiwi']],
    ['cumsum', numbers.cumsum(), [4, missing, 5, 8, 9]],
    ['lag', numbers.lag(), [missing, 4, missing, 1, 3]],
    ['lead', words.lead(2), [missing, 'fig', 'apple', missing, missing]],
    ['diff', numbers.diff(), [missing, missing, missing, 2, -2]],
    ['rank', numbers.rank(), [4, missing, 1.5, 3, 1.5]],
    ['rank of text', words.rank(), [4, 1.5, missing, 3, 1.5]],
    ['sort', numbers.sort(), [1, 1, 3, 4, missing]],
    ['sort descending', words.sort('descending'), ['pear', 'fig', 'apple', 'apple', missing]],
    ['sort by a comparison', numbers.sort((a, b) => b - a), [4, 3, 1, 1, missing]],
    ['unique', words.unique(), ['pear', 'apple', 'fig']],
    ['slice', numbers.slice(-2), [3, 1]],
  ])('%s', (_, column, expected) => expect(column.toArray()).toEqual(expected))

  test('the original is as it was', () => expect(numbers.toArray()).toEqual([4, missing, 1, 3, 1]))
})

describe('as an array, for loops', () => {
  test.each([
    ['a view', words],
    ['with its elements in it', indexedColumn(words as Column<Item>) as Column<string>],
  ])('%s', (_, column) => {
    expect([column[0], column[2], column[5], column[-1]]).toEqual(['pear', missing, undefined, undefined])
    expect(column.at(-1)).toBe('apple')
    expect([...column]).toEqual(words.toArray())
    expect(column.length).toBe(5)
    expect(column.nunique()).toBe(3)
    expect(column.filter((word) => word.length > 4).length).toBe(2)
    expect(column instanceof Column).toBe(true)
  })
  test('reading members', () => {
    expect(numbers.reduce((sum, x) => sum * x, 1)).toBe(12)
    expect(numbers.reduce((a, b) => Math.max(a, b))).toBe(4)
    expect([numbers.some((x) => x > 3), numbers.every((x) => x > 0), numbers.includes(3)]).toEqual([true, true, true])
    expect(numbers.find((x) => x < 4)).toBe(1)
    expect(words.join('-')).toBe('pear-apple--fig-apple')
    const seen: number[] = []
    numbers.forEach((x) => {
      seen.push(x)
    })
    expect(seen).toEqual([4, 1, 3, 1])
    expect(days.includes(new Date(Date.UTC(2024, 0, 20)))).toBe(true)
  })
  test('it cannot be written to', () => {
    expect(() => {
      ;(numbers as unknown as number[])[0] = 7
    }).toThrow('A column cannot be changed')
  })
})

test.each<[string, () => unknown, string]>([
  ['sum of text', () => words.sum(), 'sum() needs numbers, but this column holds text.'],
  ['mean of text', () => words.mean(), 'mean() needs numbers or dates, but this column holds text.'],
  ['sum of dates', () => days.sum(), 'sum() needs numbers, but this column holds dates.'],
  [
    'corr with fewer',
    () => numbers.corr(Column.from([1])),
    `corr(): the other column has 1 elements, the column ${numbers.length}.`,
  ],
  ['cov with a number', () => numbers.cov(5 as never), 'cov() needs another column: price.cov(cost).'],
  ['cov with text', () => words.cov(words as never), 'cov() needs numbers, but this column holds text.'],
  ['quantile of 90', () => numbers.quantile(90), 'quantile(p) needs a share between 0 and 1, not 90.'],
  ['mask too short', () => numbers.filter([true]), 'filter(): the mask has 1 elements, the column 5.'],
  ['no mask', () => numbers.filter(true as never), 'filter() needs a mask'],
  ['map to lists', () => numbers.map((x) => [x] as never), 'was given an array; use toArray()'],
])('error: %s', (_, call, message) => expect(call).toThrow(message))

test('one element of a sorted column is that of all in order', () => {
  const kinds: readonly fc.Arbitrary<string | number | boolean | Date>[] = [
    fc.integer({ min: -9, max: 9 }).map((n) => n / 2 + 0),
    fc.constantFrom('a', 'ab', 'ä', 'b', ''),
    fc.boolean(),
    fc.integer({ min: 0, max: 9 }).map((n) => new Date(n * 86_400_000)),
  ]
  const lists = fc.oneof(...kinds.map((kind) => fc.array(fc.option(kind), { minLength: 1, maxLength: 60 })))
  fc.assert(
    fc.property(lists, fc.constantFrom('ascending', 'descending'), fc.integer(), (values, order, where) => {
      const column = Column.from<string | number | boolean | Date>(values)
      const all = column.sort(order).toArray()
      const index = (where % (all.length + 2)) | 0
      expect(column.sort(order).at(index)).toEqual(all.at(index))
      const twice = column.sort(order)
      const place = Math.abs(index)
      expect([twice[place], twice[place], twice[0], twice.length]).toEqual([all[place], all[place], all[0], all.length])
    }),
  )
})

test('aggregates equal a plain calculation', () => {
  const value = fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: null })
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
      const column = Column.from(values)
      const present = values.filter((x) => x !== null).map((x) => x + 0)
      const sorted = [...present].sort((a, b) => a - b)
      const mean = present.reduce((a, b) => a + b, 0) / present.length
      const place = (sorted.length - 1) * p
      const low = sorted[Math.floor(place)] ?? 0
      const high = sorted[Math.ceil(place)] ?? 0
      expect(column.count()).toBe(present.length)
      expect(column.nunique()).toBe(new Set(present).size)
      expect(column.min() + 0).toEqual(sorted[0] ?? Number.NaN)
      expect(
        column
          .sort()
          .toArray()
          .slice(0, sorted.length)
          .map((x) => (x ?? 0) + 0),
      ).toEqual(sorted)
      if (present.length === 0) return
      expect(column.mean()).toBeCloseTo(mean, 6)
      expect(column.quantile(p)).toBeCloseTo(low + (high - low) * (place - Math.floor(place)), 6)
    }),
  )
})

function flagsOf(values: readonly number[]): Column<boolean> {
  return Column.from(values.map(Boolean))
}
