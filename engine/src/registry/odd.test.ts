import { describe, expect, test } from 'vitest'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { addFeature, featureCode, movedFile, removeFeature, replaceFeature } from './index.ts'

const reader = typeScriptReader()

/** Files as people and their tools write them. */
const files: Readonly<Record<string, string>> = {
  'Windows line ends': `import { round } from 'modeldriver'\r\n\r\n// rate\r\nconst rate = 2\r\n\r\n/** doc */\r\nexport const a = (x) => round(x * rate)\r\n\r\nexport const b = (a) => a.sum() //#agg\r\n`,
  'Windows line ends in a text':
    'const s = `\r\n  two\r\n`\r\nexport const a = (x) => s + x\r\nexport const b = (x) => x\r\n',
  'a byte order mark': '\ufeffexport const a = (x) => x\n\nexport const b = (a) => a + 1\n',
  'tabs, blank lines, comments between':
    'export function a(x) {\n\treturn x\t\n}\n\n\n\n\n// between\n\n/* block */ export const b = (a) => a\n',
  'markers above':
    'export const z = (x) => x\n//#agg\nexport function a(x) {\n  return x.sum()\n}\n//#agg\nexport function b(x) { return x.max() }\n',
  'markers inside and behind':
    'export function a(x) {\n  return x.sum()\n} //#agg\nexport function b(x) { //#agg\n  return x.max()\n}\n',
  overloads:
    'export function a(x: number): number\nexport function a(x: string): string\nexport function a(x: any) { return x }\nexport const b = (a) => a\n',
  'a default export': 'export default function a(x) { return x }\nexport const b = (a) => a\n',
  'helpers of helpers':
    'const k = 2\nconst h1 = (x) => x * k\nconst h2 = (x) => h1(x) + k\nfunction h3(x) { return h2(x) }\nexport const a = (x) => h3(x)\nexport const b = (y) => h1(y)\n',
  'helpers that call each other':
    'function even(n) { return n === 0 || odd(n - 1) }\nfunction odd(n) { return n !== 0 && even(n - 1) }\nexport const a = (x) => even(x)\nexport const b = (x) => x\n',
  'several in one statement':
    'const { p, q } = { p: 1, q: 2 }\nlet n = 0, m = 1\nexport const a = (x) => x * p + m\nexport const b = (x) => x * q + n\n',
  'types of every kind':
    "enum Size { Small = 1, Big }\nclass Money { constructor(readonly n: number) {} }\ntype T = number\ninterface I { a: T }\nnamespace Rates { export const vat = 0.19 }\nexport const a = (x: T): I['a'] => x > Size.Big ? new Money(x).n : Rates.vat\nexport const b = (a: I['a']) => a\n",
  'imports of every kind':
    "import './setup'\nimport * as lib from './lib'\nimport d, { e as f } from './d'\nimport type { T } from './t'\nimport { type U, g } from './g'\nexport const a = (x: T, y: U) => lib.q(x) + d(y) + f(x) + g(y)\nexport const b = (a) => a\n",
  'an import below': "export const a = (x) => x\nimport { late } from './late'\nexport const b = (x) => late(x)\n",
  semicolons: 'const r = 1;export const a = (x) => x * r; export const b = (a) => a;\n',
  'statements at the top':
    "let rates = {}\nrates.north = 1\nfor (const k of ['x']) rates[k] = 2\nexport const a = (x) => rates[x]\nexport const b = (x) => x\n",
  'a head of comments':
    '#!/usr/bin/env node\n// @ts-check\n// group_by: pin\nexport const a = (x) => x\nexport const b = (x) => x\n',
  regions:
    '//#region one\n// about a\nexport const a = (x) => x\n//#endregion\n\n//#region two\nexport const b = (x) => x\n//#endregion\n',
  'no line end': 'export const a = (x) => x // first\n// about b\nexport const b = (x) => x // second',
  wrappers: 'export const a = agg((x) => x.sum())\nexport const b = function named(x) { return named.length + x }\n',
  'a feature that calls another': 'export const b = (y) => a(y) + 1\nexport const a = (x) => x * 2\n',
  'notes to the checks': '// md-ignore MD018: because\nexport const a = (x, y) => x\nexport const b = (x) => x\n',
}

const path = '/shop/sales.features.ts'
const codeIn = (text: string, name: string) => {
  const code = featureCode({ path, text }, name)
  if (!code) throw new Error(`no ${name}`)
  return code
}
const added = (text: string, name: string, to = { path: '/shop/new.features.ts', text: '' }): string => {
  const changed = addFeature(to, codeIn(text, name))
  if ('refused' in changed) throw new Error(changed.refused)
  return changed.text
}
const fingerprintIn = (text: string, name: string) =>
  reader.read(path, text).features.find((feature) => feature.name === name)?.fingerprint
