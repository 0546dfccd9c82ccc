import { analyseFiles, analyseFixture, memoryFiles } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { completionAt } from '../completion.ts'

const files = `
//- /sales.features.ts
export const revenue = (price, quantity) => price * quantity
export const turnover = (revenue) => revenue.sum() //#agg
export const share = (revenue, turnover) => revenue / turnover
export const margin = (revenue, cost) => revenue - cost
//- /score/size.features.ts
export const size = (turnover) => turnover > 100
//- /score/rank.features.ts
export const rank = (turnover) => turnover
//- /data/sales.csv
shop,price,quantity,Sold on
a,2,3,28.03.2024
b,5,1,29.03.2024
?,5,1,29.03.2024
//- /data/shops.csv
shop,city
a,Ulm
//- /data/towns.csv
Shop,town
a,Ulm
//- /data/plan.xlsx
[Targets]
shop,target
a,100
[Staff]
shop,staff
a,3
`

/** The manifest with `first` in the first model and `second` in a later one; `$0` is the cursor. */
function at(first: string, second = '', rest = '') {
  const { fixture, analysis } = analyseFixture(`//- /modeldriver.json
{ // made by hand
  "models": [
    { "model_name": "sales", "features": ["sales.features.ts"], "data": "data/sales.csv"
${first} },
    { "model_name": "score", "features": "score/*.features.ts"
${second}, },
  ]${rest}
}
${files}`)
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  const text = fixture.files.get(path) ?? ''
  const context = {
    analysis,
    text: (file: string) => fixture.files.get(file),
    list: memoryFiles(fixture.files).list,
    reread: () => analysis,
  }
  const list = completionAt(context, path, offset)
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return {
    labels: list?.items.map(({ label }) => label).join(' '),
    accept: (label: string) => {
      const item = list?.items.find((each) => each.label === label)
      if (!list || !item) return undefined
      const after = text.slice(0, list.insert.start) + item.text + text.slice(list.replace.end)
      return after.slice(start).split('\n', 1)[0]
    },
  }
}

