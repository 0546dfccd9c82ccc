import { expect, test } from 'vitest'
import { typeScriptReader } from './reader.ts'

const read = (text: string, path = '/p/a.features.ts') => typeScriptReader().read(path, text)

/** Names of the features, `name<exportName` where the two differ, in order of the file. */
const names = (text: string, path?: string) =>
  read(text, path).features.map(({ name, exportName }) => (name === exportName ? name : `${name}<${exportName}`))

test.each([
  ['an exported function', 'export function f(a) { return a }', ['f']],
  ['an exported arrow', 'export const f = (a) => a', ['f']],
  ['an exported function expression', 'export const f = function (a) { return a }', ['f']],
  ['a list of exports with another name', 'const local = (a) => a\nexport { local as f }', ['f']],
  ['a list before the declaration', 'export { f }\nfunction f(a) { return a }', ['f']],
  ['one function under two names', 'function f(a) { return a }\nexport { f, f as g }', ['f', 'g']],
  ['a named default', 'export default function f(a) { return a }', ['f<default']],
  ['a default that names a function', 'function f(a) { return a }\nexport default f', ['f<default']],
  ['a default of what has an export already', 'export function f(a) { return a }\nexport default f', ['f']],
  ['row()', 'export const f = row((a) => a)', ['f']],
  ['agg() with options', "export const f = agg({ note: 'x' }, (a) => a.sum())", ['f']],
  ['feature() of a function expression', 'export const f = feature(function (a) { return a })', ['f']],
  ['satisfies', 'export const f = ((a) => a) satisfies unknown', ['f']],
  ['as in parentheses', 'export const f = (((a) => a) as any)', ['f']],
  ['two in one statement', 'export const f = (a) => a, g = (b) => b', ['f', 'g']],
  ['overloads', 'export function f(a: number): number\nexport function f(a: any) { return a }', ['f']],
  ['one that is being written', 'export function f(a, b)\n\nexport function g(c) { return c }', ['f', 'g']],
  [
    'one whose body is not closed',
    'export function g(c) { return c }\nexport function f(a) {\n  return a +',
    ['g', 'f'],
  ],
  ['names outside of ASCII', 'export const größe = (länge) => länge', ['größe']],
  ['a helper', 'function h(a) { return a }\nconst k = (a) => a', []],
  ['a name that begins with _', 'export function _f(a) { return a }\nfunction g() {}\nexport { g as _g }', []],
  ['a class and its methods', 'export class F { f(a) { return a } }', []],
  ['nested functions', 'function outer() { function f(a) { return a } }', []],
  ['re-exports', "export { f } from './other'\nexport * from './other'\nimport { g } from './g'\nexport { g }", []],
  ['declare', 'export declare function f(a): number\nexport declare const g: (a) => number', []],
  ['values that are no functions', 'export const RATE = 0.2\nexport let g = 1\nexport default 42', []],
  ['a variable that could be set again', 'export let g = (a) => a\nlet h = (a) => a', ['g']],
  ['types', 'export type F = (a: number) => number\nexport interface G { a: number }', []],
])('%s', (_, text, expected) => {
  expect(names(text)).toEqual(expected)
})

test('JavaScript is read by extension', () => {
  expect(names('export const f = (a) => <b>{a}</b>', '/p/a.features.js')).toEqual(['f'])
})

test.each([
  ['async', 'export async function f(a) { return a }', 'async', 'f'],
  ['an async arrow', 'export const f = async (a) => a', 'async', 'f'],
  ['a generator', 'export function* f(a) { yield a }', 'generator', 'f'],
  ['a rest parameter', 'export function f(a, ...cols) { return a }', 'parameter-form', '...cols'],
  ['a list pattern', 'export function f([a, b]) { return a }', 'parameter-form', '[a, b]'],
  ['a pattern beside another parameter', 'export function f({ a }, b) { return a }', 'parameter-form', '{ a }'],
  ['a nested pattern', 'export function f({ a: { b } }) { return b }', 'parameter-form', 'a: { b }'],
  ['a computed key', 'export function f({ [key]: a }) { return a }', 'parameter-form', '[key]: a'],
  ['a rest in a pattern', 'export function f({ a, ...others }) { return a }', 'parameter-form', '...others'],
  ['a default arrow', 'export default (a) => a', 'nameless', 'export default'],
  ['a default function', 'export default function (a) { return a }', 'nameless', 'export default'],
  ['a wrapped default', 'export default agg((a) => a.sum())', 'nameless', 'export default'],
])('rejected: %s', (_, text, reason, marked) => {
  const { features, rejected } = read(text)
  expect(features).toEqual([])
  expect(rejected.map((each) => ({ reason: each.reason, text: each.text }))).toEqual([{ reason, text: marked }])
  expect(rejected.map(({ span }) => text.slice(span.start, span.end))).toEqual([marked])
})

test('a helper may be what a feature may not', () => {
  expect(read('async function h(...all) {}\nexport const f = (a) => a').rejected).toEqual([])
})

test('spans: the name, the whole declaration, each input', () => {
  const text = `// first
/** Doc. */
export const margin = row(({ 'Unit Price': p, cost: c }: Row) => p - c)

function local(a, b = 1) { return a }
export { local as shown }
`
  const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  expect(
    read(text).features.map(({ nameSpan, span, inputs }) => [
      cut(nameSpan),
      cut(span),
      inputs.map((input) => cut(input.span)),
    ]),
  ).toEqual([
    ['margin', "export const margin = row(({ 'Unit Price': p, cost: c }: Row) => p - c)", ["'Unit Price'", 'cost']],
    ['shown', 'function local(a, b = 1) { return a }', ['a', 'b']],
  ])
})

test.each([
  ['/** Margin in percent\n * of revenue.\n *\n * More. */', 'Margin in percent of revenue.'],
  ['// Margin.\n// In percent.', 'Margin. In percent.'],
  ['/**\n * @agg\n * Margin.\n * @see cost\n */', 'Margin.'],
  ['// #agg\n// Margin.', 'Margin.'],
  ['// md-ignore MD008: seeded\n// Margin.', 'Margin.'],
  ['// Other things.\n\n// Margin.', 'Margin.'],
  ['// Far away.\n', undefined],
  ['/* #agg */', undefined],
])('doc of %j', (comment, doc) => {
  expect(read(`const x = 1\n\n${comment}\nexport const f = (a) => a`).features[0]?.doc).toBe(doc)
})

test.each([
  ['// group_by: pin, month\nexport const f = (a) => a', ['pin', 'month'], 'pin, month'],
  ['#!/usr/bin/env node\n// Sales.\n// group_by: [pin]\n', ['pin'], '[pin]'],
  ['/*\n * group_by: "Unit Id"\n */\n\nimport x from "y"', ['Unit Id'], '"Unit Id"'],
  ['// group_by: []\n', [], '[]'],
  ['// Sales.\n\n// group_by: pin\n', undefined, undefined],
  ['const a = 1 // group_by: pin', undefined, undefined],
  ['// group_by:\n', undefined, undefined],
])('group_by in %j', (text, expected, at) => {
  const { groupBy } = read(text)
  expect(groupBy?.names).toEqual(expected)
  expect(groupBy && text.slice(groupBy.span.start, groupBy.span.end)).toBe(at)
})
