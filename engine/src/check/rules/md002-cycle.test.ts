import { expect, it } from 'vitest'
import type { Problem } from '../../ir/problem.ts'
import { analyseFixture } from '../../testing/check.ts'
import { cycle, cycleInFull } from './md002-cycle.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty
A,10,4,1
B,20,5,2
//- /sales.features.ts
`

testRule(cycle, {
  fires: {
    'at each parameter that closes it': `${sales}
export function share(total) { return 1 / total }
//                    ^^^^^ MD002: 'share' depends on itself: share → total → margin → share. Remove one of these inputs, or read a column of the data instead.
export function total(margin) { return margin * 2 }
//                    ^^^^^^ MD002: 'total' depends on itself: total → margin → share → total.
export function margin(share) { return share + 1 }
//                     ^^^^^ MD002: 'margin' depends on itself: margin → share → total → margin.
export function behind(share) { return share }`,
    'one feature alone': `${sales}
export function again(again, revenue) { return revenue }
//                    ^^^^^ MD002: 'again' depends on itself: again → again. 'again' does not use 'again': remove that input.`,
    'two cycles that share an edge, the shortest first': `${sales}
export function a(b, revenue) { return b + revenue }
//                ^ MD002: a → b → a.
export function b(a, c) { return a + c }
//                ^ MD002: b → a → b.
//                   ^ MD002: b → c → a → b.
export function c(a) { return a }
//                ^ MD002: c → a → b → c.`,
    'over levels: a row feature and a group feature': `
//- /sales.csv
pin,revenue
A,1
//- /sales.features.ts
// group_by: pin
export function part(revenue, total) { return revenue / total }
//                            ^^^^^ MD002: part → total → part.
export function total(part) { return part.sum() }
//                    ^^^^ MD002: total → part → total.`,
    'through files': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export const a = (c, x) => c + x
//                ^ MD002: a → c → b → a.
//- /b.features.ts
export const b = ({ a }) => a
//                  ^ MD002: b → a → c → b.
//- /c.features.ts
export const c = (b) => b
//                ^ MD002: c → b → a → c.`,
    'whoever does not use its input is named at each place': `${sales}
export const a = (b) => b * 2
//                ^ MD002: a → b → a. 'b' does not use 'a': remove that input.
export const b = (a, revenue) => revenue
//                ^ MD002: b → a → b. 'b' does not use 'a': remove that input.`,
  },
  silent: {
    'a diamond is no cycle': `${sales}
export function a(revenue) { return revenue }
export function b(a) { return a }
export function c(a) { return a }
export function d(b, c) { return b + c }`,
    'a column of that name is read': `${sales}
export function next(cost) { return cost }
export const later = (next, revenue) => next + revenue`,
    'the same names in two models': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "columns": { "x": "number" } },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows" } ] }
//- /a.features.ts
export const y = (x) => x
//- /b.features.ts
export const z = (y) => y`,
  },
  fixes: [
    {
      title: "Remove input 'again' from 'again'",
      before: `${sales}\nexport function again(again, revenue) { return revenue }`,
      after: 'again(revenue)',
    },
    {
      title: "Read 'revenue' instead",
      before: `${sales}\nexport function revenue_(revenue_, cost) { return revenue_ - cost }`,
      after: 'revenue_(revenue, cost) { return revenue - cost }',
    },
  ],
  offers: [
    {
      before: `${sales}
export function share(total) { return 1 / total }
export function total(share) { return share * 2 }`,
      titles: [],
    },
  ],
})

it('of a long cycle the beginning and the end are told at each place, and all of it on demand', () => {
  const names = Array.from({ length: 335 }, (_, i) => `f${i}`)
  const text = names.map((name, i) => `export const ${name} = (${names[(i + 1) % names.length]}) => f${(i + 1) % 335}`)
  const { analysis } = analyseFixture(text.join('\n'))
  const found = analysis.problems.filter(({ code }) => code === 'MD002')
  expect(found).toHaveLength(335)
  const [first] = found
  expect(first?.message).toContain("'f0' depends on itself: f0 → f1 → f2 → f3 → … 330 more … → f334 → f0. Remove")
  expect(first?.related.map(({ message }) => message)).toEqual([
    "'f1' needs 'f2'",
    "'f2' needs 'f3'",
    "'f3' needs 'f4'",
    "'f4' needs 'f5'",
    "'f333' needs 'f334'",
    "'f334' needs 'f0'",
  ])
  expect(JSON.stringify(found).length).toBeLessThan(335 * 1500)
  const whole = cycleInFull(analysis.models, first as Problem)
  expect(whole.message).toContain([...names, 'f0'].join(' → '))
  expect(whole.related).toHaveLength(334)
})

it('of a tangle the 25 shortest cycles are told, and how many features are left; of another loop all the same', () => {
  const names = Array.from({ length: 40 }, (_, i) => `f${i}`)
  const tangle = names.map((name) => {
    const others = names.filter((other) => other !== name)
    return `export const ${name} = (${others}) => ${others.join(' + ')}`
  })
  const loop = 'export const x = (y) => y\nexport const y = (z) => z\nexport const z = (x) => x'
  const { analysis } = analyseFixture(`${tangle.join('\n')}\n${loop}`)
  const found = analysis.problems.filter(({ code }) => code === 'MD002')
  // 25 cycles of two, f0 with each of f1 … f25, marked at both ends; and the loop of three.
  expect(found).toHaveLength(2 * 25 + 3)
  const more = found.filter(({ message }) => message.includes(', … and 14 more features are in this loop.'))
  expect(more.map(({ feature }) => feature)).toEqual(['f0', 'f25'])
})
