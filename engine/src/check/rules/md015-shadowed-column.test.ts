import { shadowedColumn } from './md015-shadowed-column.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
//- /sales.features.ts
`

testRule(shadowedColumn, {
  fires: {
    'a feature named like a column': `${sales}
export function cost(revenue) { return revenue }
//              ^^^^ MD015: Feature 'cost' has the same name as a column of sales.csv, so 'cost' would be ambiguous. Rename it, for example to 'cost_clean'.
export const margin = (revenue, cost) => revenue - cost
export const net = ({ margin, cost, qty: pieces }) => (margin - cost) * pieces`,
    'reading it is no cycle': `${sales}
export function cost(cost) { return cost + 1 }
//              ^^^^ MD015: and takes it as input`,
    'a column of an earlier model': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows", "kinds": { "y": "row" } } ] }
//- /d.csv
x
1
//- /a.features.ts
export const y = (x) => x
//- /b.features.ts
export const y = (x) => x + 1
//           ^ MD015: Feature 'y' has the same name as a column of model 'a'
export const z = (y) => y`,
    'the proposed name is taken': `${sales}
export const cost = (revenue) => revenue
//           ^^^^ MD015: for example to 'cost_clean_2'.
export const cost_clean = (cost) => cost`,
  },
  silent: {
    'a name of its own': `${sales}
export const cost_clean = (cost) => Math.max(cost, 0)`,
    'a helper with the name of a column': `${sales}
const cost = (value) => value + 1
export const more = (revenue) => cost(revenue)`,
    'no data is known': `
export const cost = (revenue) => revenue
export const margin = (revenue, cost) => revenue - cost`,
  },
  fixes: [
    {
      title: "Rename to 'cost_clean' and use it in 2 features",
      before: `${sales}
export const cost = (revenue) => revenue
export const margin = (revenue, cost) => revenue - cost
export const net = ({ margin, cost }) => margin - cost`,
      after: `export const cost_clean = (revenue) => revenue
export const margin = (revenue, cost_clean) => revenue - cost_clean
export const net = ({ margin, cost_clean }) => margin - cost_clean`,
    },
    {
      title: "Rename to 'cost_clean'",
      before: `${sales}
export const cost = (cost) => Math.max(cost, 0)
export const margin = (revenue, cost) => revenue - cost`,
      after: `export const cost_clean = (cost) => Math.max(cost, 0)
export const margin = (revenue, cost) => revenue - cost`,
    },
  ],
  offers: [
    {
      // What the feature reads keeps reading the column.
      before: `${sales}
export const doubled = (cost) => cost * 2
export const cost = (doubled) => doubled / 2`,
      titles: ["Rename to 'cost_clean'"],
    },
  ],
})
