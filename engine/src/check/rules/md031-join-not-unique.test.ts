import { joinNotUnique } from './md031-join-not-unique.ts'
import { testRule } from './testRule.ts'

const pipeline = (join: string) => `
//- /modeldriver.json
{ "models": [
  { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "sales.csv" },
  { "model_name": "hourly", "seq": 2, "features": ["hourly.features.ts"], "input": "sales.rows", "group_by": ["day", "hour"] },
  { "model_name": "last", "seq": 3, "features": ["last.features.ts"], "input": "sales.rows", "group_by": "day",
${join}
 } ] }
//- /sales.csv
day,hour,shop,price
2025-01-01,8,a,1
//- /shops.csv
shop,region
a,north
a,south
//- /sales.features.ts
export const double = (price) => price * 2
//- /hourly.features.ts
export const total = (price) => price.sum()
//- /last.features.ts
export const most = (price) => price.max()`

testRule(joinNotUnique, {
  fires: {
    'the rows of a model': pipeline(`  "joins": [{ "from": "sales.rows", "on": ["day"], "prefix": "s_" }]
//                     ^^^^^^^^^^ MD031: This join would multiply the rows of model 'last': 'sales.rows' has many rows for one 'day'.`),
    'the outputs of a model without a key': pipeline(`  "joins": [{ "from": "sales.outputs", "on": [], "prefix": "s_" }]
//                     ^^^^^^^^^^^^^ MD031: 'sales.outputs' has many rows for one row.`),
    'groups by a part of their key': pipeline(`  "joins": [{ "from": "hourly.groups", "on": ["day"], "prefix": "h_" }]
//                     ^^^^^^^^^^^^^ MD031: 'hourly.groups' has one row per 'day' and 'hour', and 'on' leaves out 'hour'.`),
    'outputs by a part of their key':
      pipeline(`  "joins": [{ "from": "hourly.outputs", "on": ["hour"], "prefix": "h_" }]
//                     ^^^^^^^^^^^^^^ MD031: leaves out 'day'.`),
    'a file that has a key twice': pipeline(
      '  "joins": [{ "from": "shops.csv", "on": ["shop"] }]\n//                     ^^^^^^^^^ MD031: This join would multiply the rows of model \'last\': \'shops.csv\' has 2 rows for 1 value of \'shop\'.',
    ),
    'a file that has a key twice, under another case': pipeline(
      '  "joins": [{ "from": "shops.csv", "on": ["Shop"] }]\n//                     ^^^^^^^^^ MD031: \'shops.csv\' has 2 rows for 1 value of \'SHOP\'.',
    ).replace('shop,region', 'SHOP,region'),
    'rows in place of groups':
      pipeline(`  "joins": [{ "from": "hourly.rows", "on": ["day"], "prefix": "h_", "columns": ["hour"] }]
//                     ^^^^^^^^^^^ MD031: 'hourly.rows' has many rows`),
  },
  silent: {
    'groups by their whole key, in another case': pipeline(
      '  "joins": [{ "from": "hourly.groups", "on": ["HOUR", "Day"], "prefix": "h_" }]',
    ),
    'groups by their whole key': pipeline(
      '  "joins": [{ "from": "hourly.groups", "on": ["hour", "day"], "prefix": "h_" }]',
    ),
    'more than the key': pipeline(
      '  "joins": [{ "from": "hourly.outputs", "on": ["hour", "day"], "prefix": "h_", "columns": ["total"] }]',
    ),
    'a file that has each key once': pipeline('  "joins": [{ "from": "shops.csv", "on": ["shop"] }]').replace(
      'a,south',
      ',south',
    ),
    'a key of several columns: only a run knows': pipeline(
      '  "joins": [{ "from": "shops.csv", "on": ["shop", "day"], "columns": ["region"] }]',
    ).replace('shop,region\na,north\na,south', 'shop,day,region\na,2025-01-01,north\na,2025-01-02,south'),
    'the one group of a whole table': pipeline(
      '  "joins": [{ "from": "hourly.groups", "on": [], "prefix": "h_" }]',
    ).replace('"group_by": ["day", "hour"]', '"group_by": []'),
  },
  fixes: [
    {
      title: "Join hourly.groups by 'day' and 'hour'",
      before: pipeline('  "joins": [{ "from": "hourly.groups", "on": ["day"], "prefix": "h_" }]'),
      after: '"on": ["day", "hour"]',
    },
    {
      title: "Join hourly.groups by 'day' and 'hour'",
      before: pipeline('  "joins": [{ "from": "hourly.rows", "on": ["day"], "prefix": "h_", "columns": ["hour"] }]'),
      after: '{ "from": "hourly.groups", "on": ["day", "hour"]',
    },
  ],
})
