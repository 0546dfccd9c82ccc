import { kindByName } from './md020-kind-by-name.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /dates.ts
export const days = 1, score = 2
//- /score.ts
export const score = 1
//- /sales.csv
pin,opened,closed,cost
A,2024-01-01,2024-01-02,4
//- /sales.features.ts
// group_by: pin
import { days, score } from './dates'
`

testRule(kindByName, {
  fires: {
    'only a helper that cannot be read': `${sales}
export const count_days = (opened, closed) => days(opened, closed)
//           ^^^^^^^^^^ MD020: 'count_days' is treated as a group feature only because of its name. Add //#agg or //#row to say it.`,
    'in a function with a block': `${sales}
export function cost_total(cost) {
//              ^^^^^^^^^^ MD020
  return score(cost)
}`,
    'in a pattern': `${sales}
export const avg_cost = ({ cost }) => score(cost)
//           ^^^^^^^^ MD020`,
  },
  silent: {
    'a marker says it': `${sales}
export const count_days = (opened, closed) => days(opened, closed) //#row`,
    'the body says it': `${sales}
export const total_cost = (cost) => cost * 2
export const cost_sum = (cost) => cost.sum()`,
    'the manifest says it': `
//- /score.ts
export const score = 1
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "cost": "number" }, "kinds": { "count_cost": "row" } }] }
//- /a.features.ts
import { score } from './score'
export const count_cost = (cost) => score(cost)`,
    'no such word in the name': `${sales}
export const rating = (cost) => score(cost)`,
  },
  fixes: [
    {
      title: 'Add #agg',
      before: `${sales}export function cost_total(cost) {\n  return score(cost)\n}`,
      after: 'cost_total(cost) { //#agg\n',
    },
    {
      title: 'Add #row',
      before: `${sales}export const avg_cost = (cost) => score(cost);`,
      after: 'score(cost); /*#row*/',
    },
  ],
})
