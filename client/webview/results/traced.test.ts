import { expect, test } from 'vitest'
import { sourceText, tracedCell } from './traced.ts'

test('a trace says the value of the cell, and of each input its value or how many there were', () => {
  const trace = {
    column: 'share',
    kind: 'row',
    table: 'rows',
    row: 3,
    inputs: [
      { name: 'price', kind: 'column', from: { table: 'rows', row: 3, value: '2.5' } },
      { name: 'total', kind: 'group', from: { table: 'groups', row: 1 } },
    ],
  } as const
  const inputs = { price: '2.5', total: 'missing' }
  expect(tracedCell('sales', trace)).toEqual({ model: 'sales', column: 'share', kind: 'row', value: 'missing', inputs })
})

test.each([
  [{ table: 'rows', group: 2, count: 1204, missing: 3, values: [] }, '1,204 rows, 3 missing'],
  [{ table: 'groups', count: 12, missing: 0, values: [] }, '12 groups'],
  [{ table: 'groups', row: -1 }, 'missing: the row belongs to no group'],
  [{ table: 'absent' }, 'not in the data: its default'],
] as const)('%j', (from, text) => {
  expect(sourceText(from)).toBe(text)
})
