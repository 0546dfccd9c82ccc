import { unknownOutput } from './md016-unknown-output.ts'
import { testRule } from './testRule.ts'

const model = (outputs: string) => `
//- /modeldriver.json
{ "rules": { "MD017": "off" }, "models": [{ "model_name": "m", "features": ["a.features.ts"], "data": "d.csv", "group_by": "pin",
${outputs}
}] }
//- /d.csv
pin,x
a,1
//- /a.features.ts
export function profit(x) { return x.sum() }
export function most(x) { return x.max() }
export function twice(x) { return x * 2 }`

testRule(unknownOutput, {
  fires: {
    'a typo': model(`  "outputs": ["proft"]
//             ^^^^^ MD016: Output 'proft' is not a feature or column. Did you mean 'profit'?`),
    'in the object form': model(`  "outputs": { "gain": "proft", "top": "most" }
//                      ^^^^^ MD016: Did you mean 'profit'?`),
    'nothing is near': model(`  "outputs": ["profit", "temperature"]
//                       ^^^^^^^^^^^ MD016: Output 'temperature' is not a feature or column.`),
    'renamed the wrong way round': model(`  "outputs": { "profit": "gain", "most": "most" }
//                        ^^^^ MD016: Output 'gain' is not a feature or column, but 'profit' is one: the new name comes first, so write "gain": "profit".`),
    'the target': model(`  "target": "churnd"
//           ^^^^^^ MD016: Target 'churnd' is not a feature or column.`),
    'one name twice': model(`  "outputs": ["profit", "most", "profit"]
//                               ^^^^^^ MD016: Output 'profit' stands twice in "outputs".`),
    'renamed to a key': model(`  "outputs": { "pin": "profit", "most": "most" }
//              ^^^ MD016: Output 'profit' is renamed to 'pin', which is the name of a key of the groups.`),
    'renamed to another feature': model(`  "outputs": { "most": "profit" }
//              ^^^^ MD016: Output 'profit' is renamed to 'most', which is the name of another feature.`),
    'one value per row renamed to a column of the rows': model(`  "outputs": { "x": "twice" }
//              ^ MD016: Output 'twice' is renamed to 'x', which is the name of a column, and the rows of a model with a key have both.`),
  },
  silent: {
    'features, columns and keys': model('  "outputs": ["profit", "x", "pin"]'),
    'a renamed output may take the place of a column': model('  "outputs": { "x": "profit", "most": "most" }'),
    'one value per row has a new name in the rows': model('  "outputs": { "TWICE": "twice", "X": "x" }'),
    'without a key it is a column of the outputs': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "data": "d.csv", "outputs": { "x": "twice" } }] }
//- /d.csv
pin,x
a,1
//- /a.features.ts
export function twice(x) { return x * 2 }`,
    'nothing is known of the data': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "outputs": ["y", "z"] }] }
//- /a.features.ts
export function y(x) { return x }`,
  },
  fixes: [
    {
      title: 'Write "gain": "profit"',
      before: model('  "outputs": { "profit": "gain", "most": "most" }'),
      after: '{ "gain": "profit", "most": "most" }',
    },
    { title: "Change to 'profit'", before: model('  "outputs": ["proft", "most"]'), after: '["profit", "most"]' },
    { title: "Remove 'gone'", before: model('  "outputs": ["profit", "gone"]'), after: '["profit"]' },
    {
      title: "Remove the second 'profit'",
      before: model('  "outputs": ["profit", "profit"]'),
      after: '["profit"]',
    },
    {
      title: "Change to 'profit'",
      before: model('  "outputs": { "most": "profit" }'),
      after: '{ "profit": "profit" }',
    },
  ],
  offers: [{ before: model('  "outputs": ["proft", "profit"]'), titles: ["Remove 'proft'"] }],
})
