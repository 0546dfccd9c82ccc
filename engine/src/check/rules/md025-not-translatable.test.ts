import { notTranslatable } from './md025-not-translatable.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,name,at
A,10,4,x,2025-01-01
//- /score.ts
export const score = (revenue: number) => revenue
//- /sales.features.ts
// group_by: pin
import { round } from 'modeldriver'
import { score } from './score'
`

testRule(notTranslatable, {
  fires: {
    'a loop': `${sales}
export function best(revenue) {
  const seen = new Map()
  for (const each of revenue) seen.set(each, 1)
//^^^ MD025: 'best' is no formula, because of a for loop. It runs as JavaScript, group by group: slower, and it cannot become SQL. Where an aggregate says the same, write that: .sum()
  return seen.size
}
export function digits(cost) {
  while (cost > 10) return 2
//^^^^^ MD025: 'digits' is no formula, because of a while loop. It runs as JavaScript, row by row
  return 1
}`,
    'a variable that changes': `${sales}
export function band(revenue) {
  let text = 'low'
//^^^ MD025: because of a variable that may change. It runs as JavaScript, row by row: slower, and it cannot become SQL. Write 'const'; a choice is 'test ? one : other'.
  if (revenue > 5) text = 'high'
  return text
}
export function net(revenue, cost) {
  if (cost > 4) revenue = 4
//              ^^^^^^^^^^^ MD025: because of an assignment. It runs as JavaScript, row by row: slower, and it cannot become SQL. Give each value a name of its own with 'const'.
  return revenue - cost
}`,
    'what only JavaScript has': `${sales}
export const is_code = (name) => /^x/.test(name)
//                               ^^^^ MD025: because of a regular expression. It runs as JavaScript, row by row: slower, and it cannot become SQL. Where it is enough, write .includes('…')
export const words = (name) => name.split(' ').length
//                                  ^^^^^ MD025: because of the method .split()
export const bits = (cost) => cost & 1
//                                 ^ MD025: because of a bit operation
export const kind = (name) => typeof name
//                            ^^^^^^^^^^^ MD025: because of typeof`,
    'lists of JavaScript where an aggregate says the same': `${sales}
export const top = (revenue) => Math.max(...revenue)
//                                       ^^^^^^^^^^ MD025: because of a spread of values. It runs as JavaScript, group by group: slower, and it cannot become SQL. Write 'revenue.max()'.
export const names = (name) => new Set(name).size
//                                           ^^^^ MD025: because of the property '.size'. It runs as JavaScript, group by group: slower, and it cannot become SQL. Write 'name.nunique()'.
export const total = (revenue) => revenue.reduce((a, b) => a + b)
//                                        ^^^^^^ MD025: because of the method .reduce()`,
    'the machine it runs on': `${sales}
export const year = (at) => at.getFullYear()
//                             ^^^^^^^^^^^ MD025: because of .getFullYear(), which asks for local time. It runs as JavaScript, row by row: slower, and it cannot become SQL. Write .getUTCFullYear().`,
    'another file': `${sales}
export const rated = (revenue) => score(revenue)
//                                ^^^^^ MD025: because of a call of 'score' of './score'`,
    'in a helper, at the place that uses it': `${sales}
export const spread = (revenue) => round(gini(revenue), 2)
//                                       ^^^^ MD025: 'spread' is no formula, because of a for loop in 'gini'.
export const capped = (revenue) => Math.min(revenue, limit)
//                                                   ^^^^^ MD025: because of 'limit', which is no constant. It runs as JavaScript, row by row: slower, and it cannot become SQL. Declare it with 'const'.
let limit = 10
function gini(values) {
  for (const value of values) if (value > 3) return value
  return 0
}`,
    'no one place is the reason': `${sales}
export function steps(revenue) {
//              ^^^^^ MD025: because of very many branches. It runs as JavaScript, row by row: slower, and it cannot become SQL. Split it into several features.
${Array.from({ length: 40 }, (_, i) => `  if (revenue > ${i}) { if (revenue < ${i + 1}) return ${i} }`).join('\n')}
  return revenue
}`,
  },
  silent: {
    'what is told as a slip': `${sales}
export const gone = (cost) => cost === NaN ? 1 : 0
//                            ^^^^^^^^^^^^ MD037
export const area = (cost) => cost ^ 2
//                            ^^^^^^^^ MD037`,
    formulas: `${sales}
const rate = 0.2
const table = { x: 1 }
const taxed = (amount) => amount * (1 + rate)
export const margin = (revenue, cost) => round(taxed(revenue) - cost, 2)
export const rank = (name) => table[name] ?? 0
export const total = (revenue, cost) => revenue.filter(cost.map((c) => c > 3)).sum()
export function label(name) {
  switch (name.trim()) {
    case 'x':
      return 'one'
    default:
      return \`other \${name}\`
  }
}`,
    'what other rules say': `${sales}
export const noise = (revenue) => revenue * Math.random()
//                                          ^^^^^^^^^^^^^ MD008
export function told(revenue) {
  console.log(revenue)
//^^^^^^^^^^^^^^^^^^^^ MD008
  return revenue
}
export const drawn = (revenue) => revenue * dice()
//                                          ^^^^ MD008
const dice = () => Math.random()
export const margin = (revenue) => revenue - costt
//                                           ^^^^^ MD024
export const sized = (revenue) => len(revenue)
//                                ^^^ MD024
export const total = (revenue) => revenue.sum()
export const part = (revenue) => revenue / total
//                                         ^^^^^ MD024
export const again = (total) => total.reduce((a, b) => a + b)
//                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD006`,
    'bodies that are still being written': `${sales}
export function margin(revenue) {
  for (const each of revenue) {
    return revenue.
  }
//^ MD034
}`,
    'turned off': `
//- /modeldriver.json
{ "rules": { "MD025": "off" }, "models": [{ "model_name": "m", "features": ["a.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export const y = (x) => x & 1`,
    'meant to be so': `${sales}
// md-ignore MD025: the data has no other form
export const bits = (cost) => cost & 1`,
  },
})
