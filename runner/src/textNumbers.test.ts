import { expect, test } from 'vitest'
import { runProject } from './run.ts'
import { folderWith } from './testFolder.ts'

/** `price` is text, because `.` stands between thousands and nobody said so; `empty` has no value at all. */
const data = 'shop,qty,price,empty\na,2,1.000.000,\nb,3,1.500,\n'

async function run(features: string) {
  const root = folderWith({ 's.csv': data, 's.features.ts': features })
  const { models } = await runProject({ project: `${root}/s.features.ts`, allFeatures: true })
  return models[0]?.result.report.features.map(({ error }) => error?.message)
}

test.each([
  '(price, qty) => price * qty',
  '(price, qty) => Math.round(qty - price)',
  '(price) => price / 2',
  '(price) => price > 1000',
  '(price, qty) => (qty <= price ? 1 : 0)',
  '(qty, price) => (qty * price) / qty.sum() //#row',
])('text is not taken for numbers: %s', async (feature) => {
  const errors = await run(`// group_by: shop\nexport const amount = ${feature}\n`)
  expect(errors).toEqual([
    expect.stringMatching(
      /^'amount' cannot be computed: 'price' is text, and it is taken for a number\. In row 1 it is "1\.000\.000", which is no number\. Give the table/,
    ),
  ])
})

test.each([
  [
    '1\n9007199254740993\n2\n',
    'It holds whole numbers beyond 2^53, which have no exact value as a number, so it is read as text. The first is 9007199254740993 in line 3.',
  ],
  ['1\n2\n007\n', '007 has a leading zero, as codes have, so it stays text.'],
])('why a column of numbers is text: %j', async (cells, why) => {
  const root = folderWith({ 's.csv': `id\n${cells}`, 's.features.ts': 'export const twice = (id) => id * 2\n' })
  const { models } = await runProject({ project: `${root}/s.features.ts` })
  expect([...(models[0]?.failures.values() ?? [])].map(({ message }) => message)).toEqual([
    expect.stringContaining(`'id' is text, and it is taken for a number. ${why}`),
  ])
})

test.each([
  '(price, qty) => Number(price) * qty',
  "(price) => price + '!'",
  "(price) => price > '1'",
  '(empty, qty) => empty * qty',
  '(price, qty) => price.length * qty //#row',
])('what is meant as it stands: %s', async (feature) => {
  const errors = await run(`// group_by: shop\nexport const amount = ${feature}\n`)
  expect(errors).toEqual([undefined])
})
