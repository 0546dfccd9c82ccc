import { sideEffect } from './md008-side-effect.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,location
A,10,4,x
//- /sales.features.ts
`

testRule(sideEffect, {
  fires: {
    'random numbers': `${sales}
export function score(revenue) { return revenue * Math.random() }
//                                                ^^^^^^^^^^^^^ MD008: 'score' calls Math.random(), so two runs can differ. Read the number from the data instead.`,
    'the clock': `${sales}
export function age(revenue) { return Date.now() - revenue }
//                                    ^^^^^^^^^^ MD008: 'age' calls Date.now(), so two runs can differ.
export const year = (revenue) => new Date().getUTCFullYear() - revenue
//                               ^^^^^^^^^^ MD008: calls new Date()`,
    printing: `${sales}
export function seen(revenue) { console.log(revenue); return revenue }
//                              ^^^^^^^^^^^^^^^^^^^^ MD008: 'seen' calls console.log(), which gives no value.`,
    'files, network, environment, page': `${sales}
export function f(revenue) {
  const fs = require('node:fs')
//           ^^^^^^^^^^^^^^^^^^ MD008: 'f' calls require(), which is no part of the data
  fetch('http://x')
//^^^^^^^^^^^^^^^^^ MD008: calls fetch()
  document.title = 'x'
//^^^^^^^^^^^^^^ MD008: uses document.title
  return revenue * fs.x * process.env.RATE * window['x']
//                        ^^^^^^^^^^^ MD008: uses process.env
//                                           ^^^^^^^^^^^ MD008: uses window
}`,
    later: `${sales}
export function f(revenue) {
  setTimeout(() => 1)
//^^^^^^^^^^^^^^^^^^^ MD008: 'f' calls setTimeout(), but a feature gives its value at once
  const x = async () => { await revenue }
//                        ^^^^^^^^^^^^^ MD008: uses await
  import('x')
//^^^^^^^^^^^ MD008: calls import()
  return x
}`,
    this: `${sales}
export function f(revenue) { return [1].map(() => this.rate)[0] * revenue }
//                                                ^^^^ MD008: 'f' uses this`,
    'a variable of the file': `${sales}
let counter = 0
const seen = new Set(), by_pin = {}, list = [1]
export function number(pin) { counter += 1; counter++; return counter + pin }
//                            ^^^^^^^ MD008: 'number' writes 'counter' outside the function, so its value depends on what was calculated before.
export function first(pin) { if (seen.has(pin)) return 0; seen.add(pin); return 1 }
//                                                        ^^^^^^^^ MD008: writes 'seen'
export function before(pin, revenue) { const b = by_pin[pin]; by_pin[pin] = revenue; return b }
//                                                            ^^^^^^^^^^^ MD008: writes 'by_pin'
export function swap(revenue) { [counter, list[0]] = [revenue, 1]; return counter }
//                               ^^^^^^^ MD008: writes 'counter'
//                                        ^^^^^^^ MD008: writes 'list'
export function sorted(revenue) { return list.sort()[0] * revenue }
//                                       ^^^^^^^^^ MD008: writes 'list'
export function gone(revenue) { delete by_pin.x; for (counter of [1]); return revenue }
//                                     ^^^^^^^^ MD008: writes 'by_pin'
//                                                    ^^^^^^^ MD008: writes 'counter'`,
    'an input': `${sales}// group_by: pin
export function f(revenue, cost) { //#agg
  revenue[0] = 1
//^^^^^^^^^^ MD008: 'f' writes into its input 'revenue', which other features read too. Make a new value instead.
  cost.seen++
//^^^^^^^^^ MD008: writes into its input 'cost'
  return revenue.sum() + cost.sum()
}`,
    'through helpers': `${sales}
const roll = () => Math.random()
const twice = () => roll() * 2
const today = Date.now()
function log(x) { console.log(x); return x }
export function a(revenue) { return twice() * revenue }
//                                  ^^^^^ MD008: 'a' calls 'twice', which calls Math.random(), so two runs can differ.
export function b(revenue) { return today - revenue }
//                                  ^^^^^ MD008: 'b' reads 'today', which calls Date.now(), so two runs can differ.
export function c(revenue) { return log(log(revenue)) }
//                                  ^^^ MD008: 'c' calls 'log', which calls console.log()`,
    'only where the effect is': `${sales}
export function random(revenue) { return Math.random() * revenue }
//                                       ^^^^^^^^^^^^^ MD008
export function twice(revenue) { return random(revenue) * 2 }`,
  },
  silent: {
    'what stays inside': `${sales}
const table = { a: 1 }, set = new Set([1]), api = { add: (x) => x }
export function f(revenue, cost) {
  let sum = 0
  const own = { a: 1 }, list = [3, 1]
  cost = cost ?? 0
  own.a = 2
  list.sort()
  list.push(1)
  delete own.a
  for (sum of list) sum += table.a
  const obj = { m() { return this.x }, get y() { return this.x } }
  return sum + revenue + cost + set.size + api.add(1) + obj.y + new Date(revenue).getTime() + Math.round(2)
}`,
    'helpers that no feature uses': `${sales}
function debug(x) { console.log(x) }
export function f(revenue) { return revenue }`,
    'a column that a browser has too': `${sales}
export function f(revenue) { return location.trim() + revenue }
//                                  ^^^^^^^^ MD024`,
  },
})
