// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeatureFile } from '../../ir/feature.ts'
import { smallestChange } from './parse.ts'
import { typeScriptReader } from './reader.ts'

/** Every host has it; the language's own library does not know. */
declare const structuredClone: <T>(value: T) => T

const path = '/p/a.features.ts'
const readFresh = (text: string): FeatureFile => typeScriptReader().read(path, text)

const sample = `// group_by: pin, month
import { round, sum } from 'modeldriver'
import { score } from './score'

const RATE = 0.2
const NAMES = { a: 'Alpha', 'b c': "Beta" }
let counter = 0

function net(revenue, cost = 0) { return revenue - cost }
const half = (x) => x / 2 // a helper

/**
 * Margin in percent.
 * @row
 */
export function margin(revenue: number, cost: number | null) {
  if (cost == null) return 0
  const profit = net(revenue, cost)
  return round((profit / revenue) * 100 + RATE, 2)
}
export const total = (revenue) => revenue.sum() //#agg
export const share = (revenue, total) => { // #row
  return \`\${revenue / total} // #agg \${NAMES[revenue] ?? 'other'}\`
}

// #agg

export function weird(a, { b }, ...rest) { return /[/]\\/\\/#agg/.test(a) }
export function over(a: number): number
export function over(a: any) { for (const x of a) counter += half(x); return counter } /* #group */
export const wrapped = agg(({ 'Unit Price': p, qty = 1 }: Row) => p.map((x) => half(x) * 2).max())
const local = (x) => score(x)
export { local as shown, half }
export default async (a) => await a
export async function later(x) { return x }
export function last(region) {
  switch (region) { case 'x': return 1; default: return sum(region) }
}
`

test('plain data: a structured clone is equal', () => {
  const file = readFresh(sample)
  expect(file.features.map(({ name }) => name)).toEqual([
    'half',
    'margin',
    'total',
    'share',
    'over',
    'wrapped',
    'shown',
    'last',
  ])
  expect(structuredClone(file)).toEqual(file)
})

const fragments = [
  '(', ')', '{', '}', '[', ']', "'", '"', '`', '${', '//', '/*', '*/', '/', '\\', '\n', '\n\n', ' ', ';', ',', '.', '=', '=>', '?', '?.', '!',
  '#agg', '// #agg\n', '// md-ignore MD008: x\n', 'md-ignore ', '@row', 'export ', 'export default ', 'function f(a) { return a }\n', 'const ', 'async ', 'return ', 'a', 'x', '0', '...', 'null', ': number',
  'import ', ' from ', 'if (a) ', 'for (const q of a) ', 'default ', '<', '>', '&&', '@', 'class ', '😀', '\r\n', '\u2028',
] // biome-ignore format: a list of words

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
  insert: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fragments) },
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    { weight: 1, arbitrary: fc.nat(sample.length - 60).map((from) => sample.slice(from, from + 60)) },
  ),
})

test('any edits: reading what changed gives what reading from nothing gives, and never throws', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const reader = typeScriptReader()
      let text = sample
      reader.read(path, text)
      for (const { at, remove, insert } of edits) {
        const start = Math.floor(at * text.length)
        text = text.slice(0, start) + insert + text.slice(start + remove)
        const file = reader.read(path, text)
        expect(file).toEqual(readFresh(text))
        for (const { nameSpan, span } of file.features) {
          expect(span.start).toBeLessThanOrEqual(span.end)
          expect(text.slice(nameSpan.start, nameSpan.end)).not.toBe('')
        }
      }
    }),
    { numRuns: 300 },
  )
}, 60_000)

test('the smallest change is found from both ends', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b') }),
      fc.string({ unit: fc.constantFrom('a', 'b') }),
      (a, b) => {
        const change = smallestChange(a, b)
        expect(change === undefined).toBe(a === b)
        if (!change) return
        const { start, length } = change.span
        expect(a.slice(0, start) + b.slice(start, start + change.newLength) + a.slice(start + length)).toBe(b)
      },
    ),
  )
})

test('features that did not change are handed out again, moved ones with the same body', () => {
  const reader = typeScriptReader()
  const before = reader.read(path, sample)
  expect(reader.read(path, sample)).toBe(before)
  const after = reader.read(path, sample.replace("case 'x': return 1", "case 'x': return 21"))
  const feature = (file: FeatureFile, name: string) => file.features.find((each) => each.name === name)
  expect(feature(after, 'margin')).toBe(feature(before, 'margin'))
  expect(feature(after, 'last')).not.toEqual(feature(before, 'last'))
  const moved = reader.read(path, `\n${sample}`)
  expect(feature(moved, 'margin')).not.toBe(feature(before, 'margin'))
  expect(feature(moved, 'margin')?.body).toBe(feature(before, 'margin')?.body)
  reader.forget(path)
  expect(reader.read(path, sample)).toEqual(before)
})

