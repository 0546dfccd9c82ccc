import { describe, expect, test } from 'vitest'
import { analyseFixture, fixtureDifferences } from '../testing/check.ts'

const model = (frames: string, features: string, more = '"group_by": "shop"') => `
//- /modeldriver.json
{ "models": [{ "model_name": "shops", "features": ["shops.features.ts"], "data": "shops.csv", ${more}, "legacy_mode": true,
  "frames": ${frames} } ] }
//- /shops.csv
shop,revenue,Unit Price,unit-price
a,10,1,2
//- /shops.features.ts
${features}`

describe('what is wrong with table functions is told while they are written', () => {
  test.each([
    [
      'a circle, through features too',
      model(
        '{ "clean": { "inputs": ["half"], "outputs": ["profit", "margin"] } }',
        `export const clean = (df) => df
//           ^^^^^ MD002: 'profit' depends on itself: profit → half → profit. Remove one of these inputs, or read a column of the data instead.
export const half = (profit) => profit / 2
//                   ^^^^^^ MD002: 'half' depends on itself: half → profit → half.`,
      ),
    ],
    [
      'a name that a feature has',
      model(
        '{ "clean": { "inputs": ["revenue"], "outputs": ["profit"] } }',
        `export const clean = (df) => df
//           ^^^^^ MD003: 'profit' is made twice in model 'shops': by a feature and by the table function 'clean'.
export const profit = (revenue) => revenue / 2
//           ^^^^^^ MD003: 'profit' is made twice`,
      ),
    ],
    [
      'a name that another table function makes',
      model(
        '{ "clean": { "inputs": ["revenue"], "outputs": ["profit"] }, "again": { "inputs": ["revenue"], "outputs": ["profit"] } }',
        `export const clean = (df) => df
//           ^^^^^ MD003: by the table function 'clean' and by the table function 'again'
export const again = (df) => df
//           ^^^^^ MD003`,
      ),
    ],
    [
      'a name that a column has',
      model(
        '{ "clean": { "inputs": ["revenue"], "outputs": ["revenue"] } }',
        `export const clean = (df) => df
//           ^^^^^ MD015: The table function 'clean' makes 'revenue', which has the same name as a column of shops.csv and takes it as input, so 'revenue' would be ambiguous. It cannot replace a column: let it make 'revenue_clean', declare that in its "outputs", and read it in place of 'revenue'; or replace the column for later models with "outputs": { "revenue": "revenue_clean" } of this model.`,
      ),
    ],
    [
      'groups that are not there',
      model(
        '{ "totals": { "inputs": ["revenue"], "outputs": ["total"] } }',
        `export const totals = (df) => df //#agg
//           ^^^^^^ MD004: 'total' is a group feature, but model 'shops' has no group_by.`,
        '"seq": 1',
      ),
    ],
    [
      'a name that could be two columns: once',
      model(
        '{ "clean": { "inputs": ["unit_price"], "outputs": ["profit", "margin"] } }',
        `export const clean = (df) => df
//           ^^^^^ MD023: 'unit_price' could be 'Unit Price' or 'unit-price' in shops.csv.`,
      ),
    ],
    [
      'one that nobody needs: once; not where one of its columns is needed',
      model(
        '{ "clean": { "inputs": ["revenue"], "outputs": ["profit", "margin"] }, "more": { "inputs": ["revenue"], "outputs": ["a", "b"] } }',
        `export const clean = (df) => df
export const more = (df) => df
//           ^^^^ MD017: No selected output needs what 'more' makes.`,
        '"outputs": ["margin"]',
      ),
    ],
    [
      'both markers',
      model(
        '{ "clean": { "inputs": ["revenue"], "outputs": ["profit"] } }',
        `//#row
export const clean = (df) => df //#agg
//                                ^^^^ MD021`,
      ),
    ],
  ])('%s', (_, fixture) => expect(fixtureDifferences(fixture)).toEqual([]))
})

test('levels and reasons; what is no feature and what one is', () => {
  const { analysis } = analyseFixture(
    model(
      '{ "clean": { "inputs": ["revenue"], "outputs": ["profit"] }, "totals": { "inputs": ["profit"], "outputs": ["total"] } }',
      `export function clean(df) { return df.derive({ profit: (d) => d.revenue }) }
export function totals(df) { //#agg
  return df
}
export const half = (profit) => profit / 2
export const open = (misspelt) => misspelt / 2`,
    ),
  )
  const [shops] = analysis.models
  expect([...(shops?.levels ?? [])].map(([name, { level, why }]) => `${name} ${level} ${why}`)).toEqual([
    'half row one value per row',
    'open row one value per row',
    'profit row table function clean',
    'total group table function totals, #agg',
  ])
  expect([...(shops?.frames.keys() ?? [])]).toEqual(['clean', 'totals'])
  expect(analysis.problems.map(({ code, message }) => `${code} ${message.split('.')[0]}`)).toEqual([
    "MD001 'misspelt' is neither a column of shops",
  ])
})
