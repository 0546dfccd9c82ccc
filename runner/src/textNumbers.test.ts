import { expect, test } from 'vitest'
import { runProject } from './run.ts'
import { folderWith } from './testFolder.ts'

/** `price` is text, because `.` stands between thousands and nobody said so; `empty` has no value at all. */
const data = 'shop,qty,price,empty\na,2,1.000.000,\nb,3,1.500,\n'

const around = `import { clip } from 'modeldriver'
import * as all from './fees'
import { fee, isCode, looped, walked } from './fees'
const helper = (x) => Math.floor(x)
function opaque(x) { let y = x; y -= 1; return y }
`

const fees = `import { again } from './again'
export const fee = (x) => x * 0.1
export const isCode = (x) => x.includes('.')
export function looped(a, x) { let y = again(x); y += a; return y }
export function walked(xs) { let s = 0; for (const x of xs) s += x; return s }
`
const again = `import { fee } from './fees'
export const again = (x) => fee(x)
`

async function run(features: string) {
  const root = folderWith({ 's.csv': data, 's.features.ts': features, 'fees.ts': fees, 'again.ts': again })
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
  '(price) => -price',
  '(price, qty) => qty / (1 + price)',
  '(price) => Math.round((1 + price) * 100)',
  '(price) => -(1 + price)',
  '(price) => -(price + price)',
  '(price, qty) => (qty.sum() + price.max()) * 2',
  '(price, qty) => { const gross = 1 + price; return qty / gross }',
  '(price, qty) => { let v = qty; v /= 1 + price; return v }',
  '(price, qty) => { let v = qty; const gross = qty + price; v *= gross; return v }',
  '(price) => price === 1000',
  '(price, qty) => (qty !== price ? 1 : 0)',
  '(price) => { let v = 1; if (price === 3) v = 2; return v }',
  '(price) => { let v = 1; v += 1; return v * (1 + price) }',
  '(price) => Math.round(price)',
  '(price, qty) => Math.max(price, qty)',
  '(price, qty) => clip(price, 0, qty)',
  '(price) => (price ?? 0) * 2',
  '(price) => { const half = (x) => x / 2; return half(price) }',
  '(price) => helper(price)',
  '(price) => price.map((p) => p * 2).sum()',
  '(price) => price.filter((p) => p > 3).length',
  '(price, qty) => price.first() * qty.sum()',
  '(price, qty) => price.first() > qty.mean()',
  '(price) => { let v = price; v *= 2; return v }',
  '(price) => { let v = price; v++; return v }',
  '(price) => { let v = 0; v = Math.abs(price); return v }',
  '(price) => { let v = 0; for (let i = 0; i < 3; i++) v += i * price; return v } //#row',
  '(price) => { let v = 1; if (price > 3) v = 2; return v }',
  '(price) => { let v = 0; v = opaque(price); return v }',
  '(price) => { let s = 0; for (const p of price) s += p; return s } //#agg',
  '(price) => { let s = 0; for (const p of price) s = s + p; return s } //#agg',
  '(price) => { let s = 0; for (const p of price) s += -p; return s } //#agg',
  '(price) => { let s = 0; for (let i = 0; i < price.length; i++) s += price[i] * 2; return s } //#agg',
  '(price) => { let s = 0; price.forEach((p) => { s += p }); return s } //#agg',
  '(price) => price.reduce((sum, p) => sum + p, 0)',
  '(price) => price.reduce((sum, p) => sum + 2 * p, 0)',
  '(price) => price.filter((p) => p != null).reduce((sum, p) => sum + p, 0)',
  '(price) => Math.max(...price) //#agg',
  '(price) => price.some((p) => p >= 10)',
  '(price) => fee(price)',
  '(price) => all.fee(price) + 1',
  '(price, qty) => looped(qty, price)',
  '(price) => walked(price) //#agg',
  '(price) => { let s = 0; for (const p of price) s += fee(p); return s } //#agg',
  '(price) => price.map((p) => fee(p)).sum()',
  '(price) => { let max = -Infinity; for (const p of price) if (p > max) max = p; return max } //#agg',
  '(price) => { const half = (x) => { let y = x; y /= 2; return y }; return half(price) }',
])('text is not taken for numbers: %s', async (feature) => {
  const errors = await run(`// group_by: shop\n${around}export const amount = ${feature}\n`)
  expect(errors).toEqual([
    expect.stringMatching(
      /^'amount' cannot be computed: 'price' is text, and it is taken for a number\. In row 1 it is "1\.000\.000", which is no number\. Give the table/,
    ),
  ])
})

