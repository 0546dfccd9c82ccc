import type { ColumnSummary, FeatureSummary, ModelSummary, RunSummary } from '@modeldriver/protocol'

export const column = (name: string, more: Partial<ColumnSummary> = {}): ColumnSummary => ({
  name,
  type: 'number',
  kind: 'row',
  missing: 0,
  ...more,
})

const feature = (name: string, level: FeatureSummary['level'], more: Partial<FeatureSummary> = {}): FeatureSummary => ({
  feature: name,
  level,
  why: level === 'row' ? 'row by default' : '#agg',
  ms: 1,
  file: { path: '/work/sales.features.ts' },
  line: 3,
  endLine: 5,
  ...more,
})

/** Rows and groups; `broken` fails and `after` waits for it. */
export const sales: ModelSummary = {
  model: 'sales',
  input: 'sales.csv',
  groupBy: ['pin'],
  rows: { count: 4, columns: [column('pin', { kind: 'key', type: 'integer' }), column('margin'), column('total')] },
  groups: { count: 2, columns: [column('pin', { kind: 'key', type: 'integer' }), column('total', { kind: 'group' })] },
  features: [
    feature('margin', 'row'),
    feature('total', 'group'),
    feature('broken', 'row', { error: { message: "'broken' returned an object." } }),
    feature('after', 'row', { error: { message: "'after' was not computed.", cause: 'broken' } }),
  ],
  rowsWithoutKey: 0,
  rejected: 0,
  ms: 5,
}

/** Enrichment: no groups. */
export const cleaned: ModelSummary = {
  model: 'cleaned',
  input: 'raw.csv',
  rows: { count: 9, columns: [column('price')] },
  features: [feature('price', 'row')],
  rowsWithoutKey: 0,
  rejected: 1,
  ms: 2,
}

export const summary: RunSummary = {
  run: 'run1',
  project: '/work/modeldriver.json',
  models: [cleaned, sales],
  problems: [],
  files: ['/work/modeldriver.json'],
  ms: 7,
}
