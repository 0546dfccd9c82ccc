import { expect, it } from 'vitest'
import * as functions from '../../functions/index.ts'
import { libraryNames } from '../../source/typescript/library.ts'
import { undeclaredInput } from './md024-undeclared-input.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty,name,status,Unit Price,Date,location
A,10,4,1,x,y,1,2025-01-01,z
//- /sales.features.ts
// group_by: pin
`

testRule(undeclaredInput, {
  fires: {
    'a column that is no parameter': `${sales}
export function margin(revenue) { return revenue - cost }
//                                                 ^^^^ MD024: 'cost' is a column, but not a parameter of 'margin'. Add it as a parameter.`,
    'once per name': `${sales}
export const margin = (revenue) => revenue > cost ? revenue - cost : 0
//                                           ^^^^ MD024`,
    'names that a browser has': `${sales}
export function label(revenue) { return name + status + revenue }
//                                      ^^^^ MD024: 'name' is a column
//                                             ^^^^^^ MD024: 'status' is a column`,
    'a column by its name as an identifier': `${sales}
export function total(qty) { return qty * unit_price }
//                                        ^^^^^^^^^^ MD024: 'unit_price' is a column`,
    'a host has it, but the data too': `${sales}
export function place(revenue) { return location.trim() + revenue }
//                                      ^^^^^^^^ MD024: 'location' is a column`,
    'a feature is a function here': `${sales}
export function total(revenue) { return revenue.sum() }
export function share(revenue) { return revenue / total }
//                                                ^^^^^ MD024: 'total' is a feature, but not a parameter of 'share'; here it is the function itself. Add it as a parameter.
export const percent = (revenue) => of(revenue, total)
//                                              ^^^^^ MD024
const of = (part, whole) => part / whole`,
    'a feature of another file': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export function y(x) { return x }
