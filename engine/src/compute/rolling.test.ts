import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RollingName, rollingNames } from '../ir/expression.ts'
import { Column } from './column.ts'
import { rolled } from './rolling.ts'
import type { Item } from './store.ts'

/** Each window cut out and asked by itself. */
function cutOut(column: Column<Item>, size: number, atLeast: number, name: RollingName): unknown[] {
  return Array.from({ length: column.length }, (_, i) => {
    const window = column.slice(Math.max(0, i - size + 1), i + 1)
    return window.count() < atLeast ? undefined : read(window[name]())
  })
}

const read = (value: unknown): unknown =>
  value instanceof Date ? read(value.getTime()) : Number.isNaN(value) ? undefined : value

function expectSame(got: readonly unknown[], wanted: readonly unknown[]): void {
  expect(got.length).toBe(wanted.length)
  for (const [i, value] of wanted.entries()) {
    if (typeof value === 'number') expect(got[i]).toBeCloseTo(value, 7)
    else expect(got[i]).toBe(value)
  }
}

const missing = fc.constant(null)
const numbers = fc.array(fc.oneof(fc.integer({ min: -1000, max: 1000 }), missing), { maxLength: 60 })
const sizes = fc.integer({ min: 1, max: 20 })

test.each(rollingNames)('rolling(n).%s() is what each window gives by itself', (name) => {
  fc.assert(
    fc.property(numbers, sizes, fc.integer({ min: 0, max: 4 }), (values, size, least) => {
      const atLeast = Math.min(least, size)
      const column = Column.from<number>([0, ...values]).slice(1)
      expectSame(column.rolling(size, atLeast)[name]().toArray(), cutOut(column, size, atLeast, name))
    }),
  )
})

test.each(rollingNames)('the windows of %s do not reach from one stretch of values into the next', (name) => {
  fc.assert(
    fc.property(
      fc.array(numbers, { maxLength: 6 }),
      sizes,
      fc.integer({ min: 0, max: 2 }),
      (stretches, size, least) => {
        const atLeast = Math.min(least, size)
        const offsets = [1]
        for (const { length } of stretches) offsets.push((offsets.at(-1) as number) + length)
        const { store } = Column.from<number>([0, ...stretches.flat()])
        const together = new Column(rolled(name, { store, offsets }, size, atLeast), 0, (offsets.at(-1) as number) - 1)
        const apart = stretches.flatMap((_, i) => {
          const [from, to] = [offsets[i] as number, offsets[i + 1] as number]
          return new Column<number>(store, from, to - from).rolling(size, atLeast)[name]().toArray()
        })
        expectSame(together.toArray().map(read), apart.map(read))
      },
    ),
  )
})

test('of text and dates the smallest, the largest, the count; of dates the mean', () => {
  const texts = Column.from<string>(['b', null, 'ä', 'a', 'c'])
  expect(texts.rolling(2).min().toArray()).toEqual(['b', 'b', 'ä', 'a', 'a'])
  expect(texts.rolling(3).max().toArray()).toEqual(['b', 'b', 'ä', 'ä', 'ä'])
  expect(texts.slice(1).rolling(2).min().toArray()).toEqual([undefined, 'ä', 'a', 'a'])
  expect(texts.rolling(2).count().toArray()).toEqual([1, 1, 1, 2, 2])
  expect(() => texts.rolling(2).mean()).toThrow('mean() needs numbers or dates, but this column holds text.')
  const days = Column.from([new Date('2024-03-01'), null, new Date('2024-03-04')])
  expect(days.rolling(3).mean().toArray().map(read)).toEqual(
    ['2024-03-01', '2024-03-01', '2024-03-02T12:00'].map((text) => Date.parse(text.length > 10 ? `${text}Z` : text)),
  )
})

test('a large value that has left the window leaves nothing behind', () => {
  const column = Column.from([1e300, 1, 2, 3])
  expect(column.rolling(2).sum().toArray().slice(2)).toEqual([3, 5])
  expect(column.rolling(2).var().toArray().slice(2)).toEqual([0.5, 0.5])
})

test('windows that cannot be meant', () => {
  expect(() => Column.from([1]).rolling(0)).toThrow('rolling(n) needs a whole number of rows, at least 1, not 0.')
  for (const atLeast of [3, -1, 1.5])
    expect(() => Column.from([1]).rolling(2, atLeast)).toThrow(
      `rolling(2, atLeast) needs a whole number from 0 to 2, the rows of a window, not ${atLeast}.`,
    )
  expect(() => Column.from([1]).rolling(1.5)).toThrow('not 1.5')
})
