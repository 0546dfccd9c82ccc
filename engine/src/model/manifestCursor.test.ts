import { expect, test } from 'vitest'
import { manifestCursor } from './manifestCursor.ts'

/** The place at `|`: its path, `[the word]` with its quotes, what else is there, what it lacks. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = manifestCursor(text, offset)
  if (!found) return undefined
  const { path, isKey, word, quotes, hasValue, needsComma, others } = found
  const inner = `[${text.slice(word.start, word.end)}]`
  const written = quotes === 'none' ? inner : quotes === 'both' ? `"${inner}"` : `"${inner}`
  const notes = [isKey && 'key', hasValue && 'has value', needsComma && 'needs comma'].filter(Boolean)
  return [path.join('/'), written, ...notes, ...others].join(' ')
}

test.each([
  ['{ "models": [{ "group_by": | }] }', 'models/0/group_by []'],
  ['{ "models": [{ "group_by": "re|v" }] }', 'models/0/group_by "[rev]"'],
  ['{ "models": [{ "group_by": re| }] }', 'models/0/group_by [re]'],
  ['{ "models": [{ "group_by": |', 'models/0/group_by []'],
  ['{ "models": [{ "group_by": "re|', 'models/0/group_by "[re]'],
  ['{ "models": [{ "group_by": "re|\n}] }', 'models/0/group_by "[re]'],
  ['{ "models": [{ "group_by": |\n "outputs": [] }] }', 'models/0/group_by [] needs comma'],
  ['{ "models": [{ "outputs": [|] }] }', 'models/0/outputs/0 []'],
  ['{ "models": [{ "outputs": ["a", |] }] }', 'models/0/outputs/1 [] a'],
  ['{ "models": [{ "outputs": ["a", "|", "b",] }] }', 'models/0/outputs/1 "[]" a b'],
  ['{ "models": [{ "outputs": [| "a"] }] }', 'models/0/outputs/0 [] needs comma a'],
  ['{ "models": [{ "outputs": ["a", // note\n b|] }] }', 'models/0/outputs/1 [b] a'],
  ['{ "models": [{ "outputs": { "x": "|" } }] }', 'models/0/outputs/x "[]"'],
  ['{ "models": [{ "columns": { | } }] }', 'models/0/columns/ [] key'],
  ['{ "models": [{ "columns": { "a|" } }] }', 'models/0/columns/a "[a]" key'],
  ['{ "models": [{ "columns": { "a|": "number" } }] }', 'models/0/columns/a "[a]" key has value'],
  ['{ "models": [{ "columns": { "a": "number", | } }] }', 'models/0/columns/ [] key a'],
  ['{ "models": [{ "columns": { | "a": "number" } }] }', 'models/0/columns/ [] key needs comma a'],
  ['{ "rules": { "|', 'rules/ "[] key'],
])('a place: %s', (text, place) => {
  expect(at(text)).toBe(place)
})

test.each([
  '{ "models": [{ "outputs": ["a" |] }] }',
  '{ "models": [{ "outputs": ["a"|] }] }',
  '{ "models": [] } // here: |',
  '{ "models": [{ "outputs": /* | */ [] }] }',
  '{ "models": [{ "seq": 1| }] }',
  '{ "models"| : [] }',
  '{ "models": [{ "outputs": | ["a"] }] }',
  '{ "models": [{ "outputs": | "a" }] }',
  '|',
])('no place: %s', (text) => {
  expect(at(text)).toBeUndefined()
})
