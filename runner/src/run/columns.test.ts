import type { ModelResult } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { type ModelRun, type RunOptions, runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'

const manifest = JSON.stringify({
  models: [
    {
      model_name: 'sales',
      features: ['sales.features.ts'],
      data: 'orders.csv',
      columns: { net: { from: 'Netto' }, shop: { required: true } },
      joins: [{ from: 'shops.csv', on: 'shop', prefix: 'shop_' }],
    },
    { model_name: 'daily', seq: 2, features: ['daily.features.ts'], input: 'sales.rows', group_by: 'day' },
    { model_name: 'again', seq: 3, features: ['again.features.ts'], data: 'orders.csv' },
  ],
})
const files = {
  'modeldriver.json': manifest,
  'orders.csv': `Order Date,Netto,shop,junk,note,Units Sold
2024-01-01 10:00,10,a,1,x,3
2024-01-01 12:00,30,b,2,y,4
2024-01-02 09:00,5,,3,z,5
`,
  'shops.csv': 'shop,size,city\na,100,X\nb,200,Y\n',
  'sales.features.ts': `export const day = (order_date: Date) => order_date.toISOString().slice(0, 10)
export const dense = (net: number, shop_size: number) => net / shop_size
export const optional = (absent = 2, units_sold = 0) => absent * units_sold`,
  // `note` is an input column of the model before, handed on in its rows.
  'daily.features.ts': 'export const notes = (note, dense) => note.nunique() + dense.sum()',
  'again.features.ts': 'export const twice = (units_sold) => units_sold * 2',
}

/** What only some columns were read for is what all were read for. */
async function compare(given: Readonly<Record<string, string>>, options: Omit<RunOptions, 'project'> = {}) {
  const project = `${folderWith(given)}/modeldriver.json`
  const whole = await runProject({ project, ...options })
  const some = await runProject({ project, ...options, onlyNeeded: true })
  expect([whole.problems, some.problems]).toEqual([[], []])
  const tables = ({ outputs, groups }: ModelResult) => ({ outputs, groups })
  expect(some.models.map(({ result }) => tables(result))).toEqual(whole.models.map(({ result }) => tables(result)))
  for (const [at, { result }] of some.models.entries())
    for (const [name, column] of result.rows.columns)
      expect(whole.models[at]?.result.rows.columns.get(name)).toEqual(column)
  return some.models
}
const namesOf = ({ input }: ModelRun) => [...input.table.columns.keys()]

test('the columns that models need are read: their own, required ones, keys of joins, what later models read', async () => {
  const [sales, daily, again] = await compare(files)
  expect(sales && namesOf(sales)).toEqual(['Order Date', 'net', 'shop', 'note', 'Units Sold'])
  expect(sales?.input).toMatchObject({ unread: 1, rows: 3, rejected: [{ kind: 'row', column: 'shop' }] })
  expect(sales && [...sales.joined.values()].map(({ table, unread }) => [[...table.columns.keys()], unread])).toEqual([
    [['shop', 'size'], 1],
  ])
  expect(daily?.result.outputs.columns.has('notes')).toBe(true)
  // In another way than `sales`: without the names and the required column.
  expect(again && namesOf(again)).toEqual(['Units Sold'])
})

test('outputs that are asked for need less', async () => {
  const [again] = await compare(files, { model: 'sales', outputs: ['day'] })
  expect(again && namesOf(again)).toEqual(['Order Date', 'shop'])
  expect(again?.joined.size).toBe(0)
})

test('a file that two models read in the same way is read once', async () => {
  const models = [
    { model_name: 'one', features: ['one.features.ts'], data: 'o.csv' },
    { model_name: 'two', seq: 2, features: ['two.features.ts'], data: 'o.csv' },
  ]
  const [one, two] = await compare({
    'modeldriver.json': JSON.stringify({ models }),
    'o.csv': 'a,b,c\n1,2,3\n',
    'one.features.ts': 'export const f = (a) => a + 1',
    'two.features.ts': 'export const g = (b) => b + 1',
  })
  expect(one && namesOf(one)).toEqual(['a', 'b'])
  expect(two?.input.table).toBe(one?.input.table)
})
