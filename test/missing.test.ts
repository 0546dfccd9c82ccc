import { present, rowOf, type Table, typeScriptReader } from '@modeldriver/engine'
import { describe, expect, test } from 'vitest'
import { printExpression, printedLibrary } from '../engine/src/compute/print.ts'
import * as library from '../engine/src/functions/index.ts'
import { createLoader } from '../runner/src/load/modules.ts'
import { runProject } from '../runner/src/run.ts'
import { folderWith } from '../runner/src/testFolder.ts'

/** Group a: 1, missing, 3; group b: nothing but missing values. */
const data = 'k,v,w,t,ok\na,1,4,x,true\na,,5,,\na,3,,z,false\nb,,,,\n'

const cells = (table: Table | undefined, name: string) =>
  Array.from({ length: table?.length ?? 0 }, (_, row) => rowOf(table as Table, row)[name])

async function compute(source: string) {
  const root = folderWith({
    'modeldriver.json': JSON.stringify({
      models: [{ model_name: 'm', seq: 1, features: ['m.features.ts'], data: 'm.csv', group_by: 'k' }],
    }),
    'm.csv': data,
    'm.features.ts': `import { agg, clip, coalesce, isMissing, max, round, year } from 'modeldriver'\n${source}`,
  })
  const run = await runProject({ project: `${root}/modeldriver.json`, allFeatures: true })
  const [model] = run.models
  expect([run.problems, [...(model?.failures ?? [])]]).toEqual([[], []])
  return model?.result
}

