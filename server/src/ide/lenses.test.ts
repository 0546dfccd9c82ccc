import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { lensesOf } from './lenses.ts'

/** The line above each feature, as it is read: parts joined, `name: …`. */
function check(fixture: string, expected: readonly string[], path = '/main.features.ts') {
  const lines = new Map<string, string[]>()
  for (const { feature, title } of lensesOf(analyseFixture(fixture).analysis, path)) {
    lines.set(feature, [...(lines.get(feature) ?? []), title])
  }
  expect([...lines].map(([feature, titles]) => `${feature}: ${titles.join(' | ')}`)).toEqual(expected)
}

test('level and why, inputs, users', () => {
  check(
    `
    // group_by: pin, month
    export const margin = (revenue, cost) => revenue - cost
    export const total = (margin) => margin.sum() //#agg
    export const share = (margin, total, pin, month, revenue, cost, year) => margin / total
    //- /main.csv
    pin,month,year,revenue,cost
    1,1,2024,10,4
    `,
    [
      'margin: ▶ Run | row · one value per row | 2 inputs: revenue, cost | used by 2',
      'total: ▶ Run | per pin, month · #agg | 1 input: margin | used by 1',
      'share: ▶ Run | row · one value per row | 7 inputs: margin, total, pin, month, revenue, cost, …',
    ],
  )
})

test('a level taken from the name asks to be confirmed', () => {
  check(
    `
    // group_by: pin
    import { helper } from './helper'
    export const total_cost = (cost) => helper(cost)
    //- /main.csv
    pin,cost
    1,4
    `,
    ['total_cost: ▶ Run | per pin · by name "total_…" — confirm? | 1 input: cost'],
  )
})

test('what is in a cycle or behind one is blocked; what stands before it is not', () => {
  check(
    `
    export const before = (price) => price
    export const a = (b, before) => b + before
    export const b = (a) => a
    export const behind = (a) => a
    export const beside = (price) => price
    //- /main.csv
    price
    1
    `,
    [
      'before: ▶ Run | row · one value per row | 1 input: price | used by 1',
      'a: blocked by a cycle | row · one value per row | 2 inputs: b, before | used by 2',
      'b: blocked by a cycle | row · one value per row | 1 input: a | used by 1',
      'behind: blocked by a cycle | row · one value per row | 1 input: a',
      'beside: ▶ Run | row · one value per row | 1 input: price',
    ],
  )
})

test('users in later models count, and a cycle blocks them too', () => {
  const models = `
    //- /p/modeldriver.json
    { "models": [
      { "model_name": "one", "seq": 1, "features": ["one.features.ts"], "data": "one.csv" },
      { "model_name": "two", "seq": 2, "features": ["two.features.ts"], "input": "one.outputs" } ] }
    //- /p/one.csv
    price
    1
    //- /p/one.features.ts
    export const net = (price) => price / 1.19
    export const loop = (loop) => loop
    //- /p/two.features.ts
    export const double = (net) => net * 2
    export const stuck = (loop) => loop * 2
  `
  check(
    models,
    [
      'net: ▶ Run | row · one value per row | 1 input: price | used by 1',
      'loop: blocked by a cycle | row · one value per row | 1 input: loop | used by 2',
    ],
    '/p/one.features.ts',
  )
  check(
    models,
    [
      'double: ▶ Run | row · one value per row | 1 input: net',
      'stuck: blocked by a cycle | row · one value per row | 1 input: loop',
    ],
    '/p/two.features.ts',
  )
})

test('of two features with one name only the first has a line', () => {
  check(
    `
    export const a = (price) => price
    export { other as a }
    const other = (cost) => cost
    //- /main.csv
    price,cost
    1,2
    `,
    ['a: ▶ Run | row · one value per row | 1 input: price'],
  )
})
