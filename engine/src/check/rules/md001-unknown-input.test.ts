import { unknownInput } from './md001-unknown-input.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
B,20,5,2
//- /sales.features.ts
`

testRule(unknownInput, {
  fires: {
    'columns of a join are said with their file': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [{ "from": "props.csv", "on": ["pin"] }] }] }
//- /sales.csv
pin,price
a,1
//- /props.csv
pin,area,region
a,2,north
//- /m.features.ts
export const k = (price, temperature) => price / temperature
//                       ^^^^^^^^^^^ MD001: 'temperature' is neither a column of sales.csv (2 columns) or props.csv nor a feature of model 'm'. The columns of sales.csv are 'pin' and 'price'. The columns of props.csv are 'area' and 'region'.`,
    'a typo names the column meant': `${sales}
export function profit(revenu, cost) { return revenu - cost }
//                     ^^^^^^ MD001: No column or feature is named 'revenu'. Did you mean 'revenue'?`,
    'swapped letters': `${sales}
export function profit(revenue, csot) { return revenue - csot }
//                              ^^^^ MD001: Did you mean 'cost'?`,
    'a feature can be meant too': `${sales}
export function profit(revenue, cost) { return revenue - cost }
export function half(profti) { return profti / 2 }
//                   ^^^^^^ MD001: Did you mean 'profit'?`,
    'nothing is near': `${sales}
export function warm(temperature) { return temperature > 20 }
//                   ^^^^^^^^^^^ MD001: 'temperature' is neither a column of sales.csv (4 columns) nor a feature of model 'sales'. The columns are 'pin', 'revenue', 'cost' and 'qty'.`,
    'only the root is reported': `${sales}
export function a(revenu) { return revenu }
//                ^^^^^^ MD001
export function b(a) { return a + 1 }
export function c(b) { return b + 1 }`,
    'a suggestion never closes a cycle': `${sales}
export function total(totals) { return totals }
//                    ^^^^^^ MD001: 'totals' is neither`,
    'the spelling that is nearest comes first': `${sales}
export const REVENUE = (cost) => cost
export const twice = (revenu) => revenu * 2
//                    ^^^^^^ MD001: Did you mean 'revenue' or 'REVENUE'?`,
    'columns before features': `${sales}
export const casts = (qty) => qty
export const twice = (costs) => costs * 2
//                    ^^^^^ MD001: Did you mean 'cost' or 'casts'?`,
    'no letter in common': `${sales}
export const s = (q) => q * 2
//                ^ MD001: 'q' is neither`,
    'of another model': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "group_by": "k" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"] },
  { "model_name": "c", "seq": 3, "features": ["c.features.ts"], "input": "a.rows" } ] }
//- /d.csv
k,p,Unit Price,r,t,u,v,w,x,y
1,1,1,1,1,1,1,1,1,1
//- /a.features.ts
export const total = (x) => x.sum()
//- /b.features.ts
export const b = (temperature) => temperature
//                ^^^^^^^^^^^ MD001: 'temperature' is neither a column of a.outputs nor a feature of model 'b'. The columns are 'k' and 'total'.
//- /c.features.ts
export const c = (humidity, unit_price) => humidity + unit_price
//                ^^^^^^^^ MD001: Among the 10 columns are 'k', 'p', 'Unit Price' and 'r'.`,
    'a function that is not exported': `${sales}
function profit(revenue, cost) { return revenue - cost }
export function half(profit) { return profit / 2 }
//                   ^^^^^^ MD001: 'profit' is a function of this file, but no feature: it is not exported. Export it.`,
    'a function whose name keeps it a helper': `${sales}
export function _profit(revenue, cost) { return revenue - cost }
export function half(_profit) { return _profit / 2 }
//                   ^^^^^^^ MD001: '_profit' is a function of this file, but no feature: its name begins with '_'. Rename it, or call it.`,
    'in a pattern': `${sales}
export function profit({ revenu, cost: paid }) { return revenu - paid }
//                       ^^^^^^ MD001: Did you mean 'revenue'?`,
    'what a table function says it reads': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "d.csv", "legacy_mode": true,
  "frames": { "dedupe": { "inputs": ["pni"], "outputs": ["one"] } } }] }
//                                    ^^^ MD001: 'dedupe' reads 'pni', which is neither a column of d.csv (2 columns) nor a feature of model 'm'. Did you mean 'pin'?
//- /d.csv
pin,price
a,1
//- /m.features.ts
export const dedupe = (df) => df`,
  },
  silent: {
    'what follows the name is no code': `${sales}
export function half(unit-price) { return 1 }
//                       ^ MD034`,
    'optional inputs may be absent': `${sales}
export function taxed(revenue, vat = 0.19) { return revenue * (1 + vat) }`,
    'separators and case do not count': `
//- /p.csv
Unit Price,Qty
1,2
//- /p.features.ts
export function total(unit_price, qty) { return unit_price * qty }`,
    'nothing is known of the data': `
export function profit(revenu, cost) { return revenu - cost }`,
  },
  fixes: [
    {
      title: "Export 'profit'",
      before: `${sales}
function profit(revenue, cost) { return revenue - cost }
export function half(profit) { return profit / 2 }`,
      after: 'export function profit(revenue, cost)',
    },
    {
      title: "Change to 'revenue'",
      before: `${sales}
export function profit(revenu, cost) { return { revenu }.revenu - cost + revenu }`,
      after: 'profit(revenue, cost) { return { revenu: revenue }.revenu - cost + revenue }',
    },
    {
      title: "Change to 'revenue'",
      before: `${sales}
export function profit({ revenu, cost }) { return revenu - cost }`,
      after: '({ revenue, cost }) { return revenue - cost }',
    },
    {
      title: "Create feature 'temperature'",
      before: `${sales}
const limit = 20

/** Is it warm? */
export function warm(temperature) { return temperature > limit }`,
      after:
        'limit = 20\n\nexport function temperature() {\n  return null\n}\n\n/** Is it warm? */\nexport function warm',
    },
    {
      title: "Make 'temperature' optional",
      before: `${sales}
export function warm(temperature) { return temperature > 20 }`,
      after: 'warm(temperature = null)',
    },
  ],
  offers: [
    {
      before: `${sales}
export function profit(revenu, cost) { return revenu - cost }`,
      titles: ["Change to 'revenue'", "Create feature 'revenu'", "Make 'revenu' optional"],
    },
  ],
})
