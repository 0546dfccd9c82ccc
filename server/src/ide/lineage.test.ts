import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { type LineageItem, lineageOf } from './lineage.ts'

const pipeline = `
  //- /p/modeldriver.json
  { "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "sales.csv", "group_by": "shop",
      "outputs": { "income": "turnover" } },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "sales.outputs" },
    { "model_name": "report", "seq": 3, "features": ["report.features.ts"], "input": "score.rows" } ] }
  //- /p/sales.csv
  shop,Unit Price,quantity
  a,2,3
  //- /p/sales.features.ts
  export const revenue = (unit_price, quantity, vat = 0.19) => unit_price * quantity * (1 + vat)
  export const turnover = (revenue) => revenue.sum() //#agg
  //- /p/score.features.ts
  export const size = (income) => income
  export const typo = (incom) => incom
  //- /p/report.features.ts
  export const line = (size, income, shop) => size + income + shop
`

function lineage(model: string, name: string) {
  const { analysis } = analyseFixture(pipeline)
  const analysed = analysis.models.find((candidate) => candidate.model.name === model)
  const feature = analysed?.features.get(name)
  if (!analysed || !feature) throw new Error(`no feature ${name}`)
  const line = (item: LineageItem) =>
    `${item.depth} ${item.kind} ${item.model}/${item.name}${item.unknown ? ' unknown' : ''}`
  const { upstream, users } = lineageOf(analysis, analysed, feature)
  return { upstream: upstream.map(line), users: users.map(line), items: upstream }
}

test('upstream goes through the models, nearest first, by the names things have where they are made', () => {
  expect(lineage('report', 'line').upstream).toEqual([
    '1 row score/size',
    '1 group sales/turnover',
    '1 column sales/shop',
    '2 row sales/revenue',
    '3 column sales/unit_price',
    '3 column sales/quantity',
  ])
})

test('users are found in all later models, also behind a rename', () => {
  expect(lineage('sales', 'revenue').users).toEqual(['1 group sales/turnover', '2 row score/size', '2 row report/line'])
})

test('a column tells its type, samples and header cell', () => {
  const { items } = lineage('sales', 'revenue')
  expect(items[0]).toMatchObject({
    name: 'unit_price',
    type: 'integer',
    samples: ['2'],
    location: { path: '/p/sales.csv', span: { start: 5, end: 15 } },
  })
})

test('an input that nothing has is marked as unknown', () => {
  expect(lineage('score', 'typo').upstream).toEqual(['1 column score/incom unknown'])
})

test('a cycle ends where it began', () => {
  const { analysis } = analyseFixture(`
    export const a = (b) => b
    export const b = (a, price) => a + price
    //- /main.csv
    price
    1
  `)
  const [model] = analysis.models
  const feature = model?.features.get('a')
  if (!model || !feature) throw new Error('no feature')
  expect(lineageOf(analysis, model, feature).upstream.map(({ name }) => name)).toEqual(['b', 'price'])
})

test('joined columns are followed to the model or the file they come from', () => {
  const { analysis } = analyseFixture(`
    //- /p/modeldriver.json
    { "models": [
      { "model_name": "daily", "seq": 1, "features": ["daily.features.ts"], "data": "sales.csv", "group_by": "day",
        "outputs": { "sum": "total" } },
      { "model_name": "hourly", "seq": 2, "features": ["hourly.features.ts"], "data": "sales.csv", "group_by": ["day", "hour"],
        "joins": [{ "from": "daily.outputs", "on": ["day"], "prefix": "daily_" }, { "from": "shops.csv", "on": ["shop"] }] } ] }
    //- /p/sales.csv
    day,hour,shop,price
    2025-01-01,8,a,1
    //- /p/shops.csv
    shop,region
    a,north
    //- /p/daily.features.ts
    export const total = (price) => price.sum()
    //- /p/hourly.features.ts
    export const share = (price, daily_sum, region) => (region === 'north' ? price / daily_sum : 0)
  `)
  const hourly = analysis.models[1]
  const share = hourly?.features.get('share')
  if (!hourly || !share) throw new Error('no feature share')
  const { upstream } = lineageOf(analysis, hourly, share)
  expect(upstream.map(({ depth, kind, model, name }) => `${depth} ${kind} ${model}/${name}`)).toEqual([
    '1 column hourly/price',
    '1 group daily/total',
    '1 column hourly/region',
    '2 column daily/price',
  ])
  expect(upstream[2]).toMatchObject({ samples: ['north'], location: { path: '/p/shops.csv' } })
})
