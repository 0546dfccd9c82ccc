import { expect, test } from 'vitest'
import { type Said, steppedBack } from './steppedBack.ts'

const at = (start: number, end: number, more: Partial<Said>): Said => ({
  severity: 0,
  range: { start: { line: 3, character: start }, end: { line: 3, character: end } },
  ...more,
})
const ours = (start: number, end: number, code: unknown) => at(start, end, { source: 'modeldriver', code })
const ts = (start: number, end: number, more: Partial<Said> = {}) =>
  at(start, end, { source: 'ts', code: 2304, ...more })

test.each<[string, Said, Said, boolean]>([
  ['the same name', ours(4, 8, 'MD024'), ts(4, 8), true],
  ['a code with an address', ours(4, 8, { value: 'MD001', target: 'x' }), ts(4, 8), true],
  ['in JavaScript', ours(4, 8, 'MD024'), ts(4, 8, { source: 'js' }), true],
  ['the whole expression', ours(4, 14, 'MD019'), ts(4, 10), true],
  ['another place', ours(4, 8, 'MD024'), ts(9, 12), false],
  ['a place beside it', ours(4, 8, 'MD024'), ts(6, 12), false],
  ['no error', ours(4, 8, 'MD024'), ts(4, 8, { severity: 3 }), false],
  ['what TypeScript does not know', ours(4, 8, 'MD002'), ts(4, 8), false],
  ['another extension', ours(4, 8, 'MD024'), ts(4, 8, { source: 'eslint' }), false],
])('%s', (_, own, other, expected) => {
  expect(steppedBack([own], [own, other]).has(own)).toBe(expected)
})