test('an export list that is still being written makes no feature without a name', () => {
  const { features } = readFresh('export const f = (a) => a\nexport { f as }')
  expect(features.map(({ name }) => name)).toEqual(['f'])
})

test('nesting that no parser follows leaves an empty file, and the next text is read', () => {
  const reader = typeScriptReader()
  reader.read(path, sample)
  const deep = `export const f = (a) => ${'('.repeat(20_000)}a${')'.repeat(20_000)}`
  expect(reader.read(path, deep).features).toEqual([])
  expect(
    reader.read(path, `export const g = (a) => ${'a + '.repeat(5000)}a\nexport const h = (a) => a`).features,
  ).toMatchObject([{ name: 'h' }])
  expect(reader.read(path, sample)).toEqual(readFresh(sample))
})

const base = `import { score } from './score'
const RATE = 0.2
const TABLE = { a: RATE }
function helper(x) { return inner(x) * 2 }
const inner = (x) => { return x + TABLE.a }
function unrelated(x) { return x }
export function f(a, b = 1) {
  return helper(a) + b + score(a) + 'text'
}
`

const fingerprint = (text: string): string =>
  readFresh(text).features.find(({ exportName }) => exportName === 'f')?.fingerprint ?? ''

test.each([
  ['a comment', 'return helper', '/* note */ return helper'],
  ['a marker', '{\n  return', '{ //#row\n  return'],
  ['line breaks and spaces', 'helper(a) + b', 'helper( a )\n    + b'],
  ['parentheses', 'helper(a) + b', '(helper(a)) + b'],
  ['quotes', "'text'", '"text"'],
  ['a semicolon', "'text'\n", "'text';\n"],
  ['a scalar type', '(a, b', '(a: number, b'],
  ['as', 'helper(a)', 'helper(a as number)'],
  ['a comment in a helper', 'return inner', '/* note */ return inner'],
  ['a helper that it does not use', 'return x }\nexport', 'return x + 1 }\nexport'],
  ['another feature', 'export function f', 'export function g(a) { return a }\nexport function f'],
  ['the place of a helper', 'const RATE = 0.2\n', '\n\n// Rates.\nconst RATE = 0.2\n'],
])('the fingerprint stays with %s', (_, from, to) => {
  expect(base).toContain(from)
  expect(fingerprint(base.replace(from, to))).toBe(fingerprint(base))
})

test.each([
  ['an operator', 'helper(a) + b', 'helper(a) - b'],
  ['a sign', 'helper(a) + b', 'helper(a) + -b'],
  ['a text', "'text'", "'test'"],
  ['a space in a text', "'text'", "'te xt'"],
  ['a default value', 'b = 1', 'b = 2'],
  ['the order of parameters', '(a, b = 1)', '(b = 1, a)'],
  ['the form of the parameters', '(a, b = 1)', '({ a, b = 1 })'],
  ['the source of a parameter', '(a, b = 1)', '({ c: a, b = 1 })'],
  ['a type that admits missing values', '(a, b', '(a: number | null, b'],
  ['a helper', 'inner(x) * 2', 'inner(x) * 3'],
  ["a helper's helper", 'x + TABLE.a', 'x - TABLE.a'],
  ['a constant', 'RATE = 0.2', 'RATE = 0.3'],
  ['a table', '{ a: RATE }', '{ a: RATE, b: 1 }'],
  ['where an import comes from', "'./score'", "'./score2'"],
])('the fingerprint changes with %s', (_, from, to) => {
  expect(base).toContain(from)
  expect(fingerprint(base.replace(from, to))).not.toBe(fingerprint(base))
})

test.each([
  ['what an optional chain ends with', '(a) => a?.b.c', '(a) => (a?.b).c'],
  ['a text as it is written', '(a) => String.raw`\\x41`', '(a) => String.raw`A`'],
  ['what a class is made from', '(a) => new (class extends B {})(a)', '(a) => new (class implements B {})(a)'],
])('%s makes a difference', (_, one, other) => {
  expect(fingerprint(`export const f = ${one}`)).not.toBe(fingerprint(`export const f = ${other}`))
})

test('a renamed feature keeps its fingerprint, two different ones differ', () => {
  const renamed = readFresh(base.replace('function f', 'function g')).features[0]
  expect(renamed?.fingerprint).toBe(fingerprint(base))
  const all = readFresh(
    'export const a = (x) => x + 1\nexport const b = (x) => x + 2\nexport const c = (x) => x - 1',
  ).features
  expect(new Set(all.map((each) => each.fingerprint)).size).toBe(3)
})
