import { describe, expect, it } from 'vitest'
import { analyseFixture } from '../testing/check.ts'
import { found, repairs } from './testing.ts'

const makeOne =
  "There is no modeldriver.json here yet: the command ModelDriver: Create modeldriver.json makes one, or 'modeldriver init' in a terminal."

it('texts that look like dates or numbers: what to write down', () => {
  const source = `
//- /o.csv
price,sold
"12,50",03.01.2025
"8,00",13.01.2025
//- /o.features.ts
export const f = (price) => price * 2
export const g = (sold) => sold.getMonth()
`
  expect(found(source)).toEqual([
    `price ~ 'price' is text in o.csv (e.g. "12,50"), so it cannot be multiplied. If it holds numbers, give its model "formats": { "number": { "decimal": ",", "thousands": "." } } in modeldriver.json. ${makeOne}`,
    `getMonth ~ 'sold' is text in o.csv (e.g. "03.01.2025"), which has no 'getMonth'. If it holds dates, give it "type": "date", "format": "dd.MM.yyyy" under "columns" in modeldriver.json. ${makeOne}`,
  ])
})

it('texts that look like dates or numbers: a repair says so in the manifest, or makes one', () => {
  const files = `
//- /o.csv
price,sold
"12,50",03.01.2025
"8,00",13.01.2025
//- /o.features.ts
export const f = (price) => price * 2
export const g = (sold) => sold.getMonth()
`
  const alone = repairs(files)
  expect(alone.map(([title]) => title)).toEqual([
    "Read 'price' as numbers: 1.234,5",
    "Read 'sold' as dates: dd.MM.yyyy",
  ])
  expect(JSON.parse(alone[1]?.[1] ?? '')).toEqual({
    models: [
      {
        model_name: 'o',
        features: ['o.features.ts'],
        data: 'o.csv',
        columns: { sold: { type: 'date', format: 'dd.MM.yyyy' } },
      },
    ],
  })
  const manifest = '{ "models": [{ "model_name": "o", "features": ["o.features.ts"], "data": "o.csv" }] }'
  expect(repairs(`${files}//- /modeldriver.json\n${manifest}`)).toEqual([
    [
      "Read 'price' as numbers: 1.234,5",
      expect.stringContaining('{ "type": "number", "decimal": ",", "thousands": "." }'),
    ],
    ["Read 'sold' as dates: dd.MM.yyyy", expect.stringContaining('"sold": { "type": "date", "format": "dd.MM.yyyy" }')],
  ])
  expect(repairs(`${files}//- /other.features.ts\nexport const h = (sold) => sold\n`)).toEqual([])
})

