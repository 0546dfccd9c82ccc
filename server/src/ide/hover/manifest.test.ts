import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { hoverAt } from '../hover.ts'

const files = `
//- /sales.features.ts
export const revenue = (price, quantity) => price * quantity
export const turnover = (revenue) => revenue.sum() //#agg
//- /score.features.ts
export const size = (sales_turnover) => sales_turnover > 100
//- /sales.csv
shop,price,quantity,Sold on
a,2.5,3,2024-03-28
a,7,1,
b,5,1,2024-03-29
`

const manifest = `//- /modeldriver.json
{
  "models": [
    {
      "model_name": "sales", "features": ["sales.features.ts"], "data": "sales.csv", "group_by": "shop",
      "outputs": { "total": "turnover" },
      "columns": { "day": { "from": "Sold on", "type": "date" } },
      "kinds": { "revenue": "row" },
      "target": "turnover",
    },
    {
      "model_name": "score", "features": ["score.features.ts"], "input": "sales.rows",
      "joins": [{ "from": "sales.groups", "on": "shop", "prefix": "sales_", "columns": ["turnover"] }],
    },
  ],
  "rules": { "MD020": "off" }
}
${files}`

/** What is said of `word`, found behind `before`. */
function at(before: string, word: string) {
  const { fixture, analysis } = analyseFixture(manifest)
  const text = fixture.files.get('/modeldriver.json') ?? ''
  const offset = text.indexOf(word, text.indexOf(before))
  const hover = hoverAt(analysis, '/modeldriver.json', offset + 1, (path) => fixture.files.get(path))
  return hover && { marked: text.slice(hover.span.start, hover.span.end), text: hover.text, node: hover.node }
}

test.each([
  [
    '"group_by"',
    'shop',
    '**shop** · text · column of sales.csv\n\n`a`, `b`\n\n3 rows: none missing · 2 different values',
  ],
  [
    '"columns"',
    'Sold on',
    '**day** · date · column "Sold on" of sales.csv\n\n`2024-03-28`, `2024-03-29`\n\n3 rows: 2024-03-28 to 2024-03-29 · 33 % missing · all different',
  ],
  ['"columns"', 'day', '**day** · date · column "Sold on" of sales.csv'],
  ['"outputs"', 'turnover', '**turnover** · number · per shop · \\#agg · model sales'],
  ['"outputs"', 'total', 'given on as **total**\n\n**turnover** · number · per shop'],
  ['"kinds"', 'revenue', '**revenue** · number · row · modeldriver.json'],
  ['"target"', 'turnover', '**turnover** · number · per shop'],
  ['"joins"', 'turnover', '**turnover** · number · per shop'],
  ['"on"', 'shop', '**shop** · text · column of sales.csv'],
  [
    '"model_name"',
    'sales',
    '**sales** · seq 1 · reads sales.csv (4 columns)\n\n2 features, 1 of them per shop\n\noutputs `total`',
  ],
  [
    '"data"',
    'sales.csv',
    '**sales.csv** · 4 columns · 3 rows\n\n`shop` text, `price` number, `quantity` integer, `day` date',
  ],
  [
    '"input"',
    'sales.rows',
    '**sales.rows** · 5 columns\n\n`shop` text, `price` number, `quantity` integer, `day` date, `revenue` number',
  ],
  ['"joins"', 'sales.groups', '**sales.groups** · 2 columns\n\n`shop` text, `turnover` number'],
  ['"rules"', 'MD020', '**MD020** kind-by-name · information by default\n\n'],
])('%s %s', (before, word, text) => {
  const found = at(before, word)
  expect(found?.marked).toBe(word)
  expect(found?.text).toContain(text)
})

test('nothing of what the JSON service explains', () => {
  for (const word of ['group_by', 'model_name', 'row', 'off', 'models']) expect(at(`"${word}"`, word)).toBeUndefined()
})

test('two sheets of one workbook', () => {
  const { fixture, analysis } = analyseFixture(`//- /modeldriver.json
{ "models": [{
  "model_name": "m", "features": ["m.features.ts"], "data": "plan.xlsx",
  "joins": [{ "from": "plan.xlsx", "sheet": "Staff", "on": "shop" }]
}] }
//- /m.features.ts
export const per_head = (target, staff) => target / staff
//- /plan.xlsx
[Targets]
shop,target
a,100
[Staff]
shop,staff,since
a,3,2024-01-01
b,4,2024-02-01
`)
  const text = fixture.files.get('/modeldriver.json') ?? ''
  const hover = hoverAt(analysis, '/modeldriver.json', text.lastIndexOf('plan.xlsx'), (path) => fixture.files.get(path))
  expect(hover?.text).toBe(
    '**plan.xlsx**, sheet Staff · 3 columns · 2 rows\n\n`shop` text, `staff` integer, `since` date',
  )
})
