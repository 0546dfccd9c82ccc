import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnOf } from '../table/build.ts'
import { makeTable } from '../table/columns.ts'
import { KeyMismatch, matchRows, repeatedKey } from './join.ts'

type Columns = Readonly<Record<string, readonly unknown[]>>

const lengthOf = (columns: Columns): number => Object.values(columns)[0]?.length ?? 0
const tableOf = (columns: Columns) =>
  makeTable(
    Object.entries(columns).map(([name, values]) => [name, columnOf(values)] as const),
    lengthOf(columns),
  )

function check(here: Columns, there: Columns, expected: readonly number[], rowsThere = lengthOf(there)) {
  const keys = Object.keys(here).map((name) => ({
    name,
    here: columnOf(here[name] as unknown[]),
    there: columnOf(there[name] as unknown[]),
  }))
  expect([...matchRows(keys, expected.length, rowsThere)]).toEqual(expected)
}

describe('the row with the same key', () => {
  test('text', () => check({ shop: ['b', 'c', 'a', null] }, { shop: ['a', null, 'b'] }, [2, -1, 0, -1]))
  test('numbers, whole or not; 0 is -0', () => check({ k: [0, 1.5, 2] }, { k: [-0, 2, 1.5] }, [0, 2, 1]))
  test('dates', () => check({ d: [new Date(5), new Date(6)] }, { d: [new Date(6)] }, [-1, 0]))
  test('true and false', () => check({ flag: [true, false, null] }, { flag: [false, true] }, [1, 0, -1]))
  test('several columns are compared one by one', () =>
    check({ a: ['x', 'x-y'], b: ['y-z', 'z'] }, { a: ['x-y', 'x'], b: ['z', 'y-z'] }, [1, 0]))
  test('no key: the only row, if there is one', () => {
    check({}, {}, [0, 0], 1)
    check({}, {}, [-1, -1], 0)
  })
  test('a side without values has no kind: nothing is found, and nothing is wrong', () => {
    for (const values of [['a'], [true], [new Date(5)], [1]]) {
      check({ k: values }, { k: [] }, [-1])
      check({ k: values }, { k: [null] }, [-1])
      check({ k: [null] }, { k: values }, [-1])
    }
    check({ k: [1, 2], n: ['x', 'y'] }, { k: [2, 1], n: [null, null] }, [-1, -1])
    const text = { type: 'string', codes: Int32Array.of(-1), dictionary: [] } as const
    expect([...matchRows([{ name: 'k', here: columnOf([1]), there: text }], 1, 1)]).toEqual([-1])
    expect([...matchRows([{ name: 'k', here: text, there: columnOf([true]) }], 1, 1)]).toEqual([-1])
  })
  test('values that can never be equal', () => {
    const keys = [{ name: 'shop', here: columnOf([1]), there: columnOf(['1']) }]
    expect(() => matchRows(keys, 1, 1)).toThrow(KeyMismatch)
    expect(() => matchRows(keys, 1, 1)).toThrow("'shop' is a number here and text in the joined table")
  })
  test('is what a search finds (property)', () => {
    const cells = fc.array(
      fc.tuple(fc.option(fc.integer({ min: -2, max: 2 })), fc.option(fc.constantFrom('a', 'b', 'c'))),
    )
    fc.assert(
      fc.property(cells, cells, (left, right) => {
        const found = left.map(([n, t]) =>
          n === null || t === null ? -1 : right.findIndex((other) => other[0] === n && other[1] === t),
        )
        const column = (rows: typeof left, place: 0 | 1) =>
          columnOf([...rows.map((row) => row[place]), place ? 'z' : 9])
        const keys = [
          { name: 'n', here: column(left, 0), there: column(right, 0) },
          { name: 't', here: column(left, 1), there: column(right, 1) },
        ]
        const matches = matchRows(keys, left.length + 1, right.length + 1)
        expect([...matches].slice(0, -1)).toEqual(found)
        expect(matches.at(-1)).toBe(right.length)
      }),
    )
  })
})

test.each<[string, Columns, readonly string[], readonly [number, number] | undefined]>([
  ['one row per key', { k: ['a', 'b'] }, ['k'], undefined],
  ['two rows of one key', { k: ['a', 'b', 'c', 'b'] }, ['k'], [1, 3]],
  ['rows without a key', { k: ['a', null, null] }, ['k'], undefined],
  ['two columns tell them apart', { k: ['a', 'a'], n: [1, 2] }, ['k', 'n'], undefined],
  ['no key, one row', { k: ['a'] }, [], undefined],
  ['no key, two rows', { k: ['a', 'b'] }, [], [0, 1]],
  ['no rows', { k: [] }, ['k'], undefined],
])('repeated keys: %s', (_, columns, on, expected) => expect(repeatedKey(tableOf(columns), on)).toEqual(expected))
