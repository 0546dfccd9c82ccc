import { expect, it } from 'vitest'
import type { TextEdit } from '../ir/edit.ts'
import { applyEdits } from '../testing/fix.ts'
import { appendProperty, prependProperty } from './manifestInsert.ts'

const applied = (text: string, edits: readonly TextEdit[]) => applyEdits(new Map([['/m', text]]), edits).get('/m')

it.each([
  ['{ "c": { "a": 1 } }', '{ "c": { "a": 1, "b": { "from": "x" } } }'],
  ['{ "c": {} }', '{ "c": { "b": { "from": "x" } } }'],
  ['{ "a": 1 }', '{ "a": 1, "c": { "b": { "from": "x" } } }'],
  ['{\n  "a": 1\n}', '{\n  "a": 1,\n  "c": { "b": { "from": "x" } }\n}'],
  ['{\r\n\t"c": {\r\n\t\t"a": 1\r\n\t}\r\n}', '{\r\n\t"c": {\r\n\t\t"a": 1,\r\n\t\t"b": { "from": "x" }\r\n\t}\r\n}'],
  ['{\n  "c": {\n    "a": 1 // one\n  }\n}', '{\n  "c": {\n    "a": 1, // one\n    "b": { "from": "x" }\n  }\n}'],
  [
    '{\n  "c": {\n    "a": 1, // one\n    // two\n  }\n}',
    '{\n  "c": {\n    "a": 1, // one\n    "b": { "from": "x" },\n    // two\n  }\n}',
  ],
  ['{\n  "c": {\n    "a": 1 }\n}', '{\n  "c": {\n    "a": 1,\n    "b": { "from": "x" } }\n}'],
])('behind the others: %j', (before, after) => {
  expect(applied(before, appendProperty('/m', before, ['c'], 'b', { from: 'x' }))).toBe(after)
})

it.each([
  ['{ "c": { "a": 1 } }', '{ "c": { "b": "x", "a": 1 } }'],
  ['{ "c": {\n    // one\n    "a": 1\n  } }', '{ "c": {\n    // one\n    "b": "x",\n    "a": 1\n  } }'],
  ['{ "c": {} }', '{ "c": { "b": "x" } }'],
])('before the others: %j', (before, after) => {
  expect(applied(before, prependProperty('/m', before, ['c'], 'b', 'x'))).toBe(after)
})

it('nothing is added where no object is', () => {
  expect(appendProperty('/m', '[1]', ['c'], 'b', 1)).toEqual([])
  expect(appendProperty('/m', '{ "c": 1 }', ['c'], 'b', 1)).toEqual([])
  expect(appendProperty('/m', '', ['c'], 'b', 1)).toEqual([])
})
