import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Expression } from '../ir/expression.ts'
import { columnOf } from '../table/build.ts'
import { cell } from '../table/columns.ts'
import { Column } from './column.ts'
import { groupIndex, groupOrder } from './groups.ts'
import { storeOf } from './store.ts'
import { rollingOf, rollWindow, streamWindow } from './streamingWindows.ts'
import { rowWindowColumn } from './windows.ts'

type Name = 'lag' | 'lead' | 'diff' | 'cumsum'

const window = (name: Name): Expression => ({ kind: 'vector', name, of: { kind: 'input', name: 'x' }, args: [] })

const day = (n: number) => new Date(Date.UTC(2024, 0, n + 20))
const kinds = {
  number: fc.integer({ min: -9, max: 9 }).map((n) => n / 2),
  text: fc.constantFrom('a', 'b', 'ä', ''),
  boolean: fc.boolean(),
  date: fc.integer({ min: 0, max: 30 }).map(day),
} as const

const cases = (
  [
    ...(['lag', 'lead'] as const).flatMap((name) =>
      (['number', 'text', 'boolean', 'date'] as const).map((kind) => [name, kind] as const),
    ),
    ...(['number', 'boolean', 'date'] as const).map((kind) => ['diff', kind] as const),
    ...(['number', 'boolean'] as const).map((kind) => ['cumsum', kind] as const),
  ] as const
).map(([name, kind]) => ({ name, kind }))

test.each(cases)('$name of $kind: what the method gives, group by group', ({ name, kind }) => {
  const row = fc.tuple(fc.option(fc.integer({ min: 0, max: 3 })), fc.option(kinds[kind] as fc.Arbitrary<unknown>))
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const column = columnOf(rows.map(([, value]) => value))
      const groups = groupIndex([columnOf(rows.map(([key]) => key))], rows.length)
      const order = groupOrder(groups)
      const store = storeOf(column, order.places, order.offsets.at(-1))
      const called = rowWindowColumn((group) => {
        const start = order.offsets[group] as number
        const own = new Column<number>(store, start, (order.offsets[group + 1] as number) - start)
        return own[name]()
      }, order)
      const streamed = streamWindow(window(name), () => column, groups)
      if (!streamed) throw new Error('It is not streamed.')
      const cells = (of: typeof called) => rows.map((_, i) => cell(of, i))
      expect(cells(streamed)).toEqual(cells(called))
      if (cells(called).some((value) => value !== null)) expect(streamed.type).toBe(called.type)
    }),
  )
})

test('windows of all groups at once are those of each group', () => {
  const rolling: Expression = {
    kind: 'vector',
    name: 'rolling.max',
    of: { kind: 'input', name: 'x' },
    args: [{ kind: 'literal', value: 2 }],
  }
  const window = rollingOf(rolling)
  if (!window) throw new Error('These are no windows.')
  const order = groupOrder(groupIndex([columnOf(['a', 'b', 'a', null, 'a', 'b'])], 6))
  const texts = storeOf(columnOf(['x', 'z', 'ä', 'q', null, 'y']), order.places, order.offsets.at(-1))
  const column = rollWindow(window, texts, order)
  expect([0, 1, 2, 3, 4, 5].map((row) => cell(column, row))).toEqual(['x', 'z', 'ä', null, 'ä', 'z'])
  expect(rollingOf({ ...rolling, args: [{ kind: 'literal', value: 0 }] } as Expression)).toBeUndefined()
})

test('sums of text and dates are left to the method, which says what is wrong', () => {
  const groups = groupIndex([], 2)
  expect(streamWindow(window('cumsum'), () => columnOf(['a', 'b']), groups)).toBeUndefined()
  expect(streamWindow(window('cumsum'), () => columnOf([day(1), day(2)]), groups)).toBeUndefined()
  expect(streamWindow(window('diff'), () => columnOf(['a', 'b']), groups)).toBeUndefined()
})
