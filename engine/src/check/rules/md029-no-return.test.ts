import { noReturn } from './md029-no-return.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,region
A,10,4,x
//- /sales.features.ts
`

/** A feature of the inputs `revenue`, `cost`, `region` around a body of some lines. */
const body = (lines: string) => `${sales}
export function f(revenue, cost, region) {
  const all = [revenue, cost, region]
${lines}
}`

testRule(noReturn, {
  fires: {
    'an if without else': `${sales}
export function margin(revenue, cost) {
  if (cost > 0) return revenue - cost
//    ^^^^^^^^ MD029: 'margin' does not return a value when 'cost > 0' is false. Return one there, or null where there is none.
}`,
    'the last of several': body(`
  if (cost > 0) { return 1 }
  if (revenue > 0) return 2
//    ^^^^^^^^^^^ MD029: when 'revenue > 0' is false
  const nothing = 1`),
    'an open branch': body(`
  if (cost > 0) { return 1 } else { all.at(0) }
//    ^^^^^^^^ MD029: when 'cost > 0' is false`),
    'a branch in a branch': body(`
  if (cost > 0) { if (revenue > 0) return 1 } else return 2
//                    ^^^^^^^^^^^ MD029: when 'revenue > 0' is false`),
    'else if': body(`
  if (cost > 0) return 1
  else if (region === 'x') return 2
//         ^^^^^^^^^^^^^^ MD029: when 'region === 'x'' is false`),
    'a switch without default': body(`
  switch (region) {
//        ^^^^^^ MD029: when 'region' is none of the cases
    case 'x': return 1
    case 'y': return 2
  }`),
    'a switch with a case that only leaves it': body(`
  switch (region) {
//        ^^^^^^ MD029: when 'region' is 'x'
    case 'x': break
    default: return 2
  }`),
    'a loop that may find nothing': body(`
  for (const each of all) {
//^^^ MD029: when the loop ends
    if (each > cost) return each
  }`),
    'an endless loop that is left': body(`
  outer: while (true) {
//       ^^^^^ MD029: when the loop ends
    for (;;) { if (cost) break outer; else return 1 }
  }`),
    'a caught error': body(`
  try { return cost.x() } catch { all.at(0) }
//                        ^^^^^ MD029: when an error is caught`),
    'a value that is not asked for': `${sales}
export function f(region: 'x' | 'y' | 'z') {
  switch (region) {
//        ^^^^^^ MD029: when 'region' is none of the cases
    case 'x': return 1
    case 'y': return 2
  }
}
export const band = (revenue) => (revenue > 5 ? 'high' : revenue > 2 ? 'middle' : 'low')
export function g(band) {
  if (band === 'high') return 1
  if (band === 'low') return 2
//    ^^^^^^^^^^^^^^ MD029: when 'band === 'low'' is false
}
export function h(region: 'x' | 'y' | null) {
  if (region === 'x') return 1
  else if (region === 'y') return 2
//         ^^^^^^^^^^^^^^ MD029
}`,
    'a value of a type that is not asked for': `${sales}
type Shop = 'x' | 'y'
function shopOf(cost: number): Shop { return cost > 5 ? 'x' : 'y' }
export function f(cost: number) { switch (shopOf(cost)) { case 'x': return 1 } }
//                                        ^^^^^^^^^^^^ MD029: when 'shopOf(cost)' is none of the cases
type Round = About
type About = Round | Round
export function g(cost: Round) { const a = b; const b = a; switch (a) { case 1: return 1 } }
//                                         ^ MD034`,
    'nothing at all': `${sales}
export function empty(revenue) {}
//              ^^^^^ MD029: 'empty' returns nothing, so its column would be empty. Return a value.
export const forgotten = (revenue, cost) => { revenue - cost }
//           ^^^^^^^^^ MD029: 'forgotten' returns nothing, so its column would be empty. Write 'return' before its last calculation.
export const each = (revenue) => { [revenue].map((x) => { return x }) }
//           ^^^^ MD029: returns nothing`,
  },
  silent: {
    'every path gives a value': body(`
  if (cost > 0) return 1
  else if (revenue > 0) { return 2 } else { switch (region) { case 'x': case 'y': return 3; default: return 4 } }`),
    'missing values that are said': body(`
  if (cost > 0) return 1
  if (revenue > 0) return null
  return`),
    'every value of a type, or of a feature, is asked for': `${sales}
export function f(region: 'x' | "y", cost: 1 | 2) {
  switch (region) {
    case 'x': { if (cost === 1) return 1; else return 2 }
    case 'y': return 2
  }
}
export const band = (revenue) => (revenue > 5 ? 'high' : revenue > 2 ? 'middle' : 'low')
export function g(band) {
  if (band === 'high') return 1
  if (band === 'low' || band === 'middle') return 2
}
export const is_large = (revenue: number): boolean => revenue > 5
export function h(is_large: boolean) {
  if (is_large === true) { return 1 } else if (is_large === false) { return 2 }
}`,
    'every value of a type that the file writes out': `${sales}
type Shop = 'x' | 'y'
type Kind = Shop | 'other'
function kindOf(cost: number): Kind { return cost > 5 ? 'x' : 'other' }
export function f(region: Shop) { switch (region) { case 'x': return 1; case 'y': return 2 } }
export function g(cost: number) { switch (kindOf(cost)) { case 'x': case 'y': return 1; case 'other': throw cost } }
export function h(cost: number) {
  const kind = kindOf(cost)
  switch (kind) { case 'x': return 1; case 'y': return 3; case 'other': return 2 }
}`,
    'throws and endless loops': body(`
  if (cost > 0) return 1
  if (revenue > 0) throw new Error('no')
  for (;;) { if (all.pop()) return 2 }`),
    'do runs once': body('  do { if (cost) return 1; throw cost } while (revenue)'),
    'try, catch and finally': body(`
  try { return cost.x() } catch { return 1 } finally { all.at(0) }`),
    'finally gives it': body('  try { all.at(0) } finally { return 1 }'),
    'an expression': `${sales}
export const f = (revenue) => revenue`,
    'a function that is being written': `${sales}
export function margin(revenue, cost) {
  if (cost > ) return revenue
//           ^ MD034
}`,
  },
  fixes: [
    {
      title: "Add 'return null' at the end",
      before: `${sales}
export function margin(revenue, cost) {
    if (cost > 0) return revenue - cost
    // else nothing
}`,
      after: '- cost\n    // else nothing\n    return null\n}',
    },
    {
      title: "Add 'return null' at the end",
      before: `${sales}
export const margin = (revenue, cost) => { if (cost > 0) return revenue - cost }`,
      after: '{ if (cost > 0) return revenue - cost; return null }',
    },
    {
      title: "Add 'return null' at the end",
      before: `${sales}
export function f(revenue) {}`,
      after: 'f(revenue) { return null }',
    },
    {
      title: 'Return the last calculation',
      before: `${sales}
export const margin = (revenue, cost) => { revenue - cost }`,
      after: '{ return revenue - cost }',
    },
  ],
  offers: [
    {
      before: `${sales}\nexport function f(revenue) { revenue.toFixed() }`,
      titles: ['Return the last calculation', "Add 'return null' at the end"],
    },
    {
      before: `${sales}
export const margin = (revenue, cost) => { revenue - cost }`,
      titles: ['Return the last calculation', "Add 'return null' at the end"],
    },
  ],
})
