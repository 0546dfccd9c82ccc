import { chainInput } from './md009-chain-input.ts'
import { testRule } from './testRule.ts'

const data = `
//- /d.csv
k,x
1,1
//- /clean.features.ts
export function y(x) { return x }
`

const later = (input: string) => `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"] },
  { "model_name": "value", "seq": 3, "features": ["value.features.ts"], "input": "${input}" } ] }
${data}
//- /score.features.ts
export function s(ltv) { return ltv }
//                ^^^ MD009: Model 'score' (seq 2) needs 'ltv', which no earlier model outputs. 'ltv' is made by model 'value' (seq 3). Give 'value' a smaller "seq" than 'score', and let 'score' read it.
//- /value.features.ts
export const ltv = (${input === 'clean.rows' ? 'y' : 's'}) => ${input === 'clean.rows' ? 'y' : 's'}`

const outputs = (list: string) => `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "outputs": ${list} },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "clean.outputs" } ] }
//- /d.csv
k,x
1,1
//- /clean.features.ts
export const y = (x) => x
export const z = (y) => y
//- /score.features.ts
export const a = (y) => y
//                ^ MD009: 'y' is made by model 'clean' (seq 1), but 'score' reads clean.outputs. Add it to the "outputs" of 'clean', or read 'clean.rows'.
export const b = (z) => z`

testRule(chainInput, {
  fires: {
    'made by a later model': later('clean.rows'),
    'not among the outputs': outputs('["z"]'),
    'not among the outputs that are renamed': outputs('{ "z": "z" }'),
    'made by a model that is not read': `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv" },
  { "model_name": "other", "seq": 2, "features": ["other.features.ts"], "data": "d.csv" },
  { "model_name": "score", "seq": 3, "features": ["score.features.ts"], "input": "other.rows" } ] }
${data}
//- /other.features.ts
export const z = (x) => x
//- /score.features.ts
export const a = (y, z) => y + z
//                ^ MD009: Let 'score' read 'clean' ("input"), or a model that hands it over.`,
    'a value per group for a model that reads the rows': `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "group_by": "k" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "clean.rows" } ] }
${data}
export const total = (x) => x.sum()
//- /score.features.ts
export const a = (total) => total
//                ^^^^^ MD009: needs 'total', which no earlier model outputs. 'total' is made by model 'clean' (seq 1), but 'score' reads clean.rows. It is one value per k: read 'clean.groups', or join it.`,
    'a value per row for a model that reads the groups': `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "group_by": "k" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "clean.outputs" } ] }
${data}
//- /score.features.ts
export const a = (y) => y
//                ^ MD009: It is one value per row: read 'clean.rows'.`,
    'made by a later model, for one that reads a file': `
//- /modeldriver.json
{ "models": [
  { "model_name": "score", "seq": 1, "features": ["score.features.ts"], "data": "d.csv" },
  { "model_name": "clean", "seq": 2, "features": ["clean.features.ts"], "data": "d.csv" } ] }
${data}
//- /score.features.ts
export const a = (y) => y
//                ^ MD009: Model 'score' (seq 1) needs 'y', which is no column of d.csv (2 columns). It is made by model 'clean' (seq 2), which runs later. Give 'clean' a smaller "seq" than 'score', and let 'score' read it: "input": "clean.rows" in place of its data.`,
    'made by an earlier model, for one that reads a file': `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "group_by": "k" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "data": "e.csv" } ] }
${data}
export const most = (x) => x.max()
//- /e.csv
k
1
//- /score.features.ts
export const a = (most) => most
//                ^^^^ MD009: It is made by model 'clean' (seq 1). Join it in 'score': "joins": [{ "from": "clean.groups", "on": ["k"] }].`,
    'made by an earlier model, whose key the data writes in another way': `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "group_by": "k" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "data": "e.csv" } ] }
${data}
export const most = (x) => x.max()
//- /e.csv
K
1
//- /score.features.ts
export const a = (most) => most
//                ^^^^ MD009: Join it in 'score': "joins": [{ "from": "clean.groups", "on": ["k"] }].`,
    'two models that need each other': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"] },
  { "model_name": "c", "seq": 3, "features": ["c.features.ts"] } ] }
${data}
//- /a.features.ts
export const p = (x, q) => x + q
//                   ^ MD009: Models 'a' and 'c' need each other: 'a' (seq 1) needs 'q' of 'c', and 'c' reads b.rows, 'b' reads a.rows, so neither can run first. Write 'q' as a feature of 'a' too, or part 'a' in two models: what 'c' needs before it, and 'p' after it.
export const s = (x) => x
//- /b.features.ts
export const r = (s) => s
//- /c.features.ts
export const q = (r) => r`,
    'two models that need names of each other': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "d.csv" } ] }
${data}
//- /a.features.ts
export const p = (q) => q
//                ^ MD009: and 'b' needs 's' of 'a', so neither can run first.
export const s = (x) => x
//- /b.features.ts
export const q = (x) => x
export const r = (s) => s
//                ^ MD009: Let 'b' read it: "input": "a.rows" in place of its data.`,
    'features of two models that need each other': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows" } ] }
${data}
//- /a.features.ts
export const p = (q) => q
//                ^ MD009: 'p' of model 'a' and 'q' of model 'b' need each other: 'q' is computed from 's' of 'a', which needs 'p'. Take one of these inputs out.
export const s = (p) => p
//- /b.features.ts
export const q = (half) => half
export const half = (s) => s`,
    'a column of the same name that is read from a file': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "e.csv" } ] }
${data}
//- /e.csv
p
1
//- /a.features.ts
export const p = (q) => q
//                ^ MD009: Give 'b' a smaller "seq" than 'a'
//- /b.features.ts
export const q = (p) => p`,
    'a model that is not there': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"],
  "input": "sales.rows" }] }