describe('words for a missing value among numbers and dates', () => {
  const features = 'export const f = (qty) => qty * 2\nexport const g = (sold) => sold.getMonth()\n'
  const csv = 'qty,sold\n1,2024-01-02\n2,-\n3,NA\nNA,2024-01-03\nn/a,2024-01-04\n'
  const manifest = (missing: string) =>
    `//- /modeldriver.json\n{ "models": [{ "model_name": "o", "features": ["o.features.ts"], "data": "o.csv"${missing} }] }\n`
  const with_ = (missing: string, data = csv) =>
    `${manifest(missing)}//- /o.csv\n${data}//- /o.features.ts\n${features}`

  it('what to write down, which helps', () => {
    expect(found(with_(''))).toEqual([
      `qty ~ 'qty' is text in o.csv (e.g. "1"), so it cannot be multiplied. Besides numbers it holds "NA", "n/a". If these are no value, give its model "missing": ["NA", "n/a"] in modeldriver.json.`,
      `getMonth ~ 'sold' is text in o.csv (e.g. "2024-01-02"), which has no 'getMonth'. Besides dates it holds "-", "NA". If these are no value, give its model "missing": ["-", "NA"] in modeldriver.json.`,
    ])
    expect(found(with_(', "missing": ["NA", "n/a"]'))).toEqual([
      `getMonth ~ 'sold' is text in o.csv (e.g. "2024-01-02"), which has no 'getMonth'. Besides dates it holds "-". If that is no value, give its model "missing": ["NA", "n/a", "-"] in modeldriver.json.`,
    ])
    expect(found(with_(', "missing": ["NA", "n/a", "-"]'))).toEqual([])
  })
  it('beside the words of a column that has its own, which the list keeps', () => {
    const own = (qty: string) => `, "missing": ["NA", "n/a", "-"], "columns": { "qty": ${qty} }`
    const entry = '{ "missing": ["9", "NA", "n/a"] }'
    const qty = `qty ~ 'qty' is text in o.csv (e.g. "1"), so it cannot be multiplied.`
    expect(found(with_(own('{ "missing": ["9"] }')))).toEqual([
      `${qty} Besides numbers it holds "NA", "n/a". If these are no value, give its model "columns": { "qty": ${entry} } in modeldriver.json.`,
    ])
    expect(repairs(with_(own('{ "missing": ["9"] }')))).toEqual([
      [`Read 'qty' as numbers: "NA", "n/a" as missing`, expect.stringMatching(/\["9",\s*"NA",\s*"n\/a"\]/)],
    ])
    expect(found(with_(own(entry)))).toEqual([])
    expect(found(with_(own('{ "missing": [] }')))).toEqual([expect.not.stringContaining('If these are no value')])
  })
  it('also when the first values have none', () => {
    const late = `qty,sold\n${[1, 2, 3, 4, 5, 6, '?'].map((qty) => `${qty},2024-01-02\n`).join('')}`
    expect(found(with_('', late))).toEqual([expect.stringContaining('Besides numbers it holds "?".')])
  })
  it('a repair says so of the column', () => {
    expect(repairs(with_(''))).toEqual([
      [`Read 'qty' as numbers: "NA", "n/a" as missing`, expect.stringContaining('"qty": { "missing": ["NA", "n/a"] }')],
      [`Read 'sold' as dates: "-", "NA" as missing`, expect.stringContaining('"sold": { "missing": ["-", "NA"] }')],
    ])
    expect(
      found(with_(', "columns": { "qty": { "missing": ["NA", "n/a"] }, "sold": { "missing": ["-", "NA"] } }')),
    ).toEqual([])
  })
})

it('numbers that are text: why, and what to write down', () => {
  const source = `
//- /o.csv
id,qty,price,sku
1,5,1,a
9007199254740993,none,2,b
3,7,3,c
//- /o.features.ts
export const f = (id) => id * 2
export const g = (qty) => qty > 3
export const h = (price, qty) => Math.max(qty, price)
export const i = (sku) => sku * 2
export const j = (qty) => qty.trim() + qty.foo
export const k = (qty, sku) => qty.toFixed(2) + sku.bolt()
`
  const advice = (column: string) =>
    `give its model "columns": { "${column}": "number" } in modeldriver.json. ${makeOne}`
  const mixed = `Besides numbers it holds "none". If that is no value, ${advice('qty')}`
  expect(found(source)).toEqual([
    `id ~ 'id' is text in o.csv (e.g. "1"), so it cannot be multiplied. It holds whole numbers beyond 2^53, which have no exact value as a number, so it is read as text. The first is 9007199254740993 in line 3. To have numbers all the same, ${advice('id')}`,
    `qty > 3 ~ 'qty' is text in o.csv (e.g. "5"), so it cannot be compared with a number. ${mixed}`,
    `qty ~ 'qty' is text in o.csv (e.g. "5"), but 'max' needs a number. ${mixed}`,
    `sku ~ 'sku' is text in o.csv (e.g. "a"), so it cannot be multiplied.`,
    `foo ~ 'qty' is text in o.csv (e.g. "5"), which has no 'foo'.`,
    `toFixed ~ 'qty' is text in o.csv (e.g. "5"), which has no 'toFixed'. Write Number(qty).toFixed(…) where its texts are numbers. ${mixed}`,
    `bolt ~ 'sku' is text in o.csv (e.g. "a"), which has no 'bolt'.`,
  ])
})

