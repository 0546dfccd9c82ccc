import { describe, expect, test } from 'vitest'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { mixedFeature } from './mixed.ts'
import { printExpression, printedLibrary } from './print.ts'
import { plain, runTestModel } from './testing.ts'

/** The first feature of a file, as the reader gives it. */
function read(text: string) {
  const feature = typeScriptReader().read('/x.features.ts', text).features[0]
  if (feature?.body.kind !== 'expression') throw new Error(`not an expression: ${JSON.stringify(feature?.body)}`)
  return { feature, expression: feature.body.expression }
}

/** Code printed from a feature's meaning gives what the function gives. */
describe('printed code', () => {
  const day = new Date(Date.UTC(2024, 1, 29, 13))
  test.each<[string, readonly unknown[], unknown]>([
    ['(a, b) { return (a - b) / a * 100 }', [8, 6], 25],
    ['(a, b) { return a % b ** 2 }', [17, 2], 1],
    ['(a) { if (a > 3) return "big"; return "small" }', [4], 'big'],
    ['(a) { const twice = a * 2; const more = twice + 1; return more * twice }', [3], 42],
    ['(a, b) { return a === 1 && b !== 2 || !a }', [1, 3], true],
    ['(a) { return a == null ? -1 : a }', [null], -1],
    ['(a) { return a ?? 7 }', [null], 7],
    ['(a, b) { return Math.max(a, b) + Math.round(a / b) }', [7, 2], 11],
    ['(t) { return t.trim().toUpperCase().slice(0, 2) }', [' abc '], 'AB'],
    ['(t) { return t + "-" + t.length }', ['ab'], 'ab-2'],
    ['(d) { return d.getUTCMonth() * 100 + d.getUTCDate() }', [day], 129],
    ['(a) { return -a + +a - (-(-a)) }', [2], -2],
  ])('%s', (text, values, expected) => {
    const { feature, expression } = read(`export function f${text}`)
    const names = feature.inputs.map((input) => input.name)
    const code = printExpression(expression, { nameOf: (input) => `a${names.indexOf(input)}` })
    const call = new Function('lib', ...names.map((_, i) => `a${i}`), `return ${code}`)
    expect(call(printedLibrary, ...values)).toEqual(expected)
  })
})

describe('row features that aggregate their inputs', () => {
  const columns = { pin: ['a', 'b', 'a', 'a'], x: [1, 5, 3, 8], ok: [true, true, false, true] }

  /** Groups a: 1, 3, 8 (mean 4, max 8; where ok 1 and 8), b: 5. */
  test.each<[string, string, readonly unknown[]]>([
    ['less the mean', 'x - x.mean()', [-3, 0, -1, 4]],
    ['two aggregates', '(x - x.min()) / (x.max() - x.min())', [0, null, 2 / 7, 1]],
    ['a filtered mean', 'x - x.filter(v => v < 5).mean()', [-1, null, 1, 6]],
    ['less how many there are', 'x - x.count()', [-2, 4, 0, 5]],
  ])('%s', (_, body, expected) => {
    const { feature, expression } = read(`export function f(x) { return ${body} }`)
    const features = { f: { level: 'row' as const, inputs: ['x'], call: () => Number.NaN, expression } }
    const result = runTestModel({ columns, groupBy: ['pin'], features })
    expect(result.report.features[0]?.error).toBeUndefined()
    expect(plain(result.rows).f).toEqual(expected)
    expect(mixedFeature(feature)?.parts.length).toBeGreaterThan(0)
  })

  test('equal aggregates are computed once; a local is seen through', () => {
    const { feature } = read('export function f(x) { const m = x.mean(); return x > m ? x - m : m - x.mean() }')
    expect(mixedFeature(feature)?.parts.map((part) => part.inputs)).toEqual([['x']])
  })
  test('an input that is only aggregated may be missing in a row', () => {
    const { expression } = read('export function f(x, y) { return x - y.sum() }')
    const features = { f: { level: 'row' as const, inputs: ['x', 'y'], call: () => Number.NaN, expression } }
    const result = runTestModel({
      columns: { pin: ['a', 'a', 'b'], x: [5, null, 7], y: [null, 2, null] },
      groupBy: ['pin'],
      features,
    })
    expect(plain(result.rows).f).toEqual([3, null, 7])
  })
  test('a plain row feature is not taken apart', () => {
    expect(mixedFeature(read('export function f(x) { return x * 2 }').feature)).toBeUndefined()
  })
})
