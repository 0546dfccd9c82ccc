import { describe, expect, it } from 'vitest'
import { planPipeline } from '../plan/plan.ts'
import { analyseFixture } from '../testing/check.ts'

const pipeline = (join: string, more = '') => `
//- /modeldriver.json
{ "rules": { "MD017": "off" }, "models": [
  { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "sales.csv" },
  { "model_name": "daily", "seq": 2, "features": ["daily.features.ts"], "input": "sales.rows", "group_by": "day",
    "outputs": { "sum": "total" } },
  { "model_name": "hourly", "seq": 3, "features": ["hourly.features.ts"], "input": "sales.rows", "group_by": ["day", "hour"],
    "joins": [${join}]${more} } ] }
//- /sales.csv
day,hour,shop,price
2025-01-01,8,a,1.5
//- /shops.csv
shop,region
a,north
//- /sales.features.ts
export const double = (price) => price * 2
//- /daily.features.ts
export const total = (double) => double.sum()
export const highest = (double) => double.max()
//- /hourly.features.ts
export const share = (price, daily_total) => price / daily_total
`

const columnsOf = (text: string, model: string) =>
  [...(analyseFixture(text).analysis.models.find((each) => each.model.name === model)?.columns ?? [])]
    .filter(([, { joined }]) => joined)
    .map(([name, { level, type, joined, origin }]) => ({ name, level, type, column: joined?.column, origin }))

describe('joined columns', () => {
  it('are group level when the key is part of group_by', () =>
    expect(columnsOf(pipeline('{ "from": "daily.groups", "on": ["day"], "prefix": "daily_" }'), 'hourly')).toEqual([
      {
        name: 'daily_total',
        level: 'group',
        type: 'number',
        column: 'total',
        origin: { kind: 'model', model: 'daily', table: 'groups', column: 'total' },
      },
      {
        name: 'daily_highest',
        level: 'group',
        type: 'number',
        column: 'highest',
        origin: { kind: 'model', model: 'daily', table: 'groups', column: 'highest' },
      },
    ]))

  it('are row level when it is not; those of a file have its header cell', () =>
    expect(columnsOf(pipeline('{ "from": "shops.csv", "on": ["shop"] }'), 'hourly')).toEqual([
      {
        name: 'region',
        level: 'row',
        type: 'string',
        column: 'region',
        origin: { kind: 'file', path: '/shops.csv', header: 'region', span: { start: 5, end: 11 } },
      },
    ]))

  it('have the names of the outputs table, and only those that are wanted', () =>
    expect(
      columnsOf(pipeline('{ "from": "daily.outputs", "on": ["day"], "columns": ["sum"] }'), 'hourly').map(
        ({ name }) => name,
      ),
    ).toEqual(['sum']))

  it('that the table does not have are said once, where they stand, whichever name features read', () => {
    const join = '{ "from": "daily.groups", "on": ["day"], "prefix": "daily_", "columns": ["totl"] }'
    const { analysis } = analyseFixture(`${pipeline(join)}export const half = (daily_totl) => daily_totl / 2`)
    expect(analysis.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
      "'totl' is not in daily.groups. Did you mean 'total'?",
    ])
  })

  it('are what the earlier model has to compute', () => {
    const { analysis } = analyseFixture(pipeline('{ "from": "daily.groups", "on": ["day"], "prefix": "daily_" }'))
    const [, daily, hourly] = planPipeline(analysis, 'hourly').value
    expect(analysis.problems).toEqual([])
    expect(daily?.steps.map(({ feature }) => feature)).toEqual(['total'])
    expect(hourly?.requiredInputs).toEqual(['day', 'hour', 'price'])
    expect(hourly?.joins).toEqual([
      {
        join: 0,
        from: 'daily.groups',
        on: [{ name: 'day', column: 'day' }],
        columns: [{ name: 'daily_total', column: 'total', level: 'group' }],
      },
    ])
  })

  it('are handed on as columns of the rows', () => {
    const { analysis } = analyseFixture(`${pipeline(
      '{ "from": "daily.groups", "on": ["day"], "prefix": "daily_" }',
    ).replace(
      '] }\n//- /sales.csv',
      `, { "model_name": "last", "seq": 4, "input": "hourly.rows", "features": ["last.features.ts"] } ] }\n//- /sales.csv`,
    )}
