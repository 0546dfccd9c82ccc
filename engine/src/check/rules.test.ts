import { describe, expect, it } from 'vitest'
import { fixtureDifferences } from '../testing/check.ts'
import { rules } from './rules.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
//- /sales.features.ts
`

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
