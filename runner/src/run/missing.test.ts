import { rowOf } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'

test('what stands for a missing value holds for the data of a model and for what it joins', async () => {
  const manifest = {
    models: [
      {
        model_name: 'sales',
        features: ['sales.features.ts'],
        data: 'sales.csv',
        joins: [{ from: 'shops.json', on: 'shop' }],
        missing: ['NA', '-'],
        columns: { country: { missing: ['-'] }, qty: 'integer' },
      },
    ],
  }
  const root = folderWith({
    'modeldriver.json': JSON.stringify(manifest),
    'sales.csv': 'shop,country,price,qty\na,NA,1.5,-\n-,DE,NA,2\nb,-,-,NA\n',
    'shops.json': '[{ "shop": "a", "rent": 7 }, { "shop": "b", "rent": "NA" }, { "shop": "-", "rent": 9 }]',
    'sales.features.ts':
      'export const cost = (price, rent) => (price ?? 1) + (rent ?? 0)\nexport const where = (country, qty) => country ?? qty\n',
  })
  const { models, problems } = await runProject({ project: `${root}/modeldriver.json` })
  expect(problems).toEqual([])
  const [model] = models
  expect(model?.input.rejected).toEqual([])
  const rows = model?.result.rows
  expect([0, 1, 2].map((row) => rows && rowOf(rows, row))).toMatchObject([
    { country: 'NA', price: 1.5, qty: null, rent: 7, cost: 8.5, where: 'NA' },
    { shop: null, price: null, qty: 2, rent: null, cost: 1, where: 'DE' },
    { country: null, price: null, qty: null, rent: null, cost: 1, where: null },
  ])
})
