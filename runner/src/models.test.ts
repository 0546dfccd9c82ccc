import { rowOf, type Table } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { type ProjectRun, runProject } from './run.ts'
import { folderWith } from './testFolder.ts'

/** Five models, not in the order of `seq`: enrichment, keys of two columns of which one is computed, renamed outputs, one group for all. */
const files = {
  'modeldriver.json': `{ "models": [
    { "model_name": "score", "seq": 4, "features": ["score.features.ts"], "input": "regions.groups",
      "outputs": { "area": "region", "share_pct": "share" } },
    { "model_name": "lines", "seq": 1, "features": ["lines.features.ts"], "data": "orders.csv" },
    { "model_name": "daily", "seq": 2, "features": ["daily.features.ts"], "input": "lines.rows", "group_by": ["day", "region"],
      "outputs": ["total", "per_order"] },
    { "model_name": "regions", "seq": 3, "features": ["regions.features.ts"], "group_by": "region" },
    { "model_name": "all", "seq": 5, "features": ["all.features.ts"], "input": "lines.rows", "group_by": [] }
  ] }`,
  'orders.csv': `order,sold_at,region,qty,price
1,2024-01-01 10:00,north,2,5
2,2024-01-01 12:00,south,1,20
3,2024-01-01 13:00,north,3,5
4,2024-01-02 09:00,north,1,
5,2024-01-02 09:30,,4,2
6,2024-01-02 11:00,south,2,20
`,
  'lines.features.ts': `const VAT = 0.2
export const fee = () => 0.5
export const amount = (qty, price, discount = 0) => qty * price * (1 - discount)
export const gross = (amount, fee) => amount * (1 + VAT) + fee
export const has_coupon = (coupon?: string) => coupon != null`,
  'daily.features.ts': `export const day = (sold_at) => sold_at.toISOString().slice(0, 10)
export const total = (amount) => amount.sum()
export const orders = (order) => order.count()
export const per_order = (total, orders) => total / orders
export const highest = (gross) => gross.max()`,
  'regions.features.ts': `export const revenue = (total) => total.sum()
export const best = (total) => total.max()
export const spread = (revenue, best) => best / revenue
export const days = (day) => day.nunique()`,
  'score.features.ts': 'export const share = (spread) => spread * 100',
  'all.features.ts': `export const everything = (amount) => amount.sum()
export const part = (amount, everything) => amount / everything`,
}

const runOf = ({ models }: ProjectRun, name: string) => models.find(({ plan }) => plan.model === name)
const rowsOf = (table: Table | undefined) =>
  Array.from({ length: table?.length ?? 0 }, (_, row) => rowOf(table as Table, row))
const columnOf = (table: Table | undefined, name: string) => rowsOf(table).map((row) => row[name])

test('a pipeline by seq: enrichment, keys of two columns, groups of groups, renamed outputs, one group for all', async () => {
  const result = await runProject({ project: `${folderWith(files)}/modeldriver.json`, allFeatures: true })
  expect(result.problems).toEqual([])
  expect(result.models.map(({ plan }) => plan.model)).toEqual(['lines', 'daily', 'regions', 'score', 'all'])

  // By hand. lines has no key: all is one value per row; a constant and an input that is not there give one value in all.
  const lines = runOf(result, 'lines')?.result
  expect(columnOf(lines?.rows, 'amount')).toEqual([10, 20, 15, null, 8, 40])
  expect(columnOf(lines?.rows, 'gross')).toEqual(
    [12.5, 24.5, 18.5, null, 10.1, 48.5].map((v) => v && expect.closeTo(v, 9)),
  )
  expect(columnOf(lines?.rows, 'fee')).toEqual(Array(6).fill(0.5))
  expect(columnOf(lines?.rows, 'has_coupon')).toEqual(Array(6).fill(false))
  expect(lines?.groups).toBeUndefined()

  // daily: the key 'day' is a row feature; the fifth row has no region. The outputs are the keys and what is selected.
  const daily = runOf(result, 'daily')?.result
  expect(rowsOf(daily?.outputs)).toEqual([
    { day: '2024-01-01', region: 'north', total: 25, per_order: 12.5 },
    { day: '2024-01-01', region: 'south', total: 20, per_order: 20 },
    { day: '2024-01-02', region: 'north', total: 0, per_order: 0 },
    { day: '2024-01-02', region: 'south', total: 40, per_order: 40 },
  ])
  expect(daily?.report.rowsWithoutKey).toBe(1)

  // regions reads the outputs before it: groups of groups.
  expect(rowsOf(runOf(result, 'regions')?.result.groups)).toEqual([
    { region: 'north', revenue: 25, best: 25, spread: 1, days: 2 },
    { region: 'south', revenue: 60, best: 40, spread: 40 / 60, days: 2 },
  ])
  expect(rowsOf(runOf(result, 'score')?.result.outputs)).toEqual([
    { area: 'north', share_pct: 100 },
    { area: 'south', share_pct: (40 / 60) * 100 },
  ])
  expect(rowsOf(runOf(result, 'all')?.result.groups)).toEqual([{ everything: 93 }])
  expect(columnOf(runOf(result, 'all')?.result.rows, 'part')).toEqual([10, 20, 15, null, 8, 40].map((v) => v && v / 93))
})

test('backwards from one model: nothing else is computed, nothing else is required', async () => {
  const without = { ...files, 'orders.csv': files['orders.csv'].replace('order,', 'number,') }
  const result = await runProject({ project: `${folderWith(without)}/modeldriver.json`, model: 'score' })
  expect(result.problems).toEqual([])
  const steps = result.models.map(({ plan }) => [plan.model, ...plan.steps.map(({ feature }) => feature)].join(' '))
  expect(steps).toEqual(['lines amount', 'daily day total', 'regions revenue best spread', 'score share'])
  expect(result.models.map(({ plan }) => plan.requiredInputs.join(' '))).toEqual([
    'qty price sold_at region',
    'sold_at region amount',
    'region total',
    'region spread',
  ])
})

test('an optional input that is there, and one that an earlier model gives', async () => {
  const some = {
    ...files,
    'orders.csv':
      'order,sold_at,region,qty,price,discount\n1,2024-01-01 10:00,north,2,5,0.5\n2,2024-01-01 10:00,north,2,5,\n',
    'all.features.ts':
      'export const dear = (gross = 100, nothing = 7) => gross > nothing\nexport const dearest = (dear) => dear.any()',
  }
  const result = await runProject({ project: `${folderWith(some)}/modeldriver.json`, allFeatures: true })
  expect(result.problems).toEqual([])
  expect(columnOf(runOf(result, 'lines')?.result.rows, 'amount')).toEqual([5, 10])
  expect(columnOf(runOf(result, 'all')?.result.rows, 'dear')).toEqual([false, true])
  expect(rowsOf(runOf(result, 'all')?.result.groups)).toEqual([{ dearest: true }])
})
