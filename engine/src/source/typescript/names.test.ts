import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../testing/fix.ts'
import type { LocalRename } from '../names.ts'
import { typeScriptNames } from './names.ts'
import { typeScriptReader } from './reader.ts'

const path = '/a.features.ts'
const names = typeScriptNames()

const read = (text: string, name: string) => {
  const { features } = typeScriptReader().read(path, text)
  const feature = features.find((each) => each.name === name)
  if (!feature) throw new Error(`no feature ${name}`)
  return feature
}

/** The text afterwards, or what the new name stands for already, with its line. */
function result(text: string, renamed: LocalRename): string | undefined {
  if (renamed.kind === 'edits') return applyEdits(new Map([[path, text]]), renamed.edits).get(path)
  if (renamed.kind === 'unreadable') return 'unreadable'
  const { start, end } = renamed.span
  return `clash with ${text.slice(start, end)} in line ${text.slice(0, start).split('\n').length}`
}

function input(text: string, of: string, before: string, after: string): string | undefined {
  const feature = read(text, of)
  const found = feature.inputs.find((each) => each.name === before)
  if (!found) throw new Error(`no input ${before}`)
  return result(text, names.renameInput({ path, text }, feature, found, after))
}

const feature = (text: string, before: string, after: string) =>
  result(text, names.renameFeature({ path, text }, read(text, before), after))

describe('a parameter', () => {
  it.each([
    ['export const a = (cost) => cost * 2', 'export const a = (price) => price * 2'],
    ['export const a = cost => cost.sum()', 'export const a = price => price.sum()'],
    [
      'export function a(cost: number, x = cost) { return { cost, x }.cost }',
      'export function a(price: number, x = price) { return { cost: price, x }.cost }',
    ],
    [
      'export function a(cost) { const f = (cost) => cost + 1; return f(cost) }',
      'export function a(price) { const f = (cost) => cost + 1; return f(price) }',
    ],
    [
      'export function a(cost: number): number\nexport function a(cost) { let x: typeof cost = cost; return x }',
      'export function a(price: number): number\nexport function a(price) { let x: typeof price = price; return x }',
    ],
    ['export const a = ({ cost = 1, b }) => cost * b', 'export const a = ({ price = 1, b }) => price * b'],
    ['export const a = ({ cost: c }) => c', 'export const a = ({ price: c }) => c'],
    ['export const a = ({ cost: cost }) => cost', 'export const a = ({ price: cost }) => cost'],
    ["export const a = ({ 'cost': c = 2 }) => c", 'export const a = ({ price: c = 2 }) => c'],
    [
      'export const a = ({ cost }: { cost: number }) => cost',
      'export const a = ({ price }: { price: number }) => price',
    ],
    [
      'interface In { cost?: number; b: string }\nexport const a = ({ cost }: In) => cost',
      'interface In { price?: number; b: string }\nexport const a = ({ price }: In) => price',
    ],
    ['export const a = agg((cost) => cost.sum())', 'export const a = agg((price) => price.sum())'],
  ])('%s', (before, after) => {
    expect(input(before, 'a', 'cost', 'price')).toBe(after)
  })

  it.each([
    ['another parameter', 'export const a = (cost, price) => cost', 'price in line 1'],
    ['a variable', 'export function a(cost) {\n  const price = 1\n  return cost\n}', 'price in line 2'],
    ['a variable around a use', 'export function a(cost) {\n  return [1].map((price) => cost)\n}', 'price in line 2'],
    ['a helper that is called', 'const price = (x) => x\nexport const a = (cost) => price(cost)', 'price in line 2'],
  ])('is refused where the name is taken: %s', (_, text, where) => {
    expect(input(text, 'a', 'cost', 'price')).toBe(`clash with ${where}`)
  })

  it('a name of the language is taken where the function reads it', () => {
    expect(input('export const a = (cost) => Math.abs(cost)', 'a', 'cost', 'Math')).toBe('clash with Math in line 1')
  })

  it('a variable that no use can see is no clash', () => {
    const text = 'export const a = (cost, b) => cost + b.map((price) => price)'
    expect(input(text, 'a', 'cost', 'price')).toBe('export const a = (price, b) => price + b.map((price) => price)')
  })

  it.each([
    ['export const a = ({ cost, b: price }) => cost', 'export const a = ({ price: cost, b: price }) => cost'],
    ['const price = 1\nexport const a = ({ cost }) => cost * price', undefined],
  ])('in a pattern the body keeps its own name: %s', (before, after) => {
    const expected = after ?? before.replace('{ cost }', '{ price: cost }')
    expect(input(before, 'a', 'cost', 'price')).toBe(expected)
  })

  it('a name that no variable can have stands in quotes', () => {
    const text = 'export const a = ({ cost }) => cost'
    expect(input(text, 'a', 'cost', "Net 'Price'")).toBe("export const a = ({ 'Net \\'Price\\'': cost }) => cost")
    expect(input(text, 'a', 'cost', 'class')).toBe('export const a = ({ class: cost }) => cost')
  })
})

