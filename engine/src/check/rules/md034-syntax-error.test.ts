import { syntaxError } from './md034-syntax-error.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
`

testRule(syntaxError, {
  fires: {
    'an expression that is not finished': `${sales}
export function profit(revenue) { return revenue + }
//                                                 ^ MD034: This cannot be read: Expression expected.`,
    'only the first place of a file': `${sales}
export const a = (revenue) => revenue )
//                                    ^ MD034: This cannot be read:
export const b = (cost) => cost )`,
    'each file for itself': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts", "*.features.js"], "columns": { "x": "number" } }] }
//- /a.features.ts
export const a = (x) => x * * 2
//                          ^ MD034
//- /b.features.js
export const b = (x) => [x
  export const c = (x) => x
//^^^^^^ MD034`,
    'a function that is not closed': `${sales}
export function a(revenue) {
  if (revenue > 0) { return 1
}
  export function b(revenue) { return revenue }
//^^^^^^ MD034: 'a' is not closed before this, so nothing from here on is a feature. Write the '}' that is missing.`,
    'a const that is changed': `${sales}// group_by: pin
export function total(revenue) { //#agg
  const sum = 0
  for (const x of revenue) sum += x
//                         ^^^ MD034: 'sum' is a const, so it cannot be changed. Declare it with let.
  return sum
}`,
    'a name of a parameter or a variable again': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export function a(x) { const half = x / 2; const half = 3; return half }
//                                               ^^^^ MD034: 'half' is declared twice here. Rename one.
//- /b.features.ts
export function b(x) { const x = 2; return x }
//                           ^ MD034: 'x' is declared twice here
//- /c.features.ts
export function c(x) { const two; return x * 2 }
//                           ^^^ MD034: A const needs its value at once: const two = …
//- /d.features.ts
export function d(x) { const y = z * 2; const z = x; return y }
//                               ^ MD034: 'z' is used before it has its value. Move its declaration up.
//- /e.features.ts
export function e(x) { if (x > 1) break; return x }
//                                ^^^^^^ MD034: There is no loop here that 'break' could leave.`,
    'words of Python': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
  def half(x):
//^^^ MD034: 'def' is Python. Write: export function half(x) { return … }
    return x / 2
//- /b.features.ts
export const b = (x) => x > 1 and x < 3
//                            ^^^ MD034: 'and' is Python. Write: &&
//- /c.features.ts
export const c = (x) => not x
//                      ^^^^ MD034: 'not' is Python. Write: !
//- /d.features.ts
export function d(x) {
  if (x > 1) { return 1 } elif (x > 2) { return 3 }
//                        ^^^^ MD034: 'elif' is Python. Write: else if (…) { … }
}
//- /e.features.ts
export const e = (x) => 1 if x > 2 else 3
//                        ^^ MD034: A choice begins with what is tested. Write: test ? one : other
//- /f.features.ts
  import numpy as np
//^^^^^^^^^^^^^^^ MD034: Python's libraries cannot be used here.
//- /g.features.ts
export function g(x) {
  if x > 1:
//^^ MD034: What belongs to 'if' stands in braces. Write: if (…) { … }
    return 1
}
//- /h.features.ts
export const h = (x) => x is not None
//                        ^^^^^^^^^^^ MD034: Python's 'is not None' is '!= null' here.
//- /i.features.ts
  # half of it
//^ MD034: A comment begins with // here.
export const i = (x) => x / 2
//- /j.features.ts
export const j = (x) => x.round(lambda y: y + 1)
//                              ^^^^^^ MD034: 'lambda' is Python. Write: (y) => …`,
    'in the file as a whole': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
const rate = 1
const rate = 2
//    ^^^^ MD034: 'rate' is declared twice in this file. Rename one.
export const a = (x) => x * rate
//- /b.features.ts
const doubled = twice(2)
//              ^^^^^ MD034: 'twice' is used before it has its value. Move its declaration up.
const twice = (n) => n * 2
export const b = (x) => x * doubled
//- /c.features.ts
export const c = (x) => /(/.test(x)
//                      ^^^ MD034: This regular expression cannot be read: Unterminated group.`,
    'what is nested too deeply': `${sales}
  export const a = (revenue) => ${'!'.repeat(1200)}revenue
//^ MD034: This is nested too deeply to be read. Take it apart into several functions.`,
  },
  silent: {
    'variables that may be changed, and the same names in other blocks': `${sales}
export function a(revenue) {
  let sum = 0
  for (let i = 0; i < 3; i++) { const step = i; sum += step }
  for (const step of [1, 2]) { const i = step; if (i > 1) break; switch (i) { case 1: break } sum = sum + i }
  const later = () => last
  const last = revenue
  const o = { sum: 1, last: 2 }
  o.sum = 3
  return sum + later() + o.sum
}`,
    'functions that are called later': `${sales}
const table = { at: () => later(1), of: [half(4)] }
const later = (n) => n * 2
function half(n) { return n / 2 }
function over(n: number): number
function over(n: any) { return n }
export const a = (revenue) => later(revenue) + table.at() + over(1) + (/[a-z]+/iu.test('b') ? 1 : 0)`,
    'a namespace': `${sales}
namespace Rates { export const vat = 0.19; export function half(n: number) { return n / 2 } }
export const a = (revenue) => Rates.half(revenue) * Rates.vat`,
    'helpers in a function': `${sales}
export function a(revenue) { function half(x) { const y = x / 2; return y } const y = half(revenue); return y }`,

    'words of Python in texts, comments and names': `${sales}
// salt and pepper, if not sold or given
export const and_or = (revenue) => revenue > 1 ? 'this and that' : "not this" // elif`,
    'what TypeScript itself would say of types': `${sales}
export const a = (revenue: number): string => revenue`,
    'all that the language has': `${sales}
export const a = ({ revenue = 1 }) => revenue?.toFixed?.(2) ?? \`\${revenue ** 2}\`
export const b = (cost) => (cost satisfies number as number)!`,
  },
})
