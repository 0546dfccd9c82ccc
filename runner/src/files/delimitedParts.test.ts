import { type ColumnData, makeTable } from '@modeldriver/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delimitedParts } from './delimitedParts.ts'
import { cellText } from './format.ts'

/** One column without its header, a cell per line. */
function written(column: ColumnData, delimiter = ','): readonly string[] {
  return linesOf(delimitedParts(makeTable([['x', column]]), delimiter)).slice(1, -1)
}

const linesOf = (parts: Iterable<Uint8Array>): readonly string[] =>
  Array.from(parts, (part) => Buffer.from(part).toString('utf8'))
    .join('')
    .split('\n')

const told = (text: string | undefined) => text ?? '""'

test('numbers are written as JavaScript writes them', () => {
  const few = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 6 })).map(([n, places]) => n / 10 ** places)
  const some = fc.oneof(
    fc.double({ noDefaultInfinity: true }),
    few,
    fc.constantFrom(0, -0, 1e9, 1e9 - 0.01, 5e-324, 0.1 + 0.2, 123456789.0001),
  )
  fc.assert(
    fc.property(
      fc.array(
        some.filter((n) => !(Math.abs(n) > Number.MAX_SAFE_INTEGER)),
        { minLength: 1 },
      ),
      (numbers) => {
        const column: ColumnData = { type: 'number', values: Float64Array.from(numbers) }
        expect(written(column)).toEqual(numbers.map((_, row) => told(cellText(column, row))))
      },
    ),
  )
  expect(written({ type: 'number', values: Float64Array.of(1e21, -1e300, 2 ** 60) })).toEqual([
    '1e+21',
    '-1e+300',
    '1.152921504606847e+18',
  ])
})

test.each(['date', 'datetime'] as const)('a %s is written as ISO 8601 in UTC', (type) => {
  const step = type === 'date' ? 86_400_000 : 1
  const limit = Math.floor(8.64e15 / step)
  const near = Math.floor(3e14 / step)
  const time = fc
    .oneof(fc.integer({ min: -limit, max: limit }), fc.integer({ min: -near, max: near }))
    .map((n) => n * step)
  fc.assert(
    fc.property(fc.array(time, { minLength: 1 }), (times) => {
      const column: ColumnData = { type, values: Float64Array.from(times) }
      expect(written(column)).toEqual(times.map((_, row) => told(cellText(column, row))))
    }),
  )
  const everyDay = {
    type: 'date' as const,
    values: Float64Array.from({ length: 150_000 }, (_, day) => (day - 75_000) * 86_400_000),
  }
  expect(written(everyDay)).toEqual(Array.from(everyDay.values, (_, row) => told(cellText(everyDay, row))))
})

test('text: quotes where they are needed, a cell of any length', () => {
  const dictionary = [
    'plain',
    'a,b',
    'a;b',
    'say "x"',
    ' a',
    'a\u00a0',
    '',
    'ü',
    '漢'.repeat(3),
    'x'.repeat(5_000_000),
    '\ta',
    'a\tb',
  ]
  const column: ColumnData = { type: 'string', dictionary, codes: Int32Array.from([...dictionary.keys(), -1]) }
  const quoted = [
    'plain',
    '"a,b"',
    'a;b',
    '"say ""x"""',
    '" a"',
    '"a\u00a0"',
    '""',
    'ü',
    '漢漢漢',
    'x'.repeat(5_000_000),
    '"\ta"',
    'a\tb',
    '""',
  ]
  expect(written(column)).toEqual(quoted)
  expect(written(column, '\t').slice(0, 3)).toEqual(['plain', 'a,b', 'a;b'])
  expect(written(column, '\t').at(-2)).toBe('"a\tb"')
})

test('a table of many rows and columns in pieces', () => {
  const values = Float64Array.from({ length: 3000 }, (_, i) => i / 7)
  const table = makeTable(Array.from({ length: 200 }, (_, i) => [`column ${i}`, { type: 'number', values }] as const))
  const lines = linesOf(delimitedParts(table, ';'))
  expect(lines.length).toBe(3002)
  expect(lines[0]?.split(';').length).toBe(200)
  expect(lines.slice(1, -1)).toEqual(Array.from(values, (value) => Array<number>(200).fill(value).join(';')))
})