//- /b.features.ts
export function z(x) { return x + y }
//                                ^ MD024: 'y' is a feature, but not a parameter of 'z'. Add it as a parameter.`,
    'a feature that would close a cycle': `${sales}
export function a(revenue) { return revenue + b }
//                                            ^ MD024: 'b' is a feature that itself needs 'a', so 'a' cannot read it.
export function b(a) { return a * 2 }`,
    'another name for it in a pattern': `${sales}
export function margin({ cost: paid, revenue }) { return revenue - cost + paid }
//                                                                 ^^^^ MD024: 'cost' is called 'paid' in 'margin'. Use that name.`,
    'the column under another spelling': `${sales}
export function total(qty, Unit_Price) { return qty * unit_price + cost + Unit_Price }
//                                                    ^^^^^^^^^^ MD024: 'unit_price' is called 'Unit_Price' in 'total'. Use that name.
//                                                                 ^^^^ MD024: 'cost' is a column, but not a parameter of 'total'. Add it as a parameter.`,
    'in a helper': `${sales}
export function margin(revenue) { return net(revenue) }
function net(x) { return x - cost }
//                           ^^^^ MD024: 'cost' is a column, but not a parameter of 'net', which is no feature. Add it there, and give it where 'net' is called.
const limit = qty * 2
//            ^^^ MD024: 'qty' is a column, and only features read columns, so 'limit' cannot use it.`,
    'a typo of a parameter': `${sales}
export function margin(revenue, cost) { return revenu - cost + revenue }
//                                             ^^^^^^ MD024: 'revenu' is not declared in 'margin'. Did you mean 'revenue'?`,
    'a typo of a column': `${sales}
export function margin(revenue) { return revenue - csot }
//                                                 ^^^^ MD024: 'csot' is not declared in 'margin'. Did you mean 'cost'?`,
    'a helper that is not imported': `${sales}
export function margin(revenue, cost) { return round(revenue - cost, 2) }
//                                             ^^^^^ MD024: 'round' is not declared in 'margin'. Import it from 'modeldriver'.
const twice = (x) => clip(x, 0, 1)
//                   ^^^^ MD024`,
    'words of Python and of spreadsheets': `${sales}
export const rows = (revenue) => len(revenue) + revenue.sum()
//                               ^^^ MD024: 'len' is not known here. Write revenue.length for all rows, revenue.count() for those that have a value.
export const letters = (name) => len(name)
//                               ^^^ MD024: 'len' is not known here. Write name.length.
export const size = (revenue, cost) => abs(revenue - cost)
//                                     ^^^ MD024: 'abs' is not known here. Write Math.abs.
export const kept = (revenue) => revenue > 1 ? revenue : None
//                                                       ^^^^ MD024: 'None' is not known here. Write null.
export const whole = (revenue) => int(revenue) + int(revenue)
//                                ^^^ MD024: 'int' is not known here. Write Math.trunc(revenue).
export const mean = (revenue) => AVERAGE(revenue)
//                               ^^^^^^^ MD024: 'AVERAGE' is not known here. Write revenue.mean().
export const high = (revenue) => IF(revenue > 3, 1, 0)
//                               ^^ MD024: 'IF' is not known here. Write: test ? one : other
export const root = (revenue) => np.sqrt(revenue)
//                               ^^ MD024: 'np' is not known here. Python's libraries cannot be used here`,
    'nothing at all': `${sales}
export function margin(revenue) { return revenue - whatever_this_is }
//                                                 ^^^^^^^^^^^^^^^^ MD024: 'whatever_this_is' is not declared in 'margin'. No column or feature has that name`,
    'nothing is known of the data': `
export function margin(revenue) { return revenue - cost }
//                                                 ^^^^ MD024: 'cost' is not declared in 'margin'. If it is a column, add it as a parameter`,
  },
  silent: {
    'names of the language and of the file': `${sales}
import { round } from 'modeldriver'
const rate = 0.2
const table = { a: 1 }
enum Kind { a, b }
class Money { constructor(x) { this.x = x } }
export function margin(revenue, cost) {
  if (revenue === undefined || Number.isNaN(cost)) return Infinity
  return round(Math.max(revenue - cost * rate, table.a) + Kind.a + new Money(1).x + JSON.stringify([cost]).length, 2)
}`,
    'a column named as something of the language': `${sales}
export function year(revenue) { return new Date(revenue).getUTCFullYear() + Date.UTC(2025) }`,
    'names of the body': `${sales}
export function f(revenue) {
  type Local<T> = { cost: T }
  interface Other { qty: number }
  enum Size { small }
  for (var i = 0; i < 3; i++) { var name = revenue }
  try { revenue.x() } catch (status) { return status }
  const { a, b: [c] } = revenue, g = function again(n) { return n ? again(n - 1) : 0 }
  const list: Local<number>[] = [1, 2].map((cost) => ({ cost, qty: cost }))
  label: for (const cost of list) { if (cost) continue label }
  return i + name + a + c + g(1) + typeof qty + Size.small + local(list)
  function local(qty) { return qty }
}`,
    'functions as functions': `${sales}
export function half(revenue) { return revenue / 2 }
export function halves(revenue) { return revenue.map(half).sum() }
export function best(revenue) { return apply(half, revenue) }
export function twice(revenue) { return half(revenue) * 4 }
const apply = (f, x) => f(x)`,
    'a parameter that is misspelt': `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
export function margin(revenue, csot) { return revenue - cost }
//                              ^^^^ MD001`,
    'a function that is being written': `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
export function margin(revenue) { return revenue - co. }
//                                                     ^ MD034`,
  },
  fixes: [
    {
      title: "Change to 'revenue.length'",
      before: `${sales}export const rows = (revenue) => len(revenue) + revenue.sum()`,
      after: '=> revenue.length + revenue.sum()',
    },
    {
      title: "Change to 'Math.abs'",
      before: `${sales}export const size = (revenue, cost) => abs(revenue - cost)`,
      after: '=> Math.abs(revenue - cost)',
    },
    {
      title: "Add 'cost' as parameter",
      before: `${sales}
export function margin(revenue, rate = 2) { return revenue - cost * rate }`,
      after: 'margin(revenue, cost, rate = 2)',
    },
    {
      title: "Add 'cost' as parameter",
      before: `${sales}
export const margin = ({ revenue }: Row) => revenue - cost`,
      after: '{ revenue, cost }: Row',
    },
    {
      title: "Add 'cost' as parameter",
      before: `${sales}
export const margin = revenue => revenue - cost`,
      after: '(revenue, cost) =>',
    },
    {
      title: "Add 'total' as parameter",
      before: `${sales}
export function total(revenue) { return revenue.sum() }
export function share(revenue) { return revenue / total }`,
      after: 'share(revenue, total)',
    },
    {
      title: "Change to 'Unit_Price'",
      before: `${sales}
export function total(qty, Unit_Price) { return qty * unit_price }`,
      after: 'total(qty, Unit_Price) { return qty * Unit_Price }',
    },
    {
      title: "Change to 'revenue'",
      before: `${sales}
export function margin(revenue, cost) { return revenu > cost ? revenu - cost : revenue }`,
      after: '{ return revenue > cost ? revenue - cost : revenue }',
    },
    {
      title: "Change to 'cost'",
      before: `${sales}
export function margin(revenue) { return revenue - csot }`,
      after: 'margin(revenue, cost) { return revenue - cost }',
    },
    {
      title: "Import 'round' from 'modeldriver'",
      before: `
//- /sales.csv
revenue
1
//- /sales.features.ts
// group_by: []
// All of them.

/** Whole numbers. */
export function whole(revenue) { return round(revenue) }`,
      after: "// All of them.\n\nimport { round } from 'modeldriver'\n/** Whole numbers. */",
    },
    {
      title: "Import 'round' from 'modeldriver'",
      before: `${sales}export function whole(revenue) { return round(revenue) }`,
      after: "// group_by: pin\nimport { round } from 'modeldriver'\nexport",
    },
    {
      title: "Import 'clip' from 'modeldriver'",
      before: `${sales}
import { round } from 'modeldriver'
export function whole(revenue) { return clip(round(revenue), 0, 1) }`,
      after: 'import { round, clip } from',
    },
  ],
  offers: [
    {
      before: `${sales}
export function margin(revenue) { return revenue - cost }`,
      titles: ["Add 'cost' as parameter"],
    },
    {
      before: `${sales}
export function margin(revenue) { return net(revenue) }
function net(x) { return x - cost }`,
      titles: [],
    },
  ],
})

it('knows the functions of the library', () => {
  const noValues = ['Column', 'agg', 'feature', 'row']
  expect([...libraryNames].sort()).toEqual(
    Object.keys(functions)
      .filter((name) => !noValues.includes(name))
      .sort(),
  )
})