//          ^^^^^^^^^^ MD009: there is no model 'sales'
//- /a.features.ts
export function y(x) { return x }`,
  },
  silent: {
    'rows of an earlier model carry its columns': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows", "group_by": ["k"] } ] }
${data}
//- /b.features.ts
export function total(x, y) { return x.sum() + y.sum() }`,
    'nobody makes it: it is unknown': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows" } ] }
${data}
//- /b.features.ts
export const total = (x, temperature) => x + temperature
//                       ^^^^^^^^^^^ MD001`,
  },
  fixes: [
    {
      title: "Join 'most' from 'clean.groups'",
      before: `
//- /modeldriver.json
{ "models": [
  { "model_name": "clean", "seq": 1, "features": ["clean.features.ts"], "data": "d.csv", "group_by": "k" },
  { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "data": "d.csv" } ] }
${data}
export const most = (x) => x.max()
//- /score.features.ts
export const a = (most, x) => most - x`,
      after: '"joins": [{ "from": "clean.groups", "on": ["k"], "columns": ["most"] }]',
    },
    {
      title: "Run 'clean' before 'score' and join 'most' from 'clean.groups'",
      before: `
//- /modeldriver.json
{ "models": [
  { "model_name": "score", "seq": 1, "features": ["score.features.ts"], "data": "d.csv",
    "joins": [{ "from": "e.csv", "on": ["k"] }] },
  { "model_name": "clean", "seq": 2, "features": ["clean.features.ts"], "data": "d.csv", "group_by": "k" } ] }
//- /e.csv
k,z
1,2
${data}
export const most = (x) => x.max()
//- /score.features.ts
export const a = (most, z) => most - z`,
      after: '{ "from": "clean.groups", "on": ["k"], "columns": ["most"] }]',
    },
    {
      title: "Run 'value' before 'score' and read 'value.outputs'",
      before: later('clean.rows'),
      after: '"model_name": "score", "seq": 4, "features": ["score.features.ts"], "input": "value.outputs" }',
    },
    { title: "Add 'y' to the outputs of 'clean'", before: outputs('["z"]'), after: '"outputs": ["z", "y"]' },
    { title: "Add 'y' to the outputs of 'clean'", before: outputs('{ "z": "z" }'), after: '{ "z": "z", "y": "y" }' },
    { title: "Read 'clean.rows'", before: outputs('["z"]'), after: '"input": "clean.rows"' },
  ],
  offers: [
    // The later model needs this one, so no order helps.
    { before: later('score.rows'), titles: [] },
  ],
})
