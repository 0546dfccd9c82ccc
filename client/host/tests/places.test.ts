import { expect, test } from 'vitest'
import { expectationPlaces } from './places.ts'

test('expectations stand where their names do', () => {
  const text =
    '{\n  "expectations": [\n    { "name": "a", "model": "a" },\n\n    { "name": "b \\"x\\"" },\n    { "model": "c" }\n  ]\n}\n'
  expect(expectationPlaces(text)).toEqual([
    { name: 'a', line: 2 },
    { name: 'b "x"', line: 4 },
  ])
})

test.each(['', '{', '[]', '{"expectations": 3}'])('%j has none', (text) => {
  expect(expectationPlaces(text)).toEqual([])
})

test('while an expectation is copied and has no name of its own yet, the name stands once', () => {
  const text = '{ "expectations": [\n{ "name": "a" },\n{ "name": "a" },\n{ "name": "b" }] }'
  expect(expectationPlaces(text)).toEqual([
    { name: 'a', line: 1 },
    { name: 'b', line: 3 },
  ])
})
