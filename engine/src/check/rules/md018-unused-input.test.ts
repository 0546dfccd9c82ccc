import { unusedInput } from './md018-unused-input.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
//- /sales.features.ts
// group_by: pin
`

testRule(unusedInput, {
  fires: {
    'a column': `${sales}
export function profit(revenue, cost, qty) { return revenue - cost }
//                                    ^^^ MD018: 'qty' is an input of 'profit' but not used; where it is missing, 'profit' is missing too. Remove it.`,
    'a feature': `${sales}
export function profit(revenue, cost) { return revenue - cost }
export function twice(profit, cost) { return cost * 2 }
//                    ^^^^^^ MD018: it still forces 'profit' to be calculated.`,
    'what the body declares anew is another': `${sales}
export const profit = (revenue, cost) => [1].map((cost) => cost).length + revenue
//                              ^^^^ MD018`,
    'in a pattern': `${sales}
export const f = ({ revenue, cost: paid = 0 }) => revenue
//                           ^^^^ MD018: 'cost' is an input of 'f' but not used. Remove it.`,
    'all of them': `${sales}
export function one(revenue, cost) { return 1 }
//                  ^^^^^^^ MD018
//                           ^^^^ MD018`,
    'an optional one that is nowhere': `${sales}
export function taxed(revenue, vat = 0.19) { return revenue }
//                             ^^^ MD018: 'vat' is an input of 'taxed' but not used. Remove it.`,
    'of a function without parentheses': `${sales}
export const one = revenue => 1
//                 ^^^^^^^ MD018`,
    'a var of its name is the input itself': `${sales}
export function f(revenue, cost) {
//                         ^^^^ MD018
  var revenue = revenue ?? 0
  return revenue
}`,
  },
  silent: {
    'a misspelling in the body is what is wrong': `${sales}
export function f(revenue, cost) { return revenue - csot }
//                                                  ^^^^ MD024`,
    'read in the default of another, in a template, in a nested function': `${sales}
export function f(revenue, cost, qty, pin, floor = revenue) {
  const inner = () => cost
  return floor + inner() + \`\${qty}\` + { pin }.pin
}`,
    'a body that is still to be written': `${sales}
export function later(revenue, cost) { return null }
export function soon(revenue) { return }`,
    'an unknown input is MD001 alone': `${sales}
export function f(revenue, weather) { return revenue }
//                         ^^^^^^^ MD001`,
    'an input of a cycle is MD002 alone': `${sales}
export function a(b, revenue) { return revenue }
//                ^ MD002
export function b(a) { return a }
//                ^ MD002`,
    'arguments reads them all': `${sales}
export function f(revenue, cost) { return arguments.length }`,
    'a body that cannot be read': `${sales}
export function f(revenue, cost) { return revenue - }
//                                                  ^ MD034`,
  },
  fixes: [
    {
      title: "Remove input 'cost'",
      before: `${sales}
export function f(revenue, cost: number, qty) { return revenue * qty }`,
      after: 'f(revenue, qty)',
    },
    {
      title: "Remove input 'cost'",
      before: `${sales}
export const f = ({ revenue, cost: paid = 0 }: Row) => revenue`,
      after: '({ revenue }: Row)',
    },
    {
      title: "Remove input 'revenue'",
      before: `${sales}
export const one = revenue => 1`,
      after: 'one = () => 1',
    },
  ],
})
