// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import { expect, test } from 'vitest'
import { typeScriptReader } from './typescript/reader.ts'

/** Markers per feature (`f: #agg`), and orphans. */
function markers(text: string): readonly string[] {
  const { features, orphanDirectives } = typeScriptReader().read('/p/a.features.ts', text)
  for (const { span, text: marker } of [...features.flatMap(({ directives }) => directives), ...orphanDirectives])
    if (!marker.endsWith('(…)')) expect(text.slice(span.start, span.end)).toBe(marker)
  return [
    ...features.flatMap(({ name, directives }) => directives.map((each) => `${name}: ${each.text} ${each.level}`)),
    ...orphanDirectives.map((each) => `orphan: ${each.text} ${each.level}`),
  ]
}

const agg = ['f: #agg group']

test.each([
  ['on the line of the name', 'export function f(a) { //#agg\n  return a\n}', agg],
  ['with a space', 'export function f(a) { // #agg\n  return a\n}', agg],
  ['moved into the body by Prettier', 'export function f(a) {\n  // #agg\n  return a;\n}', agg],
  ['after the arrow', 'export const f = (a) => // #agg\n  a', agg],
  ['moved behind the arrow by Prettier', 'export const f = (a) =>\n  // #agg\n  a;', agg],
  ['on a one-liner', 'export function f(a) { return a } // #agg', agg],
  ['on a one-liner with a semicolon', 'export function f(a) { return a }; // #agg', agg],
  ['after the brace that Prettier moved', 'export function f(a) {\n  return a;\n} // #agg\n', agg],
  ['on an arrow', 'export const f = (a) => a; //#agg', agg],
  ['after a long signature', 'export function f(\n  a,\n  b,\n) {\n  //#agg\n  return a;\n}', agg],
  ['inside the parameters', 'export function f(a /* #agg */, b) { return a }', agg],
  ['deep in the body', 'export function f(a) { if (a) { /* #agg */ return 1 } return 2 }', agg],
  ['as the last thing of the body', 'export function f(a) {\n  return a\n  // #agg\n}', agg],
  ['directly above', '// #agg\nexport function f(a) { return a }', agg],
  ['in the block above', 'const x = 1\n// #agg\n// Total.\nexport function f(a) { return a }', agg],
  ['above the doc comment', '// #agg\n/** Total. */\nexport function f(a) { return a }', agg],
  ['in a doc comment', '/**\n * Total.\n * @agg\n */\nexport function f(a) { return a }', ['f: @agg group']],
  ['in a doc comment of one line', '/** @row */\nexport function f(a) { return a }', ['f: @row row']],
  ['in a block comment', '/*\n  #agg\n*/\nexport function f(a) { return a }', agg],
  ['between export and the name', 'export /* #agg */ function f(a) { return a }', agg],
  ['in capitals', 'export function f(a) { // #AGG\n return a }', ['f: #AGG group']],
  ['as a Python formatter writes it', '// # agg\nexport function f(a) { return a }', ['f: # agg group']],
  ['group', 'export const f = (a) => a // #group', ['f: #group group']],
  ['row', 'export const f = (a) => a // #row', ['f: #row row']],
  ['with a reason', 'export const f = (a) => a // #agg: one per shop', agg],
  ['both', '// #row\nexport const f = (a) => a // #agg', ['f: #row row', 'f: #agg group']],
  ['on an overload', '// #agg\nexport function f(a: 1): 1\nexport function f(a: any) { return a }', agg],
  ['on a local that is exported elsewhere', '// #agg\nconst l = (a) => a\nexport { l as f }', agg],
  ['with Windows line ends', '// #agg\r\nexport function f(a) {\r\n  return a\r\n}\r\n', agg],
  ['agg()', 'export const f = agg((a) => a)', ['f: agg(…) group']],
  ['row()', 'export const f = row((a) => a)', ['f: row(…) row']],
  ['feature()', 'export const f = feature((a) => a)', []],
  ['per declarator', 'export const f = (a) => a /* #agg */, g = (a) => a /* #row */', ['f: #agg group', 'g: #row row']],
  ['of the first only', 'export function f(a) { return a } //#agg\nexport function g(a) { return a }', agg],
  ['of the second only', 'export function g(a) { return a }\n//#agg\nexport function f(a) { return a }', agg],
])('counts %s', (_, text, expected) => {
  expect(markers(text)).toEqual(expected)
})

test.each([
  ['aggregate', 'export const f = (a) => a // #aggregate of a'],
  ['agg-', 'export const f = (a) => a // #agg-like'],
  ['agg_', 'export const f = (a) => a // #agg_by_day'],
  ['rows', 'export const f = (a) => a // #rows'],
  ['a mention', 'export const f = (a) => a // use #agg here'],
  ['a mention in a doc comment', '/**\n * Not #agg.\n */\nexport const f = (a) => a'],
  ['a later line without a star', '/*\n  Total\n  #agg\n*/\nexport const f = (a) => a'],
  ['a comment that is commented out', 'export const f = (a) => a // // #agg'],
  ['a string', `export const f = (a) => a + '//#agg'`],
  ['a string over a comment', `export const f = (a) => a + "/*" + '#agg' + "*/"`],
  ['a template', 'export const f = (a) => `//#agg ${a} //#agg`'],
  ['a template over lines', 'export const f = (a) => `\n//#agg\n${a + `/*#agg*/`}\n//#agg\n`'],
  ['a regular expression', 'export const f = (a) => /[/]\\/#agg/.test(a) ? 1 : /\\/*#agg*\\//.test(a)'],
  ['a private name', 'export const f = (a) => a.#agg'],
])('does not count %s', (_, text) => {
  expect(markers(text)).toEqual([])
})

test.each([
  ['above a blank line', '// #agg\n\nexport function f(a) { return a }'],
  ['above a line of blanks', '// #agg\n  \t\nexport function f(a) { return a }'],
  ['two blocks up', '// #agg\n\n// Doc.\nexport function f(a) { return a }'],
  ['at a helper', 'function h(a) { return a } // #agg\nexport function f(a) { return a }'],
  ['in a helper', 'const h = (a) => {\n  // #agg\n  return a }'],
  ['at the end of the file', 'export function f(a) { return a }\n// #agg\n'],
  ['alone', '// #agg'],
  ['at a constant', 'export const RATE = 0.2 // #agg'],
  ['at an export list', 'const f = (a) => a\nexport { f } // #agg'],
])('is an orphan %s', (_, text) => {
  expect(markers(text)).toEqual(['orphan: #agg group'])
})

test('a marker at what was rejected is no orphan', () => {
  expect(markers('export async function f(a) { // #agg\n return a }')).toEqual([])
  expect(markers('// #agg\nexport default (a) => a')).toEqual([])
})