describe('a feature', () => {
  it.each([
    [
      'export function total(x: number): number\nexport function total(x) { return x }\nexport const b = (y) => total(y) + [{ total }].length',
      'export function net(x: number): number\nexport function net(x) { return x }\nexport const b = (y) => net(y) + [{ total: net }].length',
    ],
    ['const total = (x) => x\nexport { total }', 'const net = (x) => x\nexport { net }'],
    ['const inner = (x) => x\nexport { inner as total }', 'const inner = (x) => x\nexport { inner as net }'],
    ['function total(x) { return x }\nexport default total', 'function net(x) { return x }\nexport default net'],
    ['export const b = (total) => total\nexport const total = (x) => x', undefined],
  ])('%s', (before, after) => {
    const expected = after ?? 'export const b = (total) => total\nexport const net = (x) => x'
    expect(feature(before, 'total', 'net')).toBe(expected)
  })

  it('that is exported under a second name keeps that', () => {
    const text = 'export const total = (x) => x\nexport { total as all }'
    expect(feature(text, 'total', 'net')).toBe('export const net = (x) => x\nexport { net as all }')
    expect(feature(text, 'all', 'net')).toBe('export const total = (x) => x\nexport { total as net }')
  })

  it.each([
    ['a helper', 'function net(x) { return x }\nexport const total = (x) => x', 'net in line 1'],
    ['an import', "import { net } from './b.ts'\nexport const total = (x) => x", 'net in line 1'],
    ['a type', 'type net = number\nexport const total = (x) => x', 'net in line 1'],
    ['a parameter at a call', 'export const total = (x) => x\nexport const b = (net) => total(net)', 'net in line 2'],
    ['a name of the language', 'export const total = (x) => x\nexport const b = (y) => net(y)', 'net in line 2'],
  ])('is refused where the name is taken: %s', (_, text, where) => {
    expect(feature(text, 'total', 'net')).toBe(`clash with ${where}`)
  })
})

describe('an import from another file', () => {
  const follow = (text: string) =>
    result(text, names.renameImport({ path, text }, '/lib/sales.features.ts', 'total', 'net'))

  it.each([
    [
      "import { total } from './lib/sales.features.ts'\nexport const b = (x) => total(x) + [{ total }].length",
      "import { net } from './lib/sales.features.ts'\nexport const b = (x) => net(x) + [{ total: net }].length",
    ],
    [
      "import { total } from './lib/sales.features'\nexport { total }",
      "import { net } from './lib/sales.features'\nexport { net as total }",
    ],
    [
      "import { total as t } from './lib/sales.features.js'\nexport const b = (x) => t(x)",
      "import { net as t } from './lib/sales.features.js'\nexport const b = (x) => t(x)",
    ],
    [
      "import { total } from './lib/sales.features.ts'\nexport const b = (net) => total(net)",
      "import { net as total } from './lib/sales.features.ts'\nexport const b = (net) => total(net)",
    ],
    [
      "import * as sales from './lib/sales.features.ts'\nexport const b = (x) => sales.total(x) + sales['total'](x)",
      'import * as sales from \'./lib/sales.features.ts\'\nexport const b = (x) => sales.net(x) + sales["net"](x)',
    ],
    ["export { total } from './lib/sales.features.ts'", "export { net as total } from './lib/sales.features.ts'"],
    ["import { total } from './sales.features.ts'", "import { total } from './sales.features.ts'"],
  ])('%s', (before, after) => expect(follow(before)).toBe(after))
})

describe('calls in one file', () => {
  const text = `export const a = (x) => helper(x) + inner(x)
function helper(y) { return inner(y) + inner(2) }
function inner(z) { return z }
`
  const at = (word: string) => text.indexOf(word)
  const shown = (calls: ReturnType<typeof names.callers>) =>
    calls.map(
      ({ item, places }) => `${item.kind} ${item.name} ${places.map(({ start, end }) => text.slice(start, end))}`,
    )

  it('the function at a declaration and at a call', () => {
    expect(names.callItem({ path, text }, at('helper(y)'))).toEqual({
      name: 'helper',
      kind: 'function',
      span: { start: at('function helper'), end: at('\nfunction inner') },
      nameSpan: { start: at('helper(y)'), end: at('(y)') },
    })
    expect(names.callItem({ path, text }, at('inner(x)'))?.nameSpan.start).toBe(at('inner(z)'))
    expect(names.callItem({ path, text }, at('return'))).toBeUndefined()
  })

  it('callers and callees', () => {
    expect(shown(names.callers({ path, text }, at('inner(z)')))).toEqual([
      'function a inner',
      'function helper inner,inner',
    ])
    expect(shown(names.callees({ path, text }, at('a =')))).toEqual(['function helper helper', 'function inner inner'])
  })
})

it('never throws, whatever the text', () => {
  const scraps = ['export const a = (cost', ') =>', '{ cost', '`${', '(((', 'import { x', '*/', '\u0000', 'class {']
  for (let i = 0; i < 200; i++) {
    const text = [0, 1, 2, 3].map((k) => scraps[(i * 7 + k * (i + 3)) % scraps.length]).join(' ')
    for (const each of typeScriptReader().read(path, text).features) {
      names.renameFeature({ path, text }, each, 'b')
      for (const one of each.inputs) names.renameInput({ path, text }, each, one, 'b')
    }
    names.renameImport({ path, text }, '/b.features.ts', 'x', 'y')
    names.callers({ path, text }, text.length >> 1)
    names.callees({ path, text }, text.length >> 1)
    names.callItem({ path, text }, text.length >> 1)
  }
})
