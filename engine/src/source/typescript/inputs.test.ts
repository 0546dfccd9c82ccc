import { expect, test } from 'vitest'
import { typeScriptReader } from './reader.ts'

/** Inputs as text: `name`, `name=local`, `?` optional, `~` accepts missing (`~nan`, `~null`: as what). */
function inputs(text: string): readonly string[] {
  const [feature] = typeScriptReader().read('/p/a.features.ts', text).features
  return (feature?.inputs ?? []).map(
    ({ name, local, optional, acceptsMissing, missingAs, type }) =>
      (name === local ? name : `${name}=${local}`) +
      (optional ? '?' : '') +
      (acceptsMissing ? `~${missingAs ?? ''}` : '') +
      (type === undefined ? '' : `: ${type}`),
  )
}

test.each([
  ['(a, b) => a', ['a', 'b']],
  ['() => 1', []],
  ['(this: unknown, a) => a', ['a']],
  ['(a: number, b: Column<string>) => a', ['a: number', 'b: Column<string>']],
  ['(p = 0.2) => p', ['p?~']],
  ['(p?: number) => p', ['p?~: number']],
  ['(p: number | null) => p', ['p~: number | null']],
  ['(p: (string | undefined)) => p', ['p~: (string | undefined)']],
  ["({ a, b: c, 'Unit Price': p, q = 1 }) => a", ['a', 'b=c', 'Unit Price=p', 'q?~']],
  ['({ a, b }: { a?: number; b: string | null }) => a', ['a?~: number', 'b~: string | null']],
  ['({ a }: Row) => a', ['a']],
  ['({ 2024: y }) => y', ['2024=y']],
  ['(p?: number) => p === undefined ? 0 : p', ['p?~: number']],
])('parameters %s', (fn, expected) => {
  expect(inputs(`export const f = ${fn}`)).toEqual(expected)
})

test.each([
  ['p == null', 'p~'],
  ['null === p', 'p~null'],
  ['(p) !== null', 'p~null'],
  ['p === null || isNaN(p)', 'p~'],
  ["typeof p === 'undefined'", 'p~'],
  ["typeof p === 'number'", 'p'],
  ['p != undefined', 'p~'],
  ['undefined == p', 'p~'],
  ['p ?? 0', 'p~'],
  ['p?.length', 'p~'],
  ['p?.[0]', 'p~'],
  ['isMissing(p)', 'p~'],
  ['isNaN(p)', 'p~nan'],
  ['Number.isNaN(p!)', 'p~nan'],
  ['p == null || Number.isNaN(p)', 'p~'],
  ['orZero(p)', 'p~'],
  ['{ const q = p; return q == null ? 0 : q }', 'p~'],
  ['twice(p)', 'p'],
  ['withDefault(p)', 'p'],
  ['0 ?? p', 'p'],
  ['p === 0', 'p'],
  ['p === undefined', 'p~'],
  ['undefined !== p', 'p~'],
  ['p === undefined || p === null', 'p~'],
  ['!p', 'p'],
  ['[1].map((p) => p ?? 0)', 'p'],
  ['other.p == null', 'p'],
])('a body that asks %s', (body, expected) => {
  const helpers =
    'function orZero(x) { return inner(x) }\nfunction inner(y) { return y ?? 0 }\n' +
    'const twice = (x) => x * 2\nconst withDefault = (x = 0) => x\n'
  expect(inputs(`${helpers}export const f = (p) => ${body}`)).toEqual([expected])
})

test('coalesce of the library asks for missing values, a function of the same name elsewhere does not', () => {
  expect(inputs("import { coalesce } from 'modeldriver'\nexport const f = (p) => coalesce(p, 0)")).toEqual(['p~'])
  expect(inputs("import { coalesce } from './mine'\nexport const f = (p) => coalesce(p, 0)")).toEqual(['p'])
})

test.each([
  ['q ?? p', true],
  ['n * (q ?? p)', true],
  ['q == null ? p : q', true],
  ['{ if (q != null) return q; return p }', true],
  ['q ?? -p * Math.max(p, 1)', true],
  ['{ const r = p; return q ?? r }', true],
  ['q * p', false],
  ['(q ?? p) > 3', false],
  ['(q ?? p) + n', false],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a feature
  ['`${q ?? p}`', false],
  ['q ?? (p > 3 ? 1 : 0)', false],
  ['q ?? other(p)', false],
  ['q ?? p.sum()', false],
])('an input beside one that is asked: %s', (body, accepts) => {
  expect(inputs(`export const f = (q, p, n) => ${body}`)[1]).toBe(accepts ? 'p~' : 'p')
})
