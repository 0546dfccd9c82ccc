import type { ColumnSummary, PageColumn } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { cellText, columnWidth, exactText, isCut, isRightAligned } from './cells.ts'
import { column } from './summary.fixture.ts'

const numbers = (type: 'number' | 'integer' | 'date' | 'datetime', value: number): PageColumn => ({
  name: 'x',
  type,
  values: Float64Array.of(value),
})

test.each<[string, PageColumn, Partial<ColumnSummary>, string | undefined]>([
  ['an amount', numbers('number', 2734.187), { min: 0, max: 9000 }, '2,734.19'],
  ['a share', numbers('number', 0.092), { min: 0, max: 0.3 }, '0.0920'],
  ['a whole number', numbers('integer', 12345), { type: 'integer' }, '12,345'],
  ['a key', numbers('integer', 402736), { type: 'integer', kind: 'key' }, '402736'],
  ['a date', numbers('date', Date.UTC(2024, 1, 29)), { type: 'date' }, '2024-02-29'],
  ['text', { name: 'x', type: 'string', values: ['store'] }, { type: 'string' }, 'store'],
  ['empty text', { name: 'x', type: 'string', values: [''] }, { type: 'string' }, ''],
  ['false', { name: 'x', type: 'boolean', values: [false] }, { type: 'boolean' }, 'false'],
  ['a missing number', numbers('number', Number.NaN), {}, undefined],
  ['a missing text', { name: 'x', type: 'string', values: [null] }, { type: 'string' }, undefined],
])('%s', (_, cells, more, text) => {
  expect(cellText(cells, 0, column('x', more))).toBe(text)
})

test('numbers stand right, everything else left', () => {
  const types = (['number', 'integer', 'string', 'boolean', 'date'] as const).map((type) =>
    isRightAligned(column('x', { type })),
  )
  expect(types).toEqual([true, true, false, false, false])
})

test('long names and values get wider columns, within reason', () => {
  const long = columnWidth(column('a_rather_long_feature_name'))
  expect(long).toBeGreaterThan(columnWidth(column('x')))
  expect(columnWidth(column('x'.repeat(200)))).toBeLessThanOrEqual(420)
  const text = { type: 'string', top: [{ value: 'x'.repeat(200), count: 1 }] } as const
  expect(columnWidth(column('x', text))).toBeLessThanOrEqual(280)
})

test.each([
  [0, false],
  [8, false],
  [50, true],
  [95, false],
  [100, false],
  [150, true],
  [200, false],
  [900, false],
])('two columns of 100 pixels, of which %i are hidden: content is cut: %s', (hidden, cut) => {
  expect(isCut([100, 100], hidden)).toBe(cut)
})

test.each<[PageColumn, string | undefined]>([
  [numbers('number', 1234.56789), '1234.56789'],
  [numbers('date', Date.UTC(2024, 1, 29)), '2024-02-29'],
  [numbers('datetime', Date.UTC(2024, 1, 29, 9, 5)), '2024-02-29T09:05:00Z'],
  [{ name: 'x', type: 'boolean', values: [false] }, 'false'],
  [numbers('number', Number.NaN), undefined],
])('%j is copied as %s', (cells, text) => {
  expect(exactText(cells, 0)).toBe(text)
})