const lineEnds = (text: string) => [...new Set(text.match(/\r?\n/g))]

describe.each(Object.entries(files))('%s', (_, text) => {
  test.each(['a', 'b'])('%s', (name) => {
    const alone = added(text, name)
    expect(fingerprintIn(alone, name)).toBe(fingerprintIn(text, name))
    expect(fingerprintIn(alone, name)).toBeDefined()
    // Saved, loaded, saved again: the same bytes.
    expect(added(alone, name)).toBe(alone)
    expect(lineEnds(alone)).toHaveLength(1)

    expect(replaceFeature({ path, text }, codeIn(text, name))).toEqual({ text })

    const removed = removeFeature({ path, text }, name)
    if ('refused' in removed) return expect(removed.refused).toContain(`calls '${name}'`)
    expect(fingerprintIn(removed.text, name)).toBeUndefined()
    const back = added(text, name, { path, text: removed.text })
    expect(fingerprintIn(back, name)).toBe(fingerprintIn(text, name))
    expect(lineEnds(back).length).toBeLessThan(2)
    expect(back.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'))
  })

  test('all into one file, in any order', () => {
    const { features } = reader.read(path, text)
    for (const names of [features.map(({ name }) => name), features.map(({ name }) => name).reverse()]) {
      const all = names.reduce((file, name) => added(text, name, { path: '/shop/new.features.ts', text: file }), '')
      for (const name of names) expect(fingerprintIn(all, name)).toBe(fingerprintIn(text, name))
    }
  })
})

test('what is done with a helper comes along, and so does what a module does when it is loaded', () => {
  expect(added(files['statements at the top'] as string, 'a')).toBe(
    "let rates = {}\n\nrates.north = 1\n\nfor (const k of ['x']) rates[k] = 2\n\nexport const a = (x) => rates[x]\n",
  )
  expect(added(files['statements at the top'] as string, 'b')).toBe('export const b = (x) => x\n')
  const text = files['imports of every kind'] as string
  const there = { path: '/old/m.features.ts', text: "import '../shop/setup'\nexport const z = (x) => x\n" }
  expect(added(text, 'b')).toBe("import './setup'\n\nexport const b = (a) => a\n")
  expect(added(text, 'b', there)).toBe(`${there.text}\nexport const b = (a) => a\n`)
})

test('where the editor folds stays', () => {
  const text = files.regions as string
  expect(added(text, 'a')).toBe('// about a\nexport const a = (x) => x\n')
  expect(removeFeature({ path, text }, 'a')).toEqual({
    text: text.replace('// about a\nexport const a = (x) => x\n', ''),
  })
})

test('blank lines at the end stay', () => {
  const to = { path, text: 'export const z = (x) => x  \n\n\n' }
  expect(added('export const a = (x) => x\n', 'a', to)).toBe(`${to.text}export const a = (x) => x\n`)
})

test('every module that a file names leads where it led', () => {
  const text = `import './setup'
export * from "./all"
export { c } from '../c'
import fs from 'node:fs'
type M = import('./money').Money
export const a = (x: M) => require('./rates').of(x) + './no module'
export const b = async () => import(\`./late\`)
`
  const moved = `import '../shop/setup'
export * from "../shop/all"
export { c } from '../c'
import fs from 'node:fs'
type M = import('../shop/money').Money
export const a = (x: M) => require('../shop/rates').of(x) + './no module'
export const b = async () => import(\`../shop/late\`)
`
  expect(movedFile({ path, text }, '/old/sales.features.ts')).toBe(moved)
  expect(movedFile({ path: '/old/sales.features.ts', text: moved }, path)).toBe(text)
  expect(added(text, 'a', { path: '/old/m.features.ts', text: '' })).toBe(
    "import '../shop/setup'\n\ntype M = import('../shop/money').Money\n\nexport const a = (x: M) => require('../shop/rates').of(x) + './no module'\n",
  )
})

test.each([
  ['const a = (x) => x\nexport default a\n', "exports 'a' by default, in a statement of its own; write 'export'"],
  ['const a = (x) => x\nexport { a }\n', "exports 'a' in a list; write 'export'"],
])('refused: %s', (text, refused) => {
  expect(removeFeature({ path, text }, 'a')).toEqual({ refused: expect.stringContaining(refused) })
  expect(replaceFeature({ path, text }, codeIn(text, 'a'))).toEqual({ refused: expect.stringContaining(refused) })
})
