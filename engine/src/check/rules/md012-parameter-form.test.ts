import { parameterForm } from './md012-parameter-form.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
`

testRule(parameterForm, {
  fires: {
    'a rest parameter': `${sales}
export function all(...cols) { return cols.length }
//                  ^^^^^^^ MD012: A feature cannot take '...cols': each input must be named. Write the columns out: (revenue, cost).`,
    'a list pattern': `${sales}
export const first = ([revenue, cost]) => revenue - cost
//                    ^^^^^^^^^^^^^^^ MD012: A feature cannot take '[revenue, cost]': columns have names and no order. Write (revenue, cost), or ({ revenue, cost }).`,
    'a pattern inside a pattern, or beside others': `${sales}
export const inner = ({ revenue: { amount } }) => amount
//                      ^^^^^^^^^^^^^^^^^^^ MD012: A feature cannot take 'revenue: { amount }': the value of a column has no parts. Write { revenue }.
export const mixed = (revenue, { cost }) => revenue - cost
//                             ^^^^^^^^ MD012: A feature cannot take '{ cost }': inputs stand in one list, or in one pattern. Write all as (revenue, cost), or all as ({ revenue, cost }).`,
    'a computed name, and the rest of a pattern': `${sales}
const name = 'revenue'
export const computed = ({ [name]: value }) => value
//                         ^^^^^^^^^^^^^ MD012: A feature cannot take '[name]: value': each input must be named. Write the column's own name: { revenue } or { 'Unit Price': price }.
export const rest = ({ revenue, ...others }) => revenue + others.cost
//                              ^^^^^^^^^ MD012`,
    'one name twice': `${sales}
export function f(revenue, revenue) { return revenue }
//                         ^^^^^^^ MD012: 'revenue' is a parameter twice, so the file cannot be loaded. Remove one, or name the column that was meant.
export const g = ({ revenue, cost: revenue }) => revenue
//                                 ^^^^^^^ MD012`,
  },
  silent: {
    'one pattern with names, quotes and defaults': `${sales}
export const margin = ({ revenue, 'cost': paid, vat = 0.19 }) => (revenue - paid) / (1 + vat)`,
    'a helper may take what it likes': `${sales}
const larger = (...values) => Math.max(...values)
export const all = (revenue, cost) => larger(revenue, cost)`,
  },
})
