import { type ColumnSummary, type FeatureSummary, featureValues, type ModelSummary } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { duration, facts, number, share, valueText } from './texts.ts'

const feature: FeatureSummary = {
  feature: 'margin',
  level: 'row',
  why: 'row by default',
  ms: 0.84,
  file: { path: '/a.features.ts' },
  line: 3,
  endLine: 5,
}
const column = (more: Partial<ColumnSummary>): ColumnSummary => ({
  name: 'margin',
  type: 'number',
  kind: 'row',
  missing: 0,
  ...more,
})
const text = (more: Partial<ColumnSummary>) => valueText({ feature, model: 'sales', column: column(more), count: 200 })

test.each([
  [{ min: -10.94, max: 80, mean: 35.91, missing: 6 }, 'mean 35.9 · min -10.9 · max 80 · 3 % missing · 0.8 ms'],
  [{ min: 3, max: 3, mean: 3 }, 'always 3 · 0.8 ms'],
  [{ type: 'date', min: 0, max: 86_400_000, mean: 1 }, '1970-01-01 to 1970-01-02 · 0.8 ms'],
  [
    {
      type: 'boolean',
      top: [
        { value: 'false', count: 150 },
        { value: 'true', count: 50 },
      ],
    },
    '25 % true · 0.8 ms',
  ],
  [{ type: 'string', top: [{ value: 'North', count: 120 }], distinct: 3 }, "'North' 60 % · 3 different · 0.8 ms"],
  [{ missing: 200, distinct: 0 }, '100 % missing · 0.8 ms'],
] satisfies [Partial<ColumnSummary>, string][])('%j', (more, expected) => {
  expect(text(more)).toBe(expected)
})

test('what was kept from an earlier run has no time', () => {
  const kept = { ...feature, isKept: true } as const
  expect(valueText({ feature: kept, model: 'sales', column: column({ min: 1, max: 1 }), count: 9 })).toBe('always 1')
})

test('a feature that failed, and one that waits for it', () => {
  const failed = { ...feature, error: { message: 'no' } }
  expect(valueText({ feature: failed, model: 'sales', count: 0 })).toBe('✗ failed')
  const waiting = { ...feature, error: { message: 'no', cause: 'cost' } }
  expect(valueText({ feature: waiting, model: 'sales', count: 0 })).toBe('✗ waits for cost')
})

test('a feature has the column of the table of its level', () => {
  const table = (kind: ColumnSummary['kind'], count: number) => ({ count, columns: [column({ kind })] })
  const model: ModelSummary = {
    model: 'sales',
    input: 'sales.csv',
    rows: table('column', 9),
    groups: table('group', 2),
    features: [{ ...feature, level: 'group' }],
    rowsWithoutKey: 0,
    rejected: 0,
    ms: 1,
  }
  expect(featureValues(model)).toMatchObject([{ count: 2, column: { kind: 'group' } }])
})

test('numbers and parts in few letters', () => {
  expect([0, 0.00001234, 0.01234, 1.5, 123.456, 1234567, 12345678901].map(number)).toEqual([
    '0',
    '1.23e-5',
    '0.0123',
    '1.50',
    '123',
    '1,234,567',
    '1.23e+10',
  ])
  expect([0, 0.001, 0.5, 0.999, 1].map(share)).toEqual(['0 %', '< 1 %', '50 %', '> 99 %', '100 %'])
  expect([0.84, 12.3, 1234].map(duration)).toEqual(['0.8 ms', '12 ms', '1.2 s'])
})

test.each([
  [
    { min: -10.94, max: 80, mean: 35.91, median: 31, std: 12.3456, distinct: 77, missing: 6 },
    'min -10.9 · median 31 · mean 35.9 · max 80 · std 12.3 · 77 different · 3 % missing',
  ],
  [
    { type: 'date', min: 0, max: 86_400_000, mean: 1, std: 2, median: 0 },
    'min 1970-01-01 · median 1970-01-01 · max 1970-01-02 · 0 % missing',
  ],
  [
    {
      type: 'string',
      missing: 100,
      distinct: 5,
      top: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value, count: 20 })),
    },
    "'a' 20 % · 'b' 20 % · 'c' 20 % · 'd' 20 % · 5 different · 50 % missing",
  ],
  [{ missing: 200 }, '100 % missing'],
] satisfies [Partial<ColumnSummary>, string][])('the hover says of a column %j', (more, expected) => {
  expect(facts(column(more), 200).join(' · ')).toBe(expected)
})
