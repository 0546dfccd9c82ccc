import { duplicateFeature } from './md003-duplicate-feature.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
//- /sales.features.ts
`
const twoFiles = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
`

testRule(duplicateFeature, {
  fires: {
    'both places': `${sales}
export function margin(revenue) { return revenue }
//              ^^^^^^ MD003: Feature 'margin' is defined twice in model 'sales'. Rename or delete one of the two.
export const margin = (cost) => cost
//           ^^^^^^ MD003`,
    'in two files': `${twoFiles}
//- /a.features.ts
export function y(x) { return x }
//              ^ MD003
//- /b.features.ts
export function y(x) { return x + 1 }
//              ^ MD003`,
    'by an export list': `${twoFiles}
//- /a.features.ts
export const y = (x) => x
//           ^ MD003
//- /b.features.ts
const local = (x) => x + 1
export { local as y }
//                ^ MD003`,
  },
  silent: {
    'in two models it is allowed': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "columns": { "x": "number" } },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "b.csv" } ] }
//- /b.csv
x
1
//- /a.features.ts
export function y(x) { return x }
//- /b.features.ts
export function y(x) { return x }`,
    'overloads are one function': `${sales}
export function margin(revenue: number): number
export function margin(revenue: number) { return revenue }`,
    'a helper may have the name of a feature elsewhere': `${twoFiles}
//- /a.features.ts
export const y = (x) => x
//- /b.features.ts
const y = (x) => x + 1
export const z = (x) => y(x)`,
  },
  fixes: [
    {
      title: "Rename to 'y_2'",
      before: `${twoFiles}
//- /a.features.ts
export const y = (x) => x
export const z = (x) => y(x) + 1
//- /b.features.ts
export const y = (x) => x + 1`,
      after: 'export const y_2 = (x) => x\nexport const z = (x) => y_2(x) + 1',
    },
    {
      title: "Rename to 'margin_3'",
      before: `${sales}
export const margin = (revenue) => revenue
export const margin = (cost) => cost
export const margin_2 = (cost) => cost`,
      after: 'export const margin_3 = (revenue) => revenue\nexport const margin = (cost)',
    },
    {
      title: "Delete this 'margin'",
      before: `${sales}
const limit = 3

/** The margin. */
export function margin(revenue) { //#row
  return revenue
} // per piece

export const margin = (cost) => cost`,
      after: 'const limit = 3\n\nexport const margin = (cost)',
    },
  ],
})
