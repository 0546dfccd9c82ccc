import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { rowOf } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'

test('two models and a join read sheets of one workbook', async () => {
  const manifest = {
    models: [
      {
        model_name: 'sales',
        features: 'sales.features.ts',
        data: 'book.xlsx',
        sheet: 'Umsatz',
        columns: { id: { from: 'Menge' } },
        joins: [{ from: 'book.xlsx', sheet: 'Filialen', on: 'id', prefix: 'shop_' }],
      },
      { model_name: 'shops', features: 'shops.features.ts', data: 'book.xlsx', sheet: 'Filialen' },
    ],
  }
  const folder = folderWith({
    'modeldriver.json': JSON.stringify(manifest),
    'sales.features.ts': 'export const place = (Region, shop_name) => Region + " " + shop_name',
    'shops.features.ts': 'export const label = (id, name) => id + name',
  })
  copyFileSync(join(import.meta.dirname, '../files/workbooks/openpyxl.xlsx'), join(folder, 'book.xlsx'))
  const { models, problems } = await runProject({ project: `${folder}/modeldriver.json` })
  expect(problems).toEqual([])
  const [sales, shops] = models.map(({ result }) => result.outputs)
  expect(sales && [0, 1, 2].map((row) => rowOf(sales, row))).toEqual([
    { place: 'Nord Mitte' },
    { place: null },
    { place: null },
  ])
  expect(shops && rowOf(shops, 0)).toEqual({ label: '1Mitte' })
})