test('text is not compared with dates', async () => {
  const root = folderWith({
    's.csv': 'sold,at\n01.02.2024,2024-01-01\n31.12.2024,2024-01-02\n',
    's.features.ts':
      "export const f = (sold) => sold >= new Date('2024-02-02')\nexport const g = (sold, at) => at < sold\nexport const h = (sold, at) => at.max() === sold\nexport const i = (at) => at < new Date('2024-01-02')\n",
  })
  const { models } = await runProject({ project: `${root}/s.features.ts` })
  const taken = `cannot be computed: 'sold' is text, and it is compared with a date. If it holds dates, give it "type": "date", "format": "dd.MM.yyyy" under "columns" in modeldriver.json.`
  expect([...(models[0]?.failures.values() ?? [])].map(({ message }) => message)).toEqual(
    ['f', 'g', 'h'].map((name) => expect.stringContaining(`'${name}' ${taken}`)),
  )
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

test.each([
  ['s.csv', 'a,Qty\nx,1\ny,NA\nz,-\n', '{ "type": "number", "missing": ["NA", "-"] }'],
  [
    's.csv',
    'a;Qty\nx;"1.234,5"\ny;NA\nz;-\n',
    '{ "type": "number", "decimal": ",", "thousands": ".", "missing": ["NA", "-"] }',
  ],
  [
    's.json',
    '[{ "a": "x", "Qty": "1" }, { "a": "y", "Qty": "NA" }, { "a": "z", "Qty": "-" }]',
    '{ "type": "number", "missing": ["NA", "-"] }',
  ],
])('words for a missing value among numbers of %s: what to write down, which helps', async (name, data, entry) => {
  const runWith = async (more: string) => {
    const root = folderWith({
      [name]: data,
      's.features.ts': 'export const twice = (qty) => qty * 2\n',
      'modeldriver.json': `{ "models": [{ "model_name": "s", "features": ["s.features.ts"], "data": "${name}"${more} }] }`,
    })
    const { models } = await runProject({ project: `${root}/modeldriver.json` })
    const failures = [...(models[0]?.failures.values() ?? [])].map(({ message }) => message)
    return [...failures, ...(models[0]?.input.rejected ?? [])]
  }
  expect(await runWith('')).toEqual([
    `'twice' cannot be computed: 'qty' is text, and it is taken for a number. In row 2 it is "NA", which is no number. If that is no value, give the model "columns": { "Qty": ${entry} } in the manifest: the others are numbers.`,
  ])
  expect(await runWith(`, "columns": { "Qty": ${entry} }`)).toEqual([])
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
  "(qty) => ('Q' + qty) + 1",
  '(price) => price + 1',
  '(price) => 1 + price + price',
  '(price) => (price + 1).length * 2',
  '(price) => Number(price + 1) * 2',
  "(price) => ('0' + price) * 1",
  '(price) => { let v = 1 + price; v += "!"; return v }',
  '(price) => price == 1000',
  '(price) => price.rank() === 1 //#row',
  '(price) => price.rank() * 2 + price.rolling(2).count() //#row',
  '(price) => { let v = 1; if (price == 3) v = 2; return v }',
  '(empty, qty) => empty * qty',
  '(price, qty) => price.length * qty //#row',
  '(qty, price) => (isCode(price) ? qty : fee(price))',
  '(price) => isCode(price)',
  "(price) => (typeof price === 'string' ? 0 : fee(price))",
  '(qty, price) => { let v = price; if (isCode(v)) return 0; v *= 2; return v }',
  '(qty) => fee(qty)',
  "(price) => (typeof price === 'string' ? Number(price.replaceAll('.', '')) : price * 2)",
  '(price) => Number(price.replaceAll(".", "")) * 2',
  '(price) => +price.slice(0, 1) * 2',
  '(price) => +price',
  "(price) => (price == null ? 'none' : price)",
  '(empty) => Math.round(empty)',
  '(empty) => { let s = 0; for (const p of empty) s += p; return s } //#agg',
  '(price) => { let v = price; v = Number(v.slice(0, 1)); return v * 2 }',
  '(price) => { let v = price; if (isNaN(v)) return 0; v *= 2; return v }',
  "(price) => { let s = 0; for (const p of price) s += p === '1.500' ? 1 : p * 1; return s } //#agg",
  '(price) => { let s = 0; for (const digit of price) if (digit > 0) s += digit * 3; return s } //#row',
  '(price, qty) => { let s = 0; for (const p of price) s += p.length; for (const p of qty) s += p; return s } //#agg',
  '(price) => { let s = 0; for (const p of price) { const p = 1; s += p } return s } //#agg',
  '(price) => { let v = price; v += "!"; return v }',
  '(price) => { let s = ""; for (const p of price) s += p; return s } //#agg',
  '(price, qty) => { let s = 0; for (let i = 0; i < price.length; i++) s += qty[i]; return s } //#agg',
  '(price) => price.map((p) => p.length).reduce((sum, n) => sum + n, 0)',
  '(price) => price.reduce((all, p) => all + p, "")',
  '(price) => price.reduce((n) => n + 1, 0)',
  '(price) => price.map((p) => Number(p.slice(0, 1)) * 2).sum()',
])('what is meant as it stands: %s', async (feature) => {
  const errors = await run(`// group_by: shop\n${around}export const amount = ${feature}\n`)
  expect(errors).toEqual([undefined])
})

test('a column that is text only further down than the check looks: the run itself warns', async () => {
  const rows = (n: number, km: (i: number) => unknown) =>
    Array.from({ length: n }, (_, i) => `a${i % 5},${i % 100},${km(i)}\n`).join('')
  const root = folderWith({
    's.csv': `pin,price,Km\n${rows(150_000, (i) => i % 1000)}${rows(30_000, () => '-')}`,
    's.features.ts': `// group_by: pin
export const most = (km) => km.max()
export const all = (price, km) => price.sum() + km.max()
export const label = (pin, km) => pin + km
export const far = (km) => km > 3
`,
  })
  const { analysis, models } = await runProject({ project: `${root}/s.features.ts` })
  expect(analysis.problems).toEqual([])
  const said = (feature: string) =>
    `'km.max()' in '${feature}' orders texts letter by letter, not as numbers: 'km' is text, all rows counted. Besides numbers it holds "-". If that is no value, give the model "columns": { "Km": { "missing": ["-"] } } in the manifest.`
  expect(models[0]?.warnings).toEqual([said('most'), said('all')])
  expect([...(models[0]?.failures.keys() ?? [])]).toEqual(['far'])
})
