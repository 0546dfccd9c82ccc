import { columnOf, head, makeTable } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { tableFormats, writeFiles } from '../files/write.ts'
import { analyseProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'
import { withTypes } from './types.ts'

const table = makeTable([
  ['region', columnOf(['north', 'south', null])],
  ['revenue', columnOf([1.5, null, 2])],
  ['qty', columnOf([1, 2, 3])],
  ['isOpen', columnOf([true, false, null])],
  ['day', columnOf([new Date('2024-02-29'), null, null])],
  ['at', columnOf([new Date('2024-02-29T10:30:00Z'), null, null])],
  ['nothing', columnOf([null, null, null])],
])
const features = `
export const less = (region) => region - 1
export const twice = (region: number) => region * 2
export const named = (revenue) => revenue.trim()
export const counted = (qty: string) => 'n' + qty
export const shouted = (isOpen) => isOpen.toUpperCase()
export const told = (day) => day.toUpperCase()
export const later = (at: number) => at + 1
export const any = (nothing) => nothing.trim()
export const right = (region, revenue, day) => region + ' ' + revenue * 2 + ' ' + day.getTime()
`

test.each(tableFormats)('what a body asks of the columns of a file: %s', async (format) => {
  const file = `sales.${format}`
  const folder = folderWith({
    'sales.features.ts': features,
    'modeldriver.json': JSON.stringify({
      models: [{ model_name: 'sales', features: 'sales.features.ts', data: file }],
    }),
  })
  writeFiles([{ path: `${folder}/${file}`, table, format }])
  const [analysis] = await withTypes([analyseProject({ project: `${folder}/modeldriver.json` })])
  const found = analysis?.problems.filter(({ severity }) => severity !== 'hint')
  // Parquet's description of itself shows no values.
  const said = found?.map(
    ({ code, message }) => `${code} ${message.replace(file, 'FILE').replace(/ \(e\.g\. .*\)/, '')}`,
  )
  expect(said?.sort()).toEqual([
    "MD019 'at' is a date in FILE, but is declared as number.",
    "MD019 'day' is a date in FILE, which has no 'toUpperCase'.",
    "MD019 'isOpen' is true or false in FILE, which has no 'toUpperCase'.",
    "MD019 'qty' is a number in FILE, but is declared as string.",
    "MD019 'region' is text in FILE, but is declared as number.",
    "MD019 'region' is text in FILE, so nothing can be subtracted from it.",
    "MD019 'revenue' is a number in FILE, which has no 'trim'.",
  ])
})

test.each(['parquet', 'arrow'] as const)('a file without rows has types all the same: %s', async (format) => {
  const folder = folderWith({ 'sales.features.ts': 'export const less = (region) => region - 1\n' })
  writeFiles([{ path: `${folder}/sales.${format}`, table: head(table, 0), format }])
  const [analysis] = await withTypes([analyseProject({ project: `${folder}/sales.features.ts` })])
  expect(analysis?.problems.map(({ message }) => message)).toEqual([
    `'region' is text in sales.${format}, so nothing can be subtracted from it.`,
  ])
})
