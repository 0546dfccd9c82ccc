import { groupWithoutKey } from './md004-group-without-key.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
revenue,day,customer_id
10,2024-01-01,1
20.5,2024-01-02,2
//- /sales.features.ts
`
const manifest = `
//- /modeldriver.json
{
  "models": [
    { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "group_by": "shop" },
    { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "d.csv" }
  ]
}
//- /d.csv
pin,shop,x
A,s,1.5
//- /a.features.ts
export const most = (x) => x.max()
//- /b.features.ts
`

testRule(groupWithoutKey, {
  fires: {
    'by marker': `${sales}
export function total(revenue) { //#agg
//              ^^^^^ MD004: 'total' is a group feature, but model 'sales' has no group_by. Say what makes the groups in the first comment of the file (// group_by: customer_id), or make the whole table one group (// group_by: []).
  return revenue.sum()
}`,
    'by result, users are not roots': `${sales}
export function total(revenue) { return revenue.sum() }
//              ^^^^^ MD004
export function half(total) { return total / 2 }`,
    'in a manifest': `${manifest}
export const total = (x) => x.sum()
//           ^^^^^ MD004: Say what makes the groups in modeldriver.json ("group_by": "shop"), or make the whole table one group ("group_by": []).`,
    'an aggregate inside a row feature': `${sales}
export const centred = (revenue) => revenue - revenue.mean()
//                                            ^^^^^^^^^^^^^^ MD004: 'centred' takes 'revenue.mean()' of its group, but model 'sales' has no group_by. Say what makes the groups in the first comment of the file (// group_by: customer_id), or make the whole table one group (// group_by: []).
export function marked(revenue) { //#row
  return revenue / revenue.sum()
//                 ^^^^^^^^^^^^^ MD004
}
export function alone(revenue) { //#row
  return revenue.sum()
//       ^^^^^^^^^^^^^ MD004: 'alone' takes 'revenue.sum()' of its group
}`,
    'marked without an aggregate': `${sales}
export function one(revenue) { //#agg
//              ^^^ MD004: or mark the feature //#row.
  return revenue[0]
}`,
    'nothing is known of the data': `
export const total = (x) => x.sum()
//           ^^^^^ MD004: (// group_by: pin)`,
  },
  silent: {
    'the letters of a text': `
//- /shops.csv
shop,x
north,1
//- /shops.features.ts
export function vowels(shop) { let n = 0; for (const letter of shop) if ('aeiou'.includes(letter)) n++; return n }
export const letters = (shop) => [...shop].filter((letter) => letter === 'o').length`,
    'with a key in the first comment': `
//- /sales.csv
pin,revenue
A,1
//- /sales.features.ts
// group_by: pin
export function total(revenue) { return revenue.sum() }`,
    'the whole table is one group': `${sales}
// group_by: []
export function total(revenue) { return revenue.sum() }`,
    'an aggregate beside a row value is per row': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "data": "d.csv", "group_by": [] }] }
//- /d.csv
x
1
//- /a.features.ts
export const centred = (x) => x * 2`,
  },
  fixes: [
    {
      title: "Set group_by to 'day'",
      before: `${sales}/** All of it. */\nexport const total = (revenue) => revenue.sum()`,
      after: '// group_by: day\n\n/** All of it. */\nexport const total',
    },
    {
      title: "Set group_by to 'pin'",
      before: `${manifest}export const total = (x) => x.sum()`,
      after: '"data": "d.csv", "group_by": "pin" }',
    },
    {
      title: 'Mark as #row',
      before: `${sales}export function total(revenue) { // #agg\n  return revenue[0]\n}`,
      after: '{ // #row\n',
    },
    {
      title: 'Make the whole table one group',
      before: `${sales}export const total = (revenue) => revenue.sum()`,
      after: '// group_by: []\n\nexport const total',
    },
    {
      title: 'Make the whole table one group',
      before: `${manifest}export const total = (x) => x.sum()`,
      after: '"data": "d.csv", "group_by": [] }',
    },
  ],
  offers: [
    {
      before: `${sales}export const total = (revenue) => revenue.sum()`,
      titles: ["Set group_by to 'customer_id'", "Set group_by to 'day'", 'Make the whole table one group'],
    },
    {
      before: `${manifest}export const total = (x) => x.sum()`,
      titles: ["Set group_by to 'shop'", "Set group_by to 'pin'", 'Make the whole table one group'],
    },
  ],
})