test('words for a missing value: those in the data first', () => {
  const all = at(', "missing": ["$0"]')
  expect(all.labels).toMatch(/^\? NA N\/A n\/a .* #N\/A/)
  expect(all.labels?.split(' ').filter((label) => label === '?')).toEqual(['?'])
  expect(at(', "missing": "$0"').labels).toBe(all.labels)
  expect(at(', "columns": { "shop": { "missing": ["-", "$0"] } }').labels).toBe(all.labels?.replace(' - ', ' '))
  expect(at(', "columns": { "price": { "missing": "$0" } }').labels).toMatch(/^NA N\/A/)
})

const names = 'shop price quantity Sold on'

test.each([
  ['group_by: columns, row features without a group behind', ', "group_by": $0', `${names} revenue margin`],
  ['not those of the list', ', "group_by": ["shop", "$0"]', 'price quantity Sold on revenue margin'],
  [
    'outputs: features, then columns',
    ', "group_by": "shop", "outputs": [$0]',
    `revenue turnover share margin ${names}`,
  ],
  ['outputs that are renamed', ', "outputs": { "total": "$0" }', `revenue turnover share margin ${names}`],
  ['columns: those that are missing, those of the data', ', "columns": { $0 }', 'cost shop price quantity Sold_on'],
  ['not those that are declared', ', "columns": { "day": { "from": "Sold on" }, "$0" }', 'cost shop price quantity'],
  [
    'from: headers that nothing else is read from',
    ', "columns": { "p": { "from": "price" }, "x": { "from": "$0" } }',
    'shop quantity Sold on',
  ],
  ['kinds: features', ', "kinds": { "$0": "row" }', 'revenue turnover share margin'],
  ['target', ', "target": "$0"', `revenue turnover share margin ${names}`],
  [
    'formats that read the column',
    ', "columns": { "day": { "from": "Sold on", "format": "$0" } }',
    'dd.MM.yyyy d.M.yyyy',
  ],
  ['data', ', "input": "$0"', 'data/plan.xlsx data/sales.csv data/shops.csv data/towns.csv'],
])('%s', (_, first, labels) => {
  expect(at(first).labels).toBe(labels)
})

test.each([
  [
    'input: tables of the models before, then files',
    ', "input": $0',
    'sales.outputs sales.rows sales.groups data/plan.xlsx data/sales.csv data/shops.csv data/towns.csv',
  ],
  [
    'joins',
    ', "joins": [{ "from": "$0" }]',
    'sales.outputs sales.rows sales.groups data/plan.xlsx data/sales.csv data/shops.csv data/towns.csv',
  ],
  [
    'the key of a join: what both tables have',
    ', "input": "sales.rows", "joins": [{ "from": "data/shops.csv", "on": $0 }]',
    'shop',
  ],
  [
    'the key of a join: what both tables have, however they write it',
    ', "input": "sales.rows", "joins": [{ "from": "data/towns.csv", "on": $0 }]',
    'Shop',
  ],
  ['what such a join brings', ', "joins": [{ "from": "data/towns.csv", "on": "shop", "columns": ["$0"] }]', 'town'],
  ['the sheet of a workbook', ', "input": "data/plan.xlsx", "sheet": "$0"', 'Targets Staff'],
  [
    'the sheet of a join, and what it brings',
    ', "joins": [{ "from": "data/plan.xlsx", "sheet": "$0", "on": "shop" }]',
    'Targets Staff',
  ],
  [
    'the columns of a sheet',
    ', "joins": [{ "from": "data/plan.xlsx", "sheet": "Staff", "on": "shop", "columns": ["$0"] }]',
    'staff',
  ],
  ['what a join brings', ', "joins": [{ "from": "data/shops.csv", "on": ["shop"], "columns": ["$0"] }]', 'city'],
  [
    'feature files: those of no model first',
    ', "features": ["$0"]',
    'score/rank.features.ts score/size.features.ts sales.features.ts score/*.features.ts',
  ],
])('%s', (_, second, labels) => {
  expect(at(', "group_by": "shop"', second).labels).toBe(labels)
})

test('codes of the rules that have no severity yet', () => {
  const { labels = '' } = at('', '', ', "rules": { "MD001": "off", $0 }')
  expect(labels).toMatch(/^MD002 MD003 /)
  expect(labels).not.toContain('MD001')
})

test.each([
  ['shop', ', "group_by": $0', ', "group_by": "shop" },'],
  ['shop', ', "group_by": sh$0', ', "group_by": "shop" },'],
  ['shop', ', "group_by": "sh$0"', ', "group_by": "shop" },'],
  ['shop', ', "outputs": [$0 "price"]', ', "outputs": ["shop", "price"] },'],
  ['shop', ', "outputs": ["price", "s$0x", ]', ', "outputs": ["price", "shop", ] },'],
  ['shop', ', "columns": { $0 }', ', "columns": { "shop": "string" } },'],
  ['Sold_on', ', "columns": { "$0" }', ', "columns": { "Sold_on": { "from": "Sold on" } } },'],
  [
    'Sold_on',
    ', "columns": { $0 "shop": "string" }',
    ', "columns": { "Sold_on": { "from": "Sold on" }, "shop": "string" } },',
  ],
  ['cost', ', "columns": { "$0": "number" }', ', "columns": { "cost": "number" } },'],
  ['turnover', ', "group_by": "shop", "kinds": { $0 }', ', "group_by": "shop", "kinds": { "turnover": "row" } },'],
])('%s accepted in %s', (label, first, after) => {
  expect(at(first).accept(label)).toBe(after)
})

test.each([
  ', "outputs": ["price" $0]',
  ', "outputs": [] /* $0 */',
  ', "columns": { "price": "$0" }',
  ', "$0": 1',
  ', "seq": $0',
  ', "formats": { "number": { "decimal": "$0" } }',
])('left to the JSON service: %s', (first) => {
  expect(at(first).labels).toBeUndefined()
})

test('wherever it is accepted, JSON stays JSON', () => {
  const { fixture, analysis } = analyseFixture(`//- /modeldriver.json
{ // made by hand
  "models": [
    {
      "model_name": "sales", "features": ["sales.features.ts", ], "data": "data/sales.csv", "group_by": "shop", // key
      "outputs": [ "turnover" /* and */, "share", ],
      "columns": { "day": { "from": "Sold on", "type": "date", "format": "dd.MM.yyyy" }, },
      "kinds": { "revenue": "row" },
    },
    { "model_name": "score", "features": "score/*.features.ts", "input": "sales.rows", "outputs": { "big": "size" },
      "joins": [{ "from": "data/shops.csv", "on": "shop", "columns": [] }] },
  ],
  "rules": { "MD020": "off" },
}
${files}`)
  const path = '/modeldriver.json'
  const text = fixture.files.get(path) ?? ''
  const context = { analysis, text: () => text, list: memoryFiles(fixture.files).list, reread: () => analysis }
  let accepted = 0
  for (let offset = 0; offset <= text.length; offset++) {
    const list = completionAt(context, path, offset)
    for (const item of list?.items ?? []) {
      const after = text.slice(0, list?.replace.start) + item.text + text.slice(list?.replace.end)
      const broken = analyseFiles(new Map([[path, after]])).problems.filter(
        ({ message, data }) => message.includes('not valid JSON') || data?.write !== undefined,
      )
      expect(broken, `${item.label} at ${offset}`).toEqual([])
      accepted++
    }
  }
  expect(accepted).toBeGreaterThan(500)
}, 30_000)
