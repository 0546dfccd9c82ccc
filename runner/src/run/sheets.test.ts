import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { rowOf } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { analyseProject, runProject } from '../run.ts'
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

const workbook = join(import.meta.dirname, '../files/workbooks/openpyxl.xlsx')

test('columns of a sheet are known to checks, as those of a CSV are', () => {
  const folder = folderWith({
    'book.features.ts': 'export const gross = (Menge, Pries) => Menge * Pries\n',
  })
  copyFileSync(workbook, join(folder, 'book.xlsx'))
  const { problems } = analyseProject({ project: `${folder}/book.features.ts` })
  const said = problems.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`)
  expect(said).toEqual(["MD001 No column or feature is named 'Pries'. Did you mean 'Preis'?"])
})

test('another workbook in place of the data: the same sheet of it', async () => {
  const models = [{ model_name: 'm', features: 'm.features.ts', data: 'old.xlsx', sheet: 'Filialen' }]
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    'm.features.ts': 'export const label = (id, name) => id + name',
  })
  copyFileSync(workbook, join(folder, 'old.xlsx'))
  copyFileSync(workbook, join(folder, 'new.xlsx'))
  const { models: runs, problems } = await runProject({
    project: `${folder}/modeldriver.json`,
    input: `${folder}/new.xlsx`,
  })
  expect(problems).toEqual([])
  expect(runs.map(({ input, result }) => [input.name, rowOf(result.outputs, 0)])).toEqual([
    ["new.xlsx, sheet 'Filialen'", { label: '1Mitte' }],
  ])
})
