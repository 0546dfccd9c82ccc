import { expect, test } from 'vitest'
import { column } from './summary.fixture.ts'
import { shownTrace, sourceText, tracedCell } from './traced.ts'

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

test('values in a trace are written as the cells of their columns are', () => {
  const count = { type: 'integer', min: 0, max: 5000 } as const
  const rows = {
    count: 9,
    columns: [column('qty', count), column('at', { type: 'date' }), column('note', { type: 'string' })],
  }
  const groups = {
    count: 2,
    columns: [column('shop', { type: 'integer', kind: 'key' }), column('total', { max: 9000 })],
  }
  const trace = {
    column: 'total',
    kind: 'group',
    table: 'groups',
    row: 1,
    value: '1234.5',
    key: [{ name: 'shop', value: '40273' }],
    inputs: [
      {
        name: 'qty',
        kind: 'column',
        from: { table: 'rows', group: 1, count: 3, missing: 1, values: ['1204', null, '7'] },
      },
      { name: 'at', kind: 'column', from: { table: 'rows', row: 3, value: '2024-02-29' } },
      { name: 'note', kind: 'column', from: { table: 'rows', row: 3, value: '1234' } },
      { name: 'vat', kind: 'column', from: { table: 'absent' } },
      { name: 'total', kind: 'group', from: { table: 'groups', row: -1 } },
    ],
  } as const
  const shown = shownTrace(trace, { rows, groups })
  expect(shown).toMatchObject({ value: '1,234.50', key: [{ name: 'shop', value: '40273' }] })
  expect(shown.inputs.map(({ from }) => from)).toEqual([
    { table: 'rows', group: 1, count: 3, missing: 1, values: ['1,204', null, '7'] },
    { table: 'rows', row: 3, value: '2024-02-29' },
    { table: 'rows', row: 3, value: '1234' },
    { table: 'absent' },
    { table: 'groups', row: -1 },
  ])
})

test.each([
  [{ table: 'rows', group: 2, count: 1204, missing: 3, values: [] }, '1,204 rows, 3 missing'],
  [{ table: 'groups', count: 12, missing: 0, values: [] }, '12 groups'],
  [{ table: 'groups', row: -1 }, 'missing: the row belongs to no group'],
  [{ table: 'absent' }, 'not in the data: its default'],
] as const)('%j', (from, text) => {
  expect(sourceText(from)).toBe(text)
})
