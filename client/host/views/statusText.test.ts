import type { FeatureSummary, RunSummary, Target } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { statusOf } from './statusText.ts'

const target: Target = {
  project: '/shop/modeldriver.json',
  model: 'daily',
  groupBy: ['dt_date'],
  columnsFrom: 'sales.csv (12 columns)',
}

const feature = (error?: FeatureSummary['error']): FeatureSummary => ({
  feature: 'margin',
  level: 'row',
  why: 'row by default',
  ms: 1,
  file: { path: '/shop/daily.features.ts' },
  line: 1,
  endLine: 2,
  ...(error && { error }),
})

const run = (model: string, features: readonly FeatureSummary[], project = target.project): RunSummary => ({
  run: '1',
  project,
  ms: 70,
  models: [
    { model, input: 'sales.csv', rows: { count: 1, columns: [] }, features, rowsWithoutKey: 0, rejected: 0, ms: 68.2 },
  ],
  problems: [],
  files: ['/shop/daily.features.ts'],
})

const failure = { message: 'it failed' }
const { columnsFrom: _, ...unchecked } = target

test.each([
  ['never run', target, undefined, 'reads sales.csv'],
  [
    'with a file whose name has parentheses',
    { ...target, columnsFrom: 'sales (2).csv (1 column)' },
    undefined,
    'reads sales (2).csv',
  ],
  ['run', target, run('daily', [feature()]), 'reads sales.csv · last run: 68 ms'],
  [
    'run with errors',
    target,
    run('daily', [feature(failure), feature({ ...failure, cause: 'margin' })]),
    'reads sales.csv · last run: 1 feature failed',
  ],
  ['run, another model', target, run('hourly', [feature()]), 'reads sales.csv'],
  ['run, another project', target, run('daily', [feature()], '/other.json'), 'reads sales.csv'],
])('a model %s', (_, of, last, detail) => {
  expect(statusOf(of, last)).toEqual({ text: 'daily', detail, isWarning: false })
})

test('what is to be chosen is a warning', () => {
  expect(statusOf(unchecked, undefined)).toEqual({
    text: 'daily',
    detail: 'inputs unchecked',
    isWarning: true,
  })
  expect(statusOf(undefined, undefined)).toMatchObject({ text: 'No model', isWarning: true })
})
