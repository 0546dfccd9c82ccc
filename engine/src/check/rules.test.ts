import { describe, expect, it } from 'vitest'
import { fixtureDifferences } from '../testing/check.ts'
import { rules } from './rules.ts'

/** Every mark of the fixture is met by exactly one problem, and nothing else is reported. */
const check = (text: string) => expect(fixtureDifferences(text)).toEqual([])

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
B,20,5,2
//- /sales.features.ts
`

const cases: Record<string, Record<string, string>> = {
  'MD002 cycle': {
    'at each parameter that closes it': `${sales}
export function share(total) { return 1 / total }
//                    ^^^^^ MD002: 'share' depends on itself: share → total → margin → share.
export function total(margin) { return margin * 2 }
//                    ^^^^^^ MD002: 'total' depends on itself: total → margin → share → total.
export function margin(share) { return share + 1 }
//                     ^^^^^ MD002: 'margin' depends on itself: margin → share → total → margin.
export function behind(share) { return share }`,
    'one feature alone': `${sales}
export function tax(tax_, revenue) { return revenue }
//                  ^^^^ MD001
export function again(again, revenue) { return revenue }
//                    ^^^^^ MD002: 'again' depends on itself: again → again.`,
    'a diamond is no cycle': `${sales}
export function a(revenue) { return revenue }
export function b(a) { return a }
export function c(a) { return a }
export function d(b, c) { return b + c }`,
  },
  'MD003 duplicate-feature': {
    'both places': `${sales}
export function margin(revenue) { return revenue }
//              ^^^^^^ MD003: Feature 'margin' is defined twice in model 'sales'.
export const margin = (cost) => cost
//           ^^^^^^ MD003`,
    'in two files': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export function y(x) { return x }
//              ^ MD003
//- /b.features.ts
export function y(x) { return x + 1 }
//              ^ MD003`,
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
  },
  'MD004 group-without-key': {
    'by marker': `${sales}
export function total(revenue) { //#agg
//              ^^^^^ MD004: 'total' is a group feature, but model 'sales' has no group_by.
  return revenue.sum()
}`,
    'by result, users are not roots': `${sales}
export function total(revenue) { return revenue.sum() }
//              ^^^^^ MD004
export function half(total) { return total / 2 }`,
    'with a key in the first comment': `
//- /sales.csv
pin,revenue
A,1
//- /sales.features.ts
// group_by: pin
export function total(revenue) { return revenue.sum() }`,
  },
  'MD009 chain-input': {
    'made by a later model': `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"] },
  { "model_name": "value", "seq": 3, "features": ["value.features.ts"], "input": "clean.rows" } ] }
//- /d.csv
x
1
//- /clean.features.ts
export function y(x) { return x }
//- /score.features.ts
export function s(ltv) { return ltv }
//                ^^^ MD009: Model 'score' (seq 2) needs 'ltv', which no earlier model outputs. 'ltv' is made by model 'value' (seq 3).
//- /value.features.ts
export function ltv(y) { return y }`,
    'a model that is not there': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"],
  "input": "sales.rows" }] }
//          ^^^^^^^^^^ MD009: there is no model 'sales'
//- /a.features.ts
export function y(x) { return x }`,
    'rows of an earlier model carry its columns': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows", "group_by": ["k"] } ] }
//- /d.csv
k,x
1,1
//- /a.features.ts
export function y(x) { return x }
//- /b.features.ts
export function total(x, y) { return x.sum() + y.sum() }`,
  },
  'MD012, MD013, MD014': {
    'forms that are no features': `${sales}
export function all(...cols) { return 1 }
//                  ^^^^^^^ MD012: A feature cannot take '...cols': each input must be named.
export async function later(revenue) { return revenue }
//                    ^^^^^ MD013: Features cannot be async
export function* many(revenue) { yield revenue }
//               ^^^^ MD013`,
  },
  'MD015 shadowed-column': {
    'a feature named like a column': `${sales}
export function cost(revenue) { return revenue }
//              ^^^^ MD015: Feature 'cost' has the same name as a column of sales.csv, so 'cost' would be ambiguous.`,
    'and reading it is no cycle': `${sales}
export function cost(cost) { return cost + 1 }
//              ^^^^ MD015: and takes it as input`,
  },
  'MD021 kind-conflict': {
    'two markers': `${sales}
//#row
export function margin(revenue) { //#agg
//                                  ^^^^ MD021: 'margin' is marked both #row and #agg.
  return revenue
}`,
  },
  'MD022 orphan-marker': {
    'between features': `${sales}
//#agg
//^^^^ MD022: This #agg belongs to no feature

export function margin(revenue) { return revenue }`,
  },
  'MD023 ambiguous-column': {
    'two headers could be meant': `
//- /p.csv
Unit Price,unit-price
1,2
//- /p.features.ts
export function twice(unit_price) { return unit_price * 2 }
//                    ^^^^^^^^^^ MD023: 'unit_price' could be 'Unit Price' or 'unit-price' in p.csv.`,
  },
}

cases['MD034 syntax-error'] = {
  'the first place of a file': `${sales}
export function profit(revenue) { return revenue + }
//                                                 ^ MD034: This cannot be read: Expression expected.`,
}

for (const [group, examples] of Object.entries(cases)) {
  describe(group, () => {
    for (const [name, text] of Object.entries(examples)) it(name, () => check(text))
  })
}

describe('the fixture language', () => {
  it('sees a missing, a wrong and an unmarked problem', () => {
    expect(
      fixtureDifferences(`${sales}
export function a(revenue) { return revenue }
//                ^^^^^^^ MD001
export function b(costt) { return costt }`),
    ).toMatchInlineSnapshot(`
      [
        "expected MD001 at /sales.features.ts:19-26 'revenue'",
        "not expected: MD001 at /sales.features.ts:65-70 'costt' No column or feature is named 'costt'. Did you mean 'cost'?",
      ]
    `)
  })
})

describe('the catalogue', () => {
  it('is in order, without repetitions, each with a text', () => {
    const codes = rules.map((rule) => rule.code)
    expect(codes).toEqual([...new Set(codes)].sort())
    for (const rule of rules) expect(rule.doc.length).toBeGreaterThan(80)
  })
})
