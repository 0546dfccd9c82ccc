import { unusedFeature } from './md017-unused-feature.ts'
import { testRule } from './testRule.ts'

const model = (outputs: string, features: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "data": "d.csv", "group_by": "day",
  "kinds": { "spare": "row" },
  ${outputs}
}] }
//- /d.csv
at,x
2025-01-01,1
//- /a.features.ts
export const day = (at) => at.toISOString().slice(0, 10)
${features}
export const total = (x) => x.sum()
export const share = (x, total) => x / total`

const pipeline = (reads: string, marks = '') => `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "outputs": ["x"] },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows", "outputs": ["z"] } ] }
//- /d.csv
x
1
//- /a.features.ts
export const double = (x) => x * 2
${marks}
//- /b.features.ts
export const z = (${reads}) => ${reads} + 1`

testRule(unusedFeature, {
  fires: {
    'an output does not need it': model(
      '"outputs": ["share"]',
      `export const spare = (x) => x + 1
//           ^^^^^ MD017: No selected output needs 'spare'.`,
    ),
    'what only an unused feature needs is unused too': model(
      '"outputs": { "part": "share" }',
      `export const spare = (x) => x + 1
//           ^^^^^ MD017
export const more = (spare) => spare + 1
//           ^^^^ MD017`,
    ),
    'no later model needs it': pipeline('x', '//           ^^^^^^ MD017'),
    'a later feature that reads it is unused itself': `${pipeline('x', '//           ^^^^^^ MD017')}
export const idle = (double) => double
//           ^^^^ MD017`,
  },
  silent: {
    'all features are outputs when none is selected': model('"seq": 1', 'export const spare = (x) => x + 1'),
    'a later model needs it': pipeline('double'),
    'keys, the target and what they need': model(
      '"outputs": ["share"], "target": "spare"',
      'export const spare = (x) => x + 1',
    ),
    'a join needs it': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "group_by": "x", "outputs": { "many": "lines" } },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "d.csv", "outputs": ["z"],
    "joins": [{ "from": "a.outputs", "on": ["x"] }, { "from": "a.groups", "on": ["x"], "prefix": "a_" }] } ] }
//- /d.csv
x
1
//- /a.features.ts
export const lines = (x) => x.count()
export const top = (x) => x.max()
//- /b.features.ts
export const z = (many, a_top) => many + a_top`,
  },
  fixes: [
    {
      title: "Add 'spare' to the outputs",
      before: model('"outputs": ["share"]', 'export const spare = (x) => x + 1'),
      after: '["share", "spare"]',
    },
    {
      title: "Add 'spare' to the outputs",
      before: model('"outputs": [\n    "share" // kept\n  ]', 'export const spare = (x) => x + 1'),
      after: '"share", // kept\n    "spare"\n',
    },
    {
      title: "Add 'spare' to the outputs",
      before: model('"outputs": { "part": "share" }', 'export const spare = (x) => x + 1'),
      after: '{ "part": "share", "spare": "spare" }',
    },
    {
      title: "Add 'spare' to the outputs",
      before: model('"outputs": "share"', 'export const spare = (x) => x + 1'),
      after: '["share", "spare"]',
    },
    {
      title: "Delete 'spare'",
      before: model(
        '"outputs": ["share"]',
        '\n/** One more. */\n// really\nexport const spare = (x) => x + 1; // why\n',
      ),
      after: 'slice(0, 10)\n\nexport const total',
    },
    {
      title: "Delete 'spare'",
      before: model('"outputs": ["share"]', 'export const spare = (x) => x + 1'),
      after: '"kinds": {},',
    },
  ],
  offers: [
    {
      before: model(
        '"outputs": ["share"]',
        'export const spare = (x) => x + 1\nexport const more = (spare) => spare + 1',
      ),
      titles: ["Add 'spare' to the outputs"],
    },
    {
      before: model('"outputs": ["share"]', 'export const spare = (x) => x + 1\nconst twice = spare(1) * 2'),
      titles: ["Add 'spare' to the outputs"],
    },
  ],
})
