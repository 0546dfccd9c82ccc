import { targetLeakage } from './md033-target-leakage.ts'
import { testRule } from './testRule.ts'

const model = (words: string, features: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "d.csv", "group_by": "region",
${words}
}] }
//- /d.csv
region,days,age,left
north,1,30,1
//- /m.features.ts
export const churned = (days) => days > 90
export const recent = (days) => days < 7
${features}`

testRule(targetLeakage, {
  fires: {
    'an output that reads the target': model(
      '  "target": "churned"',
      `export const risk = (age, churned) => (churned ? age : 0)
//                        ^^^^^^^ MD033: 'risk' reads the target 'churned', so it knows the answer that it shall help to predict.`,
    ),
    'through other features, at the one that reads it': model(
      '  "target": "churned"',
      `export const churn_rate = (churned) => churned.mean()
//                         ^^^^^^^ MD033: 'churn_rate' reads the target 'churned', so it knows
export const risk = (churn_rate) => churn_rate > 0.5
export const band = (risk) => (risk ? 'high' : 'low')`,
    ),
    'with the whole way to the output': model(
      '  "target": "churned", "outputs": ["band", "recent", "churned"]',
      `export const churn_rate = (churned) => churned.mean()
//                         ^^^^^^^ MD033: 'churn_rate' reads the target 'churned', so 'band' knows the answer that it shall help to predict: band → risk → churn_rate → churned.
export const risk = (churn_rate) => churn_rate > 0.5
export const band = (risk) => (risk ? 'high' : 'low')`,
    ),
    'a column as the target': model(
      '  "target": "left"',
      `export const stayed = ({ left, age }) => left === 0 && age > 1
//                       ^^^^ MD033: 'stayed' reads the target 'left'`,
    ),
    'in an earlier model': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows", "target": "left" } ] }
//- /d.csv
age,left
1,1
//- /a.features.ts
export const back = (left) => left === 0
//                   ^^^^ MD033: 'back' reads the target 'left', so 'score' knows the answer that it shall help to predict: score → back → left.
//- /b.features.ts
export const score = (age, back) => (back ? age : 0)`,
    'under another name': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "d.csv", "target": "Has left",
  "outputs": ["age", "twice", "has_left"] }] }
//                             ^^^^^^^^ MD033: Output 'has_left' is the target 'Has left' under another name.
//- /d.csv
age,Has left
1,1
//- /m.features.ts
export const twice = (age) => age * 2`,
  },
  silent: {
    'what the target is computed from': model('  "target": "churned"', 'export const half = (days) => days / 2'),
    'no output knows it': model(
      '  "target": "churned", "outputs": ["recent", "churned"], "kinds": {}',
      `export const churn_rate = (churned) => churned.mean()
//           ^^^^^^^^^^ MD017`,
    ),
    'nothing is said to be the target': model('  "seq": 1', 'export const risk = (churned) => !churned'),
    'a later model compares': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "target": "left" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows" } ] }
//- /d.csv
age,left
1,1
//- /a.features.ts
export const score = (age) => age / 100
//- /b.features.ts
export const miss = (score, left) => score - left`,
  },
  fixes: [
    {
      title: "Remove 'band' from the outputs",
      before: model(
        '  "target": "churned", "outputs": ["recent", "band"]',
        'export const risk = (churned) => !churned\nexport const band = (risk) => (risk ? 1 : 2)',
      ),
      after: '"outputs": ["recent"]',
    },
  ],
  offers: [
    {
      before: model(
        '  "target": "churned", "outputs": ["risk", "band"]',
        'export const risk = (churned) => !churned\nexport const band = (risk) => (risk ? 1 : 2)',
      ),
      titles: [],
    },
  ],
})