/** Each door through which a missing value comes to a group feature; by hand, from docs/semantics.md. */
describe('a missing value spreads from', () => {
  const doors: readonly [string, string, readonly unknown[]][] = [
    ['an index', '(v) => v[1] * 2', [null, null]],
    ['an index that is there', '(v) => v[0] * 2', [2, null]],
    ['an index outside', '(v) => v[0] - v[7]', [null, null]],
    ['at', '(v) => v.at(1) + 1', [null, null]],
    ['the row before', '(v) => v.map((p, i, c) => p - c[i - 1]).sum()', [0, 0]],
    ['a lag', '(v) => { const l = v.lag(1); return v.map((x, i) => x - l[i]).mean() }', [null, null]],
    ['a lead', '(v) => { const l = v.lead(2); return v[0] - l[0] }', [-2, null]],
    ['a loop', '(v) => { let s = 0; for (const x of v) s += x; return s }', [null, null]],
    [
      'a loop over positions',
      '(v, w) => { let s = 0; for (let i = 0; i < v.length; i++) s += v[i] * w[i]; return s }',
      [null, null],
    ],
    ['a loop that steps over it', '(v) => { let s = 0; for (const x of v) if (x !== null) s += x; return s }', [4, 0]],
    ['a loop that counts them', '(v) => { let n = 0; for (const x of v) if (x === null) n++; return n }', [1, 1]],
    ['an array', '(v) => v.toArray().reduce((a, b) => a + b, 0)', [null, null]],
    ['a spread', '(v) => Math.max(...v)', [null, null]],
    ['a comparison', '(v) => (v[1] >= 0 ? 1 : 0)', [0, 0]],
    ['destructuring with a default', '(v) => { const [a, b = 10] = v; return a + b }', [11, null]],
    ['find', '(v) => v.find((x) => x == null || x > 5) + 1', [null, null]],
    ['reduce of nothing', '(v) => v.reduce((a, b) => a + b) + 1', [5, null]],
    ['reduce with what it asks', '(v) => v.reduce((a, b) => a + (b === undefined ? 10 : b), 0)', [14, 10]],
    ['where', '(v) => v.where([false, true, true, false].slice(0, v.length))[0] * 5', [null, null]],
    ['the first of flags', '(ok) => ok.first() * 5', [5, null]],
    ['any', '(ok) => ok.any() * 5', [5, null]],
    ['a filter on its absence', '(v) => v.filter((x) => x === null).length', [1, 1]],
    ['map with its absence', '(v) => v.map((x) => (x === null ? 7 : x)).sum()', [11, 7]],
    ['map with a helper', '(v) => v.map(orSeven).sum()', [11, 7]],
    ['rounding', '(v) => { const m = round(v.lag(3)[0]); return m * 100 }', [null, null]],
    ['clipping', '(v) => { const i = 1; return clip(v[i], 0, 9) * 100 }', [null, null]],
    ['the larger one', '(v) => { const i = 1; return max(v[i], 9) * 100 }', [null, null]],
    ['a year', '(v) => { const d = new Date(v[1]); return year(d) * 12 }', [null, null]],
    [
      "null of the author's own",
      '(v) => { let n = null; for (const x of v) if (x > 2) n = x; return n * 2 }',
      [6, null],
    ],
    [
      'the best so far',
      '(v) => { let best = null; for (const x of v) if (best === null || x > best) best = x; return best }',
      [3, null],
    ],
    ['a table', "(v) => { const r = { a: null }; let s = v.count(); return s + r['a'] }", [null, null]],
    ['a mean of nothing', '(v) => { for (;;) return v.mean() ?? 0 }', [2, 0]],
    ['a mean of nothing, read without loop', '(v) => v.mean() ?? 0', [2, 0]],
    ['a quotient', '(v) => { for (;;) return v.sum() / v.count() ?? -1 }', [2, -1]],
    ['a test of a mean', '(v) => { const m = v.mean(); return m == null ? -1 : m }', [2, -1]],
    ['isNaN', '(v) => { let n = 0; for (const x of v) if (Number.isNaN(x)) n++; return n }', [1, 1]],
    ['typeof', "(v) => { let n = 0; for (const x of v) if (typeof x === 'undefined') n++; return n }", [1, 1]],
  ]

  test('each door', async () => {
    const helper = 'const orSeven = (x) => x === null ? 7 : x\n'
    const source = doors.map(([, body], i) => `export const f${i} = agg(${body})`).join('\n')
    const result = await compute(helper + source)
    const got = doors.map(([name], i) => [name, cells(result?.groups, `f${i}`)])
    expect(got).toEqual(doors.map(([name, , expected]) => [name, expected]))
  })

  test('an input that may be missing', async () => {
    const rows: readonly [string, readonly unknown[]][] = [
      ['(v?: number) => v * 2', [2, null, 6, null]],
      ['(v: number | null) => v + 1', [2, null, 4, null]],
      ['(v) => (v === null ? -1 : v)', [1, -1, 3, -1]],
      ['(v) => (v === undefined ? -1 : v)', [1, -1, 3, -1]],
      ['(v) => { const known = v !== null; return v * 2 }', [2, null, 6, null]],
      ['(v) => { let x = v ?? null; return x * 2 }', [2, null, 6, null]],
      ['(v, w) => (w === undefined || w > 4 ? -1 : v / w)', [0.25, -1, -1, -1]],
      ['(v, w) => w * (v ?? w)', [4, 25, null, null]],
      ['(v, w) => (v == null ? w : v)', [1, 5, 3, null]],
      ['(v) => (isMissing(v) ? 0 : 1)', [1, 0, 1, 0]],
      ['(v) => round(v ?? null) * 2', [2, null, 6, null]],
      ['(v, w) => coalesce(v, w) * 2', [2, 10, 6, null]],
      ['(v) => (v > 1 ? v : null) * 2', [null, null, 6, null]],
    ]
    const result = await compute(rows.map(([body], i) => `export const f${i} = ${body}`).join('\n'))
    expect(rows.map(([body], i) => [body, cells(result?.rows, `f${i}`)])).toEqual(rows)
  })

  test('an aggregate of nothing inside a row feature', async () => {
    const result = await compute(`
      export const centred = (v, w) => w - (v.mean() ?? 0)
      export const strict = (v, w) => w - v.mean()
      export const asked = (v) => (v.mean() == null ? -1 : v - v.mean())
    `)
    expect(cells(result?.rows, 'strict')).toEqual([2, 3, null, null])
    expect(cells(result?.rows, 'centred')).toEqual([2, 3, null, null])
    expect(cells(result?.rows, 'asked')).toEqual([-1, null, 1, null])
  })
})

