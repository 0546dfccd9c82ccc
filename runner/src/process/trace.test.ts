import { expect, test } from 'vitest'
import { runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'
import { traceOf } from './trace.ts'

async function traced(features: string, row: number, column: string) {
  const root = folderWith({ 's.csv': 'shop,revenue\na,10\nb,5\na,20\n,7\n', 's.features.ts': features })
  const project = await runProject({ project: `${root}/s.features.ts`, allFeatures: true })
  const [model] = project.models
  if (!model) throw new Error('Nothing ran.')
  return traceOf({ model, project }, 'rows', row, column).inputs.map(({ from }) => from)
}

test('a row that looks at other rows was made from those of its group', async () => {
  const before = 'export const before = (revenue) => revenue.lag(1)'
  const ofGroup = [{ table: 'rows', group: 0, count: 2, missing: 0, values: ['10', '20'] }]
  expect(await traced(`// group_by: shop\n${before}`, 2, 'before')).toEqual(ofGroup)
})

test('where it reads its own value too, or there is no group, that is shown', async () => {
  const change =
    '// group_by: shop\nexport const change = (revenue) => { const before = revenue.lag(1); return revenue - before }'
  expect(await traced('export const before = (revenue) => revenue.lag(1)', 2, 'before')).toEqual([
    { table: 'rows', row: 2, value: '20' },
  ])
  expect(await traced(change, 2, 'change')).toEqual([{ table: 'rows', row: 2, value: '20' }])
})

test('a column that is read under another name has its own value', async () => {
  const root = folderWith({
    's.csv': 'shop,Unit Price\na,10\nb,5\na,20\n',
    's.features.ts':
      '// group_by: shop\nexport const vat = (unit_price) => unit_price * 2\nexport const most = (unit_price) => unit_price.max()',
  })
  const project = await runProject({ project: `${root}/s.features.ts`, allFeatures: true })
  const [model] = project.models
  if (!model) throw new Error('Nothing ran.')
  expect(traceOf({ model, project }, 'rows', 2, 'vat').inputs[0]?.from).toEqual({ table: 'rows', row: 2, value: '20' })
  expect(traceOf({ model, project }, 'groups', 0, 'most').inputs[0]?.from).toMatchObject({ values: ['10', '20'] })
})

test('a row feature that stands in the rows under a new name', async () => {
  const models = [
    {
      model_name: 's',
      seq: 1,
      data: 's.csv',
      features: 's.features.ts',
      group_by: 'shop',
      outputs: { TWICE: 'twice' },
    },
  ]
  const root = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    's.csv': 'shop,revenue\na,10\nb,5\n',
    's.features.ts': 'export const twice = (revenue) => revenue * 2',
  })
  const project = await runProject({ project: `${root}/modeldriver.json`, allFeatures: true })
  const [model] = project.models
  if (!model) throw new Error('Nothing ran.')
  expect(traceOf({ model, project }, 'rows', 1, 'TWICE')).toMatchObject({
    kind: 'row',
    value: '10',
    line: 0,
    inputs: [{ name: 'revenue', from: { table: 'rows', row: 1, value: '5' } }],
  })
})

test('a group that looks at other groups was made from all of them', async () => {
  const models = [
    { model_name: 's', seq: 1, data: 's.csv', features: 's.features.ts', group_by: 'shop', group_order: 'shop' },
  ]
  const root = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    's.csv': 'shop,revenue\na,10\nb,5\na,20\n,7\n',
    's.features.ts': `export const total = (revenue) => revenue.sum()
export const before = (total) => total.lag(1)
export const share = (revenue, total) => revenue / total`,
  })
  const project = await runProject({ project: `${root}/modeldriver.json`, allFeatures: true })
  const [model] = project.models
  if (!model) throw new Error('Nothing ran.')
  const [input] = traceOf({ model, project }, 'groups', 1, 'before').inputs
  expect(input?.from).toEqual({ table: 'groups', count: 2, missing: 0, values: ['30', '5'] })
  const lost = traceOf({ model, project }, 'rows', 3, 'share').inputs.at(-1)
  expect(lost?.from).toEqual({ table: 'groups', row: -1 })
})
