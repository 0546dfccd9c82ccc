import { expect, it } from 'vitest'
import { manifestNames, manifestPaths } from './manifestNames.ts'

const text = `{
  // two models
  "models": [
    { "model_name": "a", "data": "a.csv", "features": "a.features.ts", "group_by": "p\\u0069n", "outputs": ["x", "y"],
      "kinds": { "x": "row" }, "columns": { "c": { "from": "C 1" }, "d": "number" }, "target": "x" },
    { "model_name": "b", "input": "a.groups", "features": ["b.features.ts"], "group_order": ["t"], "outputs": { "z": "x" },
      "joins": [{ "from": "a.rows", "on": ["pin"], "columns": ["c"] }, { "from": "s.csv", "on": "k" }],
      "frames": { "f": { "inputs": ["pin"], "outputs": ["q"] } } },
  ],
}`

it('every name of a column or feature, with its role and place', () => {
  const found = manifestNames(text).map(({ model, role, name, span, from }) =>
    [model, role, name, text.slice(span.start, span.end) === name ? '' : text.slice(span.start, span.end), from ?? '']
      .join(' ')
      .trim(),
  )
  expect(found).toEqual([
    '0 group_by pin p\\u0069n',
    '0 output x',
    '0 output y',
    '0 kind x',
    '0 column c',
    '0 column source C 1',
    '0 column d',
    '0 target x',
    '1 group_order t',
    '1 output name z',
    '1 output x',
    '1 join key pin',
    '1 join column c  a.rows',
    '1 join key k',
    '1 frame column pin',
    '1 frame column q',
  ])
})

it('every text that may be a path', () => {
  expect(manifestPaths(text).map(({ role, name }) => `${role} ${name}`)).toEqual([
    'features a.features.ts',
    'data a.csv',
    'features b.features.ts',
    'input a.groups',
    'join a.rows',
    'join s.csv',
  ])
})

it.each([
  '',
  '[]',
  '{ "models": 1 }',
  '{ "models": [1, "x", { "outputs": { "a": 1 }, "columns": [2] }] }',
  '{ "models": [{',
])('what is something else is skipped: %j', (broken) => {
  expect(manifestNames(broken).filter(({ role }) => role !== 'output name')).toEqual([])
  expect(manifestPaths(broken)).toEqual([])
})
