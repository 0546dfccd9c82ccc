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
  ['Stadt;Umsatz\na;1.234,50\nb;2,5\na;abc\nb;1,5\n', 3, '{ "type": "number", "decimal": ",", "thousands": "." }'],
  ['Stadt,Umsatz\na,"1,234.50"\nb,2.5\na,abc\nb,1.5\n', 3, '{ "type": "number", "decimal": ".", "thousands": "," }'],
  ['Stadt,Umsatz\na,7\nb,2.5\na,1\nb,2\na,3\nb,4\na,5\nb,abc\n', 8, '"number"'],
])('what is advised beside a cell that is no number works as it stands: %j', async (csv, row, entry) => {
  const features = 'export const twice = (umsatz) => umsatz * 2\n'
  const advice = `"columns": { "Umsatz": ${entry} }`
  const files = { 'de.csv': csv, 'de.features.ts': features }
  const manifest = (columns: string) =>
    `{ "models": [{ "model_name": "m", "features": ["de.features.ts"], "data": "de.csv"${columns} }] }`
  const runWith = async (columns: string) => {
    const root = folderWith({ ...files, 'modeldriver.json': manifest(columns) })
    const { models, problems } = await runProject({ project: `${root}/modeldriver.json` })
    expect(problems).toEqual([])
    return models[0] as NonNullable<(typeof models)[0]>
  }
  const before = await runWith('')
  expect([...before.failures.values()].map(({ message }) => message)).toEqual([
    `'twice' cannot be computed: 'umsatz' is text, and it is taken for a number. In row ${row} it is "abc", which is no number. If that is no value, give the model ${advice} in the manifest: it is set aside then, and the others are numbers.`,
  ])
  const after = await runWith(`, ${advice}`)
  expect([...after.failures]).toEqual([])
  expect(after.input.rejected.map(({ text, row: line }) => [text, line])).toEqual([['abc', row + 1]])
})

test('without a manifest that advice says how to make one', async () => {
  const root = folderWith({
    's.csv': 'a;b\nx;1,5\ny;abc\n',
    's.features.ts': 'export const twice = (b) => b * 2\n',
  })
  const { models } = await runProject({ project: `${root}/s.features.ts` })
  expect([...(models[0]?.failures.values() ?? [])].map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /In row 2 it is "abc", which is no number\. If .*, and the others are numbers\. There is no modeldriver\.json here yet/,
    ),
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
