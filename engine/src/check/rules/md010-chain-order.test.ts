import { chainOrder } from './md010-chain-order.ts'
import { testRule } from './testRule.ts'

const files = `
//- /d.csv
k,x
1,1
//- /a.features.ts
export function y(x) { return x }
//- /b.features.ts
export function z(x) { return x }`

testRule(chainOrder, {
  fires: {
    'two models with one seq': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"] } ] }
//                            ^ MD010: Models 'a' and 'b' both have seq 2.${files}`,
    'one seq is only the place in the list': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "features": ["b.features.ts"] } ] }
//                 ^ MD010: Models 'a' and 'b' both have seq 2.${files}`,
    'a model that runs later': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 1, "features": ["b.features.ts"], "input": "a.rows" } ] }
//                                                                        ^^^^^^ MD010: Model 'b' (seq 1) reads 'a.rows', but 'a' (seq 2) runs later. Give 'a' a smaller "seq" than 'b'.${files}`,
    'two models that read each other': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "input": "b.rows" },
  { "model_name": "b", "seq": 1, "features": ["b.features.ts"], "input": "a.rows" } ] }
//                                                                        ^^^^^^ MD010: but 'a' (seq 2) runs later. It cannot run first, since 'a' reads b.rows: let one of the two read something else.${files}`,
    'its own output': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "input": "a.rows" } ] }
//                                                                        ^^^^^^ MD010: Model 'a' reads its own output 'a.rows'
//- /a.features.ts
export function y(x) { return x }`,
    'a join with a model that runs later': `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv",
    "joins": [{ "from": "b.groups", "on": ["k"], "prefix": "b_", "columns": ["most"] }] },
//                       ^^^^^^^^ MD010: Model 'a' (seq 1) reads 'b.groups', but 'b' (seq 2) runs later.
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "d.csv", "group_by": "k" } ] }${files}
export const most = (x) => x.max()`,
  },
  silent: {
    'in order, however they stand in the file': `
//- /modeldriver.json
{ "models": [
  { "model_name": "b", "seq": 7, "features": ["b.features.ts"], "input": "a.rows" },
  { "model_name": "a", "seq": 3, "features": ["a.features.ts"], "data": "d.csv" } ] }${files}`,
    'a model that is not there is another matter': `
//- /modeldriver.json
{ "models": [
  { "model_name": "b", "seq": 7, "features": ["b.features.ts"], "input": "c.rows" } ] }
//                                                                        ^^^^^^ MD009: Model 'b' reads 'c.rows', but there is no model 'c'.${files}`,
  },
  fixes: [
    {
      title: 'Renumber the models',
      before: `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "features": ["b.features.ts"] },
  { "model_name": "c", "seq": 9, "features": ["c.features.ts"] } ] }
${files}
//- /c.features.ts
export const w = (z) => z`,
      after: '"features": ["b.features.ts"], "seq": 3 }',
    },
    {
      title: "Run 'a' before 'b'",
      before: `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "b", "seq": 1, "features": ["b.features.ts"], "input": "a.rows" } ] }${files}`,
      after: '"model_name": "b", "seq": 3',
    },
  ],
  offers: [
    {
      before: `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 2, "features": ["a.features.ts"], "input": "b.rows" },
  { "model_name": "b", "seq": 1, "features": ["b.features.ts"], "input": "a.rows" } ] }${files}`,
      titles: [],
    },
  ],
})
