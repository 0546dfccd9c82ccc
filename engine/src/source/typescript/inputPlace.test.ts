import { expect, test } from 'vitest'
import { parseFixture } from '../../testing/fixture.ts'
import { inputPlaceAt } from './inputPlace.ts'
import { typeScriptReader } from './reader.ts'

/** The place at `$0`: function, form, `[the word]`, other names; `+` when something follows the word. */
function placeAt(code: string): string | undefined {
  const { files, cursor } = parseFixture(code)
  const text = files.get('/main.features.ts') ?? ''
  const { features } = typeScriptReader().read('/main.features.ts', text)
  const place = inputPlaceAt(
    text,
    cursor?.offset ?? 0,
    features.map(({ span }) => span),
  )
  if (!place) return undefined
  const { name, form, word, isContinued, others } = place
  return [name, form, `[${text.slice(word.start, word.end)}]${isContinued ? '+' : ''}`, ...others].join(' ')
}

test.each([
  ['export function f($0) { return 1 }', 'f positional []'],
  ['export function f(re$0v) { return rev }', 'f positional [rev]'],
  ['export function f(a, $0, c) { return a }', 'f positional [] a c'],
  ['export function f(a: Map<string, number>, $0, c = 2) {}', 'f positional [] a c'],
  ['export function f(a = g(1, 2), b$0: number) {}', 'f positional [b]+ a'],
  ['export function f(\n  a, // one, two\n  $0\n) {}', 'f positional [] a'],
  ['export async function f<T extends object>($0', 'f positional []'],
  ['export default function f(a, $0) {}', 'f positional [] a'],
  ['export function f({ $0 }) {}', 'f destructured []'],
  ["export function f({ a, 'Unit $0Price': price, c: d = 2 }: Row) {}", "f destructured ['Unit Price']+ a c"],
  ['export const f = ($0) => 1', 'f positional []'],
  ['export const f: GroupFeature = (a, b$0) => 1', 'f positional [b] a'],
  ['export const f = ({ a, $0 }) => 1', 'f destructured [] a'],
  ['export const f = agg((a, $0) => a.sum())', 'f positional [] a'],
  ['export const f = agg(function ({ $0 }) { return 1 })', 'f destructured []'],
  ['function f(a, $0) { return a }\nexport { f as total }', 'f positional [] a'],
  ['const f = (a$0) => a\n\nexport default f', 'f positional [a]'],
])('a place: %s', (code, place) => {
  expect(placeAt(code)).toBe(place)
})

test.each([
  ['export function f(rev$0', 'f positional [rev]'],
  ['export function f(a, $0', 'f positional [] a'],
  ['export function f({ re$0', 'f destructured [re]'],
  ["export function f({ a, 'Unit$0", "f destructured ['Unit] a"],
  ['export const f = (a, in$0', 'f positional [in] a'],
  ['export const f = ({re$0', 'f destructured [re]'],
  ['export const f = agg((a, $0', 'f positional [] a'],
  ['export const f = ($0)', 'f positional []'],
])('an unfinished place, also between others: %s', (code, place) => {
  expect(placeAt(code)).toBe(place)
  expect(
    placeAt(`export const a = (x) => \`\${x} export function no(\`\n${code}\n\nexport function g(f) { return f }`),
  ).toBe(place)
})

test.each([
  'export function f(a) { return a$0 }',
  'export function f(a: nu$0mber) {}',
  'export function f(a: Map<string, $0>) {}',
  'export function f(a = $0) {}',
  'export function f(a = [1, $0]) {}',
  'export function f(...$0) {}',
  'export function f({ a: loc$0al }) {}',
  'export function f({ a }$0) {}',
  'export function f(a /* one, $0 */) {}',
  'export function f(a, // $0',
  'export function $0f(a) {}',
  'function helper($0) {}',
  'export const f = agg($0)',
  'export const k = ($0a + 1) * 2',
  'export const k = g($0)',
  'export const text = `\nexport function f($0`',
  '/*\nexport function f($0\n*/',
  'export class A { m($0) {} }',
  'export function f(a) {\n  return a.map((x, $0) => x)\n}',
  'import { $0 } from "modeldriver"',
  'export { $0 }',
  '$0',
])('no place: %s', (code) => {
  expect(placeAt(code)).toBeUndefined()
})

test('an unfinished function takes nothing away from the next when it is closed', () => {
  for (const start of [
    'function f(a, ',
    'function f({ re',
    "function f({ 'Unit",
    'const f = (re',
    'const f = agg(({ a, ',
  ]) {
    const text = `export ${start}\n\nexport function g(f) { return f }\nexport const h = (g) => g\n`
    const place = inputPlaceAt(text, `export ${start}`.length, [])
    const { span, text: closing } = place?.closing ?? { span: { start: 0, end: 0 }, text: '' }
    const { features } = typeScriptReader().read(
      '/a.features.ts',
      text.slice(0, span.start) + closing + text.slice(span.end),
    )
    expect(features.map(({ name }) => name)).toEqual(['f', 'g', 'h'])
  }
})
