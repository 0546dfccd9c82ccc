import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnOf } from '../table/build.ts'
import { groupIndex, groupOrder } from './groups.ts'

/** Rows by key columns, given as one list per column. */
function check(keys: readonly (readonly unknown[])[], expected: readonly number[]) {
  const rows = keys[0]?.length ?? expected.length
  const index = groupIndex(
    keys.map((values) => columnOf(values)),
    rows,
  )
  expect([...index.codes]).toEqual(expected)
  expect(index.count).toBe(Math.max(-1, ...expected) + 1)
  expect(index.rowsWithoutKey).toBe(expected.filter((code) => code < 0).length)
  expect([...index.firstRows]).toEqual(Array.from({ length: index.count }, (_, group) => expected.indexOf(group)))
  const sizes = Array.from({ length: index.count }, (_, group) => expected.filter((code) => code === group).length)
  expect([...index.sizes]).toEqual(sizes)
}

describe('which rows belong together', () => {
  test.each<[string, readonly (readonly unknown[])[], readonly number[]]>([
    ['order of first appearance', [[30, 10, 30, 20, 10]], [0, 1, 0, 2, 1]],
    ['-0 equals 0', [[0, -0, 0.5, -0.5]], [0, 0, 1, 2]],
    ['-0 equals 0 in a wide range', [[-0, 1e300, 0]], [0, 1, 0]],
    ['fractions', [[0.1 + 0.2, 0.3, 0.30000000000000004]], [0, 1, 0]],
    ['a missing key is no group', [['a', null, 'a', 'b']], [0, -1, 0, 1]],
    ['empty text is a key, missing is none', [['', null, '', 'x']], [0, -1, 0, 1]],
    ['booleans', [[true, false, null, true]], [0, 1, -1, 0]],
    [
      'text with separators in it',
      [
        ['a|', 'a', 'a|'],
        ['b', '|b', 'b'],
      ],
      [0, 1, 0],
    ],
    [
      'text with quotes in it',
      [
        ['a"|"b', 'a'],
        ['c', 'b"|"c'],
      ],
      [0, 1],
    ],
    [
      'two keys, one missing',
      [
        [1, 1, null, 1],
        ['x', null, 'x', 'x'],
      ],
      [0, -1, -1, 0],
    ],
    ['dates', [[new Date(0), new Date(86_400_000), new Date(0)]], [0, 1, 0]],
    [
      'a date and its number in two columns',
      [
        [new Date(5), new Date(6)],
        [6, 5],
      ],
      [0, 1],
    ],
    [
      'three keys',
      [
        [1, 1, 2, 1],
        ['a', 'b', 'a', 'a'],
        [true, true, true, true],
      ],
      [0, 1, 2, 0],
    ],
    ['whole numbers beyond 32 bits', [[2 ** 40, 2 ** 40 + 1, 2 ** 40, -(2 ** 31)]], [0, 1, 0, 2]],
    ['the ends of 32 bits', [[2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1]], [0, 1, 0]],
    ['days', [['2024-02-29', '1969-12-31', null, '2024-02-29'].map((day) => day && new Date(day))], [0, 1, -1, 0]],
    [
      'instants',
      [['2024-02-29T10:00Z', '2024-02-29', '2024-02-29T10:00Z'].map((instant) => new Date(instant))],
      [0, 1, 0],
    ],
    [
      'instants to the millisecond',
      [
        ['2024-02-29T10:00:00.001Z', null, '2024-02-29T10:00Z', '2024-02-29T10:00:00.001Z'].map(
          (at) => at && new Date(at),
        ),
      ],
      [0, -1, 1, 0],
    ],
    [
      'a key missing in each column',
      [
        ['a', null, 'a', 'b', 'a'],
        [1, 1, null, 1, 1],
      ],
      [0, -1, -1, 1, 0],
    ],
    ['large and small numbers', [[1e15, 1e15 + 1, -1e15, 1e15]], [0, 1, 2, 0]],
  ])('%s', (_, keys, expected) => check(keys, expected))

  test('no key: one group, of no rows too', () => {
    check([], [0, 0, 0])
    expect(groupIndex([], 0)).toMatchObject({ count: 1, rowsWithoutKey: 0 })
  })
})

test('equals grouping by a Map of Maps, whatever the keys', () => {
  const key = fc.oneof(
    fc.constantFrom(0, -0, 1, 2.5, 1e300, -1e300),
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  )
  const word = fc.option(fc.constantFrom('', 'a', 'b', 'a|b', '|', ','), { nil: null })
  fc.assert(
    fc.property(fc.array(fc.tuple(key, word), { maxLength: 2000 }), (rows) => {
      const known = new Map<number, Map<string, number>>()
      let count = 0
      const expected = rows.map(([number, text]) => {
        if (number === null || text === null) return -1
        const texts = known.get(number) ?? new Map<string, number>()
        known.set(number, texts)
        const code = texts.get(text) ?? count++
        texts.set(text, code)
        return code
      })
      check([rows.map(([number]) => number), rows.map(([, text]) => text)], expected)
    }),
    { numRuns: 40 },
  )
})

test('texts whose codes are not in order of first appearance, or do not all appear', () => {
  const dictionary = ['a', 'b', 'c']
  const check = (codes: readonly number[], expected: readonly number[]) => {
    const index = groupIndex([{ type: 'string', codes: Int32Array.from(codes), dictionary }], codes.length)
    expect([...index.codes]).toEqual(expected)
    expect([...index.firstRows]).toEqual([...new Set(expected)].filter((g) => g >= 0).map((g) => expected.indexOf(g)))
  }
  check([1, 0, -1, 1, 2], [0, 1, -1, 0, 2])
  check([0, 1, -1, 0], [0, 1, -1, 0])
  check([0, 2, 2, 1], [0, 1, 1, 2])
  check([-1, -1], [-1, -1])
})

test.each<[string, (i: number) => number]>([
  ['whole numbers', (i) => ((i * 700_001) % 2 ** 32) - 2 ** 31],
  ['fractions', (i) => i * 0.1],
  ['numbers of which only the highest bits differ', (i) => i * 2 ** 40],
])('many keys far apart: %s', (_, of) => {
  const keys = Array.from({ length: 9000 }, (_, i) => (i % 11 === 0 ? null : of((i * 31) % 4000)))
  const known = new Map<number, number>()
  const expected = keys.map((key) => {
    if (key === null) return -1
    const code = known.get(key) ?? known.size
    known.set(key, code)
    return code
  })
  expect([...groupIndex([columnOf(keys)], keys.length).codes]).toEqual(expected)
})

test('several keys whose combinations are more than a number can hold', () => {
  const rows = 12_000
  const keys = [7919, 104_729, 1_299_709, 15_485_863].map((prime) =>
    Array.from({ length: rows }, (_, i) => ((i % 9000) * prime) % 11_987),
  )
  const known = new Map<string, number>()
  const expected = Array.from({ length: rows }, (_, i) => {
    const text = keys.map((key) => key[i]).join()
    const code = known.get(text) ?? known.size
    known.set(text, code)
    return code
  })
  const index = groupIndex([...keys, keys[0] as number[]].map(columnOf), rows)
  expect([...index.codes]).toEqual(expected)
  expect(index.count).toBe(9000)
})

test('rows put group by group stay in row order within a group', () => {
  const index = groupIndex([columnOf(['b', 'a', null, 'b', 'a', 'b'])], 6)
  const { places, offsets } = groupOrder(index)
  expect([...places]).toEqual([0, 3, -1, 1, 4, 2])
  expect([...offsets]).toEqual([0, 3, 5])
})