/** What a body means as an expression is what its function gives, loaded as it is for a run. */
describe('both ways of computing give the same', () => {
  const bodies = [
    'a === null ? 1 : 2',
    'a !== undefined ? a : b',
    'a == null || b === null',
    'a ?? b',
    'a / b ?? 7',
    'a / b === null ? 0 : a / b',
    '(a > 0 ? a : null) * 100',
    '(a > 0 ? a : undefined) ?? -1',
    'isMissing(a / b) ? 1 : 0',
    'Number.isNaN(a / b) ? 1 : 0',
    'isNaN(a) ? 1 : 0',
    'coalesce(a, b) * 2',
    'round(a, 1) * 100',
    'clip(a, 0, b) + 1',
    'helper(a, b)',
    'scaled(a)',
    'scaled(a, null)',
    '({ x: 1, y: null })[t] ?? 9',
    't?.length ?? 0',
    'a >= b ? 1 : 0',
    'a === b',
    'Math.max(a, b) - 1',
    '!(a == null) && b !== null ? 1 : 0',
    'isNaN(a / b) ? 1 : 0',
    'isNaN(t)',
    'isFinite(a / b)',
    'isFinite(t)',
    'Number.isFinite(t)',
    'a == t',
    'a == (b > 0)',
    'a != t ? a : b',
    'min(a / b, 3) ?? 9',
    'max(a, b)',
    'Math.min(a / b, Infinity)',
    'Math.max(a ?? 1, -Infinity) + (b ?? 1)',
    '(-2) ** a',
    'Math.atan2(a > 0 ? 0 : -0, -1)',
    '(2).toFixed(a > 0 ? 1 : 0)',
    "'' + (a > 0 ? a : NaN)",
    "'' + (a > 0 ? a : null)",
    '(a > 0 ? a : NaN) === (b > 0 ? b : NaN)',
    '(a > 0 ? a : null) === (b > 0 ? b : undefined)',
    "t?.trim().toUpperCase() ?? 'none'",
    't?.trim().toUpperCase().length',
    '(a / b)?.toFixed(1)',
    '(a > b ? t : null)?.slice(1).length',
    'year(a > 0 ? null : new Date(0))',
    'month(new Date(0)) + day(new Date(0)) + hour(new Date(0))',
    '({ x: 1, x: 2 })[t]',
    '({ true: 1, false: 2 })[a > b]',
    '({ undefined: 1, none: 2 })[t]',
    '[10, 20][a]',
    '[10, 20][a + b]',
    '[10, 20][Math.abs(a)]',
    '[0, 1].includes(a)',
    'a === NONE',
    '[a / b].includes(a / b)',
    'a == null ? 1 : optional(a)',
    'optional(a > 0 ? a : undefined)',
    'optional(a * 2)',
    'optional()',
    'without()',
    'chosen(a)',
  ]
  /** What cannot be said: the function itself is called. */
  const refused = [
    'scaled(a, null)',
    'a === NONE',
    '[a / b].includes(a / b)',
    'a == null ? 1 : optional(a)',
    'optional(a > 0 ? a : undefined)',
    'chosen(a)',
  ]
  const numbers = [0, 1, -2.5, undefined]
  const helpers = `import { clip, coalesce, day, hour, isMissing, max, min, month, round, year } from 'modeldriver'
const helper = (x, y) => { if (x === null) return null; return y === undefined ? x : x * y }
const scaled = (x, factor = 100) => x * factor
const optional = (x = 7) => x
const without = (x) => x ?? 'nothing'
const chosen = (x) => { switch (x) { case null: return 1; default: return 2 } }
const NONE = null
`
  test.each(bodies)('%s', (body) => {
    const text = `${helpers}export const f = (a, b, t) => ${body}`
    const [feature] = typeScriptReader().read('/p/a.features.ts', text).features
    if (feature?.body.kind !== 'expression') {
      expect(refused).toContain(body)
      return
    }
    expect(refused).not.toContain(body)
    const variable = (name: string): string => name
    const printed = new Function(
      'lib',
      'a',
      'b',
      't',
      `return ${printExpression(feature.body.expression, { nameOf: variable })}`,
    )
    const options = {
      readText: (path: string) => (path === '/p/a.features.ts' ? text : undefined),
      library,
      timeoutMs: 2000,
    }
    const own = createLoader().load('/p/a.features.ts', options).exports.f as (...given: unknown[]) => unknown
    for (const a of numbers)
      for (const b of numbers)
        for (const t of ['x', 'y', 'none', undefined])
          expect([a, b, t, present(printed(printedLibrary, a, b, t))]).toEqual([a, b, t, present(own(a, b, t))])
  })
})
