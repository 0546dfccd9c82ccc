import { expect, test } from 'vitest'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { memoryFiles } from '../testing/fixture.ts'
import { analyseFiles } from '../testing/index.ts'
import { newProject } from './newProject.ts'

/** The manifest for a folder, and what analysis says with it. */
function made(files: Readonly<Record<string, string>>, chosen?: { readonly feature: string; readonly data: string }) {
  const all = new Map(Object.entries(files))
  const root = '/w/corner shop'
  const { manifest, tsconfig, notes } = newProject(root, {
    files: memoryFiles(all),
    reader: typeScriptReader(),
    ...(chosen && { chosen }),
  })
  const problems = analyseFiles(new Map([[`${root}/modeldriver.json`, manifest], ...all])).problems
  return { manifest, tsconfig, notes, problems: problems.map(({ code, message }) => `${code} ${message}`) }
}

test('what was guessed is written down: models, keys, other names, codes, decimal commas', () => {
  const { manifest, problems } = made({
    '/w/corner shop/orders.csv': 'pin;Unit Price;zip;sold\na;1,5;00123;2025-01-01\nb;2,25;00456;2025-01-02\n',
    '/w/corner shop/orders.features.ts': `// group_by: pin
export const total = (unit_price) => unit_price.sum()
export const near = (zip, sold) => zip === '00123' && sold > new Date(0)`,
  })
  expect(manifest).toMatchInlineSnapshot(`
    "{
      "client_name": "corner_shop",
      "models": [
        {
          "model_name": "orders",
          "seq": 1,
          "features": ["orders.features.ts"],
          "data": "orders.csv",
          "group_by": "pin",
          "formats": { "number": { "decimal": ",", "thousands": "." } },
          "columns": {
            "unit_price": { "from": "Unit Price" },
            "zip": "string"
          }
        }
      ]
    }
    "
  `)
  expect(problems).toEqual([])
})

test('the header of a file as banks write it, below titles', () => {
  const text = 'Kontoauszug;;\nZeitraum;;2024\n\nKunde;Datum;Betrag\na;2025-01-01;1,5\nb;2025-01-02;2,25\n'
  const features = '// group_by: Kunde\nexport const total = (Betrag) => Betrag.sum()'
  const { manifest, notes, problems } = made({
    '/w/corner shop/orders.csv': text,
    '/w/corner shop/orders.features.ts': features,
  })
  expect(manifest).toContain(`
      "data": "orders.csv",
      // What stands above this row is not read.
      "header_row": 4,
      "group_by": "Kunde",
      "formats": { "number": { "decimal": ",", "thousands": "." } }
`)
  expect(notes).toEqual([
    'orders.csv: the names of its columns stand in row 4, below what looks like a title; "header_row" says so.',
  ])
  expect(problems).toEqual([])
  expect(made({ '/w/corner shop/orders.csv': text }).manifest).toContain('"header_row": 4,\n')
})

test('words that keep a column from being one of numbers or dates stand for a missing value', () => {
  const data = (qty: string) =>
    `pin,Order Qty,sold,country,code,mixed\nb,n/a,NA,IT,07,some\n${[1, 2, 3, 4, 5, 6].map((n) => `a,${n},2024-01-0${n},DE,0${n},${n}\n`).join('')}a,${qty},-,NA,NA,NA\n`
  const features = (more = '') => `// group_by: pin
export const total = (order_qty) => order_qty.sum()
export const since = (sold) => sold.min()
export const where = (country, code) => country + code //#row
${more}`
  const folder = (qty: string, more?: string) => ({
    '/w/corner shop/orders.csv': data(qty),
    '/w/corner shop/orders.features.ts': features(more),
  })
  const { manifest, notes, problems } = made(folder('NA'))
  expect(manifest).toContain(
    `"columns": {
            "order_qty": { "from": "Order Qty", "missing": ["n/a", "NA"] },
            "sold": { "missing": ["NA", "-"] },
            "code": "string"
          }
`.replaceAll('\n    ', '\n'),
  )
  expect(notes).toEqual([
    `orders.csv: "n/a", "NA" in 'Order Qty' stand for a missing value; "missing" says so.`,
    `orders.csv: "NA", "-" in 'sold' stand for a missing value; "missing" says so.`,
    `orders.csv: "NA" also stands as text in 'country' (once), 'code' (once), 'mixed' (once). If it is no value there either, give them "missing": ["NA"].`,
  ])
  expect(problems).toEqual([])
  // Another word that is none, or a feature that takes the column for text.
  expect(made(folder('many')).manifest).not.toContain('order_qty": { "from": "Order Qty", "missing"')
  for (const text of [
    'export const bare = (order_qty: string) => order_qty.trim() //#row',
    "export const own = (order_qty, sold) => (order_qty === 'NA' || sold === 'NA' ? 0 : 1) //#row",
  ]) {
    const asText = made(folder('NA', text))
    expect(asText.manifest).not.toContain('missing')
    expect(asText.notes).toEqual([])
  }
})

test('one model for each feature file, the data as chosen, no key where none is named', () => {
  const { manifest, problems } = made(
    {
      '/w/corner shop/a.csv': 'x\n1\n',
      '/w/corner shop/a.features.ts': 'export const y = (x) => x',
      '/w/corner shop/b.features.ts': '// group_by: k, l\nexport const z = (x) => x.sum()',
      '/w/data/b.csv': 'k,l,x\n1,1,1\n',
    },
    { feature: '/w/corner shop/b.features.ts', data: '/w/data/b.csv' },
  )
  expect(manifest).toMatchInlineSnapshot(`
    "{
      "client_name": "corner_shop",
      "models": [
        {
          "model_name": "a",
          "seq": 1,
          // "group_by": ["column"],  for features that aggregate: one result per value of this column
          "features": ["a.features.ts"],
          "data": "a.csv"
        },
        {
          "model_name": "b",
          "seq": 2,
          "features": ["b.features.ts"],
          "data": "../data/b.csv",
          "group_by": ["k", "l"]
        }
      ]
    }
    "
  `)
  expect(problems).toEqual([])
})

test('data without features, and nothing at all', () => {
  expect(made({ '/w/corner shop/sales.csv': 'x\n1\n' }).manifest).toContain('"features": ["sales.features.ts"]')
  expect(made({}).manifest).toContain('"models": [\n    // One entry per model')
})

test('a column that is read by two names keeps its own', () => {
  const { manifest } = made({
    '/w/corner shop/o.csv': 'Unit Price,Qty\n1,2\n',
    '/w/corner shop/o.features.ts': `export const a = (unit_price, UnitPrice) => unit_price + UnitPrice
export const b = ({ Qty }) => Qty
export const c = (qty) => qty`,
  })
  expect(manifest).not.toContain('columns')
})

test('the schema is named where it is', () => {
  const schema = { '/w/corner shop/node_modules/modeldriver/dist/schema.json': '{}' }
  expect(made(schema).manifest).toContain('{\n  "$schema": "./node_modules/modeldriver/dist/schema.json",\n')
  expect(made({}).manifest).not.toContain('$schema')
})

test('the tsconfig leaves parameters untyped and the names of browsers out', () => {
  const { tsconfig } = made({})
  expect(tsconfig).toContain('"noImplicitAny": false')
  expect(tsconfig).toContain('"lib": ["es2023"]')
})
