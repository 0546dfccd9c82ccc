import type { ColumnSummary, ModelSummary } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { columnNamed } from './pointed.ts'

const column = (name: string, more: Partial<ColumnSummary> = {}): ColumnSummary => ({
  name,
  type: 'number',
  kind: 'column',
  missing: 0,
  ...more,
})

const model = (name: string, rows: readonly ColumnSummary[], groups?: readonly ColumnSummary[]): ModelSummary => ({
  model: name,
  input: 'sales.csv',
  rows: { count: 9, columns: rows },
  ...(groups && { groups: { count: 2, columns: groups } }),
  features: [],
  rowsWithoutKey: 0,
  rejected: 0,
  ms: 1,
})

const key = column('shop', { kind: 'key' })
const spaced = column('Unit Price', { called: 'Unit_Price' })
const total = column('total', { kind: 'group' })
const sales = model('sales', [key, spaced], [key, total])

test.each([
  ['a column of the data by the name that features use', 'Unit_Price', spaced, 'rows', 9],
  ['and by its own', 'Unit Price', spaced, 'rows', 9],
  ['a group feature among the groups', 'total', total, 'groups', 2],
  ['a key among the rows', 'shop', key, 'rows', 9],
] as const)('%s', (_, name, found, table, count) => {
  expect(columnNamed([sales], name)).toEqual({ model: sales, table, count, column: found })
})

test('of several models the first that has it; none for other words', () => {
  const [first, second] = [model('cleaned', [column('price')]), model('scored', [column('price'), column('score')])]
  expect(columnNamed([first, second], 'price')?.model).toBe(first)
  expect(columnNamed([first, second], 'score')?.model).toBe(second)
  expect(columnNamed([first, second], 'return')).toBeUndefined()
})
