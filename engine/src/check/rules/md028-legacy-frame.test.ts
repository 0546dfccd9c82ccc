import { legacyFrame } from './md028-legacy-frame.ts'
import { testRule } from './testRule.ts'

const model = (features: string, frames = '') => `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "legacy_mode": true${frames} },
  { "model_name": "next", "seq": 2, "features": ["next.features.ts"] } ] }
//- /d.csv
pin,price
a,1
//- /next.features.ts
export const half = (kept) => kept / 2
//- /clean.features.ts
${features}`

testRule(legacyFrame, {
  fires: {
    'a function of the table': model(`export function dedupe(df) { return df }
//              ^^^^^^ MD028: 'dedupe(df)' takes a whole table. It is not computed, and its columns are not checked, until "frames" says what it reads and makes.`),
    'beside features': model(`export const double = (price) => price * 2
export const sorted = (table) => table
//           ^^^^^^ MD028: 'sorted(table)'`),
    'one that is declared and one that is not': model(
      `export const dedupe = (df) => df
export const sorted = (df) => df
//           ^^^^^^ MD028`,
      ', "frames": { "dedupe": { "inputs": ["pin"], "outputs": ["kept"] } }',
    ),
  },
  silent: {
    'a declared function': model(
      'export const dedupe = (df) => df',
      ', "frames": { "dedupe": { "inputs": ["pin"], "outputs": ["kept"] } }',
    ),
    features: model(
      'export const kept = (price) => price * 2\nexport const twice = (kept) => kept * 2\nexport const one = () => 1',
    ),
    'a model without legacy_mode': `
//- /d.csv
pin,price
a,1
//- /d.features.ts
export const dedupe = (df) => df
//                     ^^ MD001`,
  },
  fixes: [
    {
      title: "Declare what 'dedupe' reads and makes",
      before: model('export const dedupe = (df) => df'),
      after: '"legacy_mode": true, "frames": { "dedupe": { "inputs": ["pin", "price"], "outputs": ["kept"] } } }',
    },
    {
      title: "Declare what 'clean' reads and makes",
      before: model(`export function clean(df) {
  return df.derive({ kept: (d) => (d.price > 1 ? d.price : f({ no: 1 })), 'more': (d) => 2 }).derive({ last: (d) => d.more })
}
export const twice = (last) => last * 2`),
      after: '"frames": { "clean": { "inputs": ["price"], "outputs": ["kept", "more", "last"] } } }',
    },
  ],
})