//- /last.features.ts
export const twice = (daily_total) => daily_total * 2`)
    expect(analysis.problems).toEqual([])
    expect(analysis.models.at(-1)?.columns?.get('daily_total')).toMatchObject({
      level: 'row',
      origin: { model: 'hourly', table: 'rows' },
    })
  })
})

/** Own columns `PIN`, `Shop Id`, `price`; those of the other table and its key as they are given. */
const spelled = (on: string, header: string, more = '', features = 'export const where = (region) => region') => `
//- /modeldriver.json
{ "rules": { "MD017": "off" }, "models": [
  { "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [{ "from": "shops.csv", "on": ${on} }]${more} } ] }
//- /sales.csv
PIN,Shop Id,price
a,1,2
//- /shops.csv
${header},Region
a,${header.includes(',') ? '1,' : ''}north
//- /m.features.ts
${features}
`

describe('names of a join are found as parameters find columns', () => {
  it.each<[string, string, object, readonly string[]]>([
    [
      'the header there differs',
      spelled('"pin"', 'Pin'),
      { on: [{ name: 'PIN', column: 'Pin' }], columns: [{ name: 'region', column: 'Region', level: 'row' }] },
      [],
    ],
    ['only the header here differs', spelled('"pin"', 'pin'), { on: [{ name: 'PIN', column: 'pin' }] }, []],
    [
      'several keys',
      spelled('["PIN", "shop_id"]', 'p i n,SHOP-ID'),
      {
        on: [
          { name: 'PIN', column: 'p i n' },
          { name: 'Shop Id', column: 'SHOP-ID' },
        ],
      },
      [],
    ],
    [
      'the exact name counts first',
      spelled('"pin", "columns": ["region"]', 'pin,PIN'),
      { on: [{ name: 'PIN', column: 'pin' }], columns: [{ name: 'region', column: 'Region', level: 'row' }] },
      [],
    ],
    [
      'a key that is computed',
      spelled('"code"', 'CODE', '', "export const code = (pin) => pin + '!'\nexport const where = (region) => region"),
      { on: [{ name: 'code', column: 'CODE' }] },
      ['pin = PIN'],
    ],
    [
      'a name of the manifest for a column here',
      spelled('"client"', 'Client', ', "columns": { "client": { "from": "PIN" } }'),
      { on: [{ name: 'client', column: 'Client' }] },
      [],
    ],
    [
      'the columns that are wanted',
      spelled('"pin", "columns": ["REGION"]', 'Pin'),
      { columns: [{ name: 'region', column: 'Region', level: 'row' }] },
      [],
    ],
    [
      'part of the key of the groups, by the name that it has there',
      spelled('"pIn"', 'Pin', ', "group_by": "pin"'),
      { on: [{ name: 'pin', column: 'Pin' }], columns: [{ name: 'region', column: 'Region', level: 'group' }] },
      ['pin = PIN'],
    ],
    [
      'on this side only among what is there before the join',
      spelled('"Pin"', 'Pin,pin'),
      { on: [{ name: 'PIN', column: 'Pin' }] },
      [],
    ],
    [
      'not part of it, when the key is a feature of nearly that name',
      spelled(
        '"PIN"',
        'Pin',
        ', "group_by": "pin"',
        "export const pin = (price) => price * 2\nexport const where = (region) => region + '!'",
      ),
      { on: [{ name: 'PIN', column: 'Pin' }], columns: [{ name: 'region', column: 'Region', level: 'row' }] },
      [],
    ],
  ])('%s', (_, text, join, aliases) => {
    const { analysis } = analyseFixture(text)
    const [plan] = planPipeline(analysis).value
    expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(plan?.joins).toMatchObject([join])
    expect(plan?.aliases.map(({ name, column }) => `${name} = ${column}`)).toEqual(aliases)
    expect([...(analysis.models[0]?.columns?.values() ?? [])].filter(({ joined }) => joined?.column === 'Pin')).toEqual(
      [],
    )
  })

  it('on this side not by what the join brings under the name of the key', () => {
    const { analysis } = analyseFixture(spelled('"pin", "columns": ["pin", "region"]', 'Pin'))
    expect(analysis.problems).toEqual([])
    expect(planPipeline(analysis).value[0]?.joins).toMatchObject([{ on: [{ name: 'PIN', column: 'Pin' }] }])
  })

  it('of a table of a model too, which has to compute it', () => {
    const text = pipeline('{ "from": "daily.groups", "on": ["Day"], "columns": ["TOTAL"], "prefix": "daily_" }')
    const { analysis } = analyseFixture(text)
    const [, daily, hourly] = planPipeline(analysis, 'hourly').value
    expect(analysis.problems).toEqual([])
    expect(daily?.steps.map(({ feature }) => feature)).toEqual(['total'])
    expect(hourly?.joins).toMatchObject([
      {
        on: [{ name: 'day', column: 'day' }],
        columns: [{ name: 'daily_total', column: 'total', level: 'group' }],
      },
    ])
  })
})

const legacy = (frames: string) => `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "sales.csv", "legacy_mode": true${frames} },
  { "model_name": "next", "seq": 2, "features": ["next.features.ts"] } ] }
//- /sales.csv
pin,price
a,1
//- /clean.features.ts
export function dedupe(df) { return df }
export function double(price) { return price * 2 }
//- /next.features.ts
export function half(kept, double) { return kept + double / 2 }
`

describe('table functions', () => {
  it('are no features; what they say they make are features, here and in later models', () => {
    const { analysis } = analyseFixture(legacy(', "frames": { "dedupe": { "inputs": ["pin"], "outputs": ["kept"] } }'))
    const [clean, next] = analysis.models
    expect(analysis.problems).toEqual([])
    expect([...(clean?.features.keys() ?? [])]).toEqual(['double', 'kept'])
    expect(next?.columns?.get('kept')?.origin).toMatchObject({ kind: 'model', model: 'clean', column: 'kept' })
  })

  it('that say nothing leave open what columns there are', () => {
    const { analysis } = analyseFixture(legacy(''))
    expect(analysis.models.map(({ columns }) => columns)).toEqual([undefined, undefined])
    expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