it('what is made of a text, and both sides of an operator: each with its own column', () => {
  const source = (feature: string) => `
//- /s.csv
pin,price,vat
a,100,0.19
a,n/a,NA
b,200,0.07
//- /s.features.ts
// group_by: pin
export const f = ${feature}
`
  const besides = (mark: string) =>
    `Besides numbers it holds "${mark}". If that is no value, give its model "missing": ["${mark}"] in modeldriver.json. ${makeOne}`
  const vat = `'vat' is text in s.csv (e.g. "0.19")`
  const price = `'price' is text in s.csv (e.g. "100")`
  const said: Readonly<Record<string, readonly string[]>> = {
    '(price, vat) => price * vat': [
      `price ~ ${price}, so it cannot be multiplied. ${besides('n/a')}`,
      `vat ~ ${vat}, so it cannot be multiplied. ${besides('NA')}`,
    ],
    '(vat) => 100 / (1 + vat)': [
      `(1 + vat) ~ ${vat}, and so is '1 + vat', so nothing can be divided by it. ${besides('NA')}`,
    ],
    '(vat) => { const gross = 1 + vat; return Math.round(gross * 100) }': [
      `gross ~ ${vat}, and so is 'gross', so it cannot be multiplied. ${besides('NA')}`,
    ],
    '(vat) => vat.filter((v) => v === 0.19).length': [
      `v === 0.19 ~ ${vat}, and so is 'v', so it never equals 0.19. ${besides('NA')}`,
    ],
    '(price) => price.max() / 2': [
      `price.max() ~ ${price}, and so is 'price.max()', so it cannot be divided. ${besides('n/a')}`,
    ],
  }
  for (const [feature, expected] of Object.entries(said)) expect(found(source(feature))).toEqual(expected)
})

describe('true and false', () => {
  const said = (feature: string) =>
    found(`
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["o.features.ts"], "data": "o.csv",
  "columns": { "is paid": { "true": ["ja"], "false": ["nein"] }, "open": "boolean" } }] }
//- /o.csv
is paid,open,flag,sent
nein,1,1,true
ja,0,0,false
//- /o.features.ts
export const f = ${feature}
export const late = (sent) => !sent`)
  const paid = `'is_paid' is true or false in o.csv ("nein" is read as false)`
  it.each([
    ["(is_paid) => is_paid !== 'ja'", `is_paid !== 'ja' ~ ${paid}, so it never equals 'ja'. Write !is_paid.`],
    ["(is_paid) => 'Nein' !== is_paid", `'Nein' !== is_paid ~ ${paid}, so it never equals 'Nein'. Write is_paid.`],
    [
      "(is_paid) => is_paid === 'yes'",
      `is_paid === 'yes' ~ ${paid}, so it never equals 'yes'. Write is_paid for those that are true, !is_paid for those that are false.`,
    ],
    [
      "(is_paid) => { switch (is_paid) { case 'ja': return 1 } return 2 }",
      `'ja' ~ ${paid}, so it never equals 'ja'. Write is_paid for those that are true, !is_paid for those that are false.`,
    ],
    [
      "(is_paid) => is_paid.startsWith('j')",
      `startsWith ~ ${paid}, which has no 'startsWith'. Write is_paid for those that are true, !is_paid for those that are false.`,
    ],
    [
      '(open) => open === 1',
      `open === 1 ~ 'open' is true or false in o.csv ("1" is read as true), so it never equals 1. Write open.`,
    ],
    [
      "(sent) => sent === 'false'",
      `sent === 'false' ~ 'sent' is true or false in o.csv (e.g. true), so it never equals 'false'. Write !sent.`,
    ],
    ["(late) => late === 'yes'", "late === 'yes' ~ 'late' is true or false, so it never equals 'yes'. Write late."],
    [
      '(flag) => flag === true',
      `flag === true ~ 'flag' is a number in o.csv (e.g. 1), so it never equals true. If 1 and 0 mean true and false, give its model "columns": { "flag": "boolean" } in modeldriver.json; or write flag === 1.`,
    ],
  ])('%s', (feature, expected) => expect(said(feature)).toEqual([expected]))
})

it('what cannot be is said, and not that the same text is ordered or joined otherwise', () => {
  const source = `
//- /s.csv
pin,km
a,10
b,-
//- /s.features.ts
export const f = (km) => 100 / (1 + km)
`
  const { analysis } = analyseFixture(source)
  expect(analysis.problems.map(({ code }) => code)).toEqual(['MD037'])
  expect(found(source)).toEqual([expect.stringContaining("and so is '1 + km', so nothing can be divided by it.")])
})
