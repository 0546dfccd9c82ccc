// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import { expect, test } from 'vitest'
import { printExpression } from '../print.ts'
import { typeScriptReader } from './reader.ts'

const library =
  "import { sum, max, min, round, month, isMissing, variance } from 'modeldriver'\nimport * as md from 'modeldriver'\n"

function bodyOf(source: string, before = '') {
  const text = `${library}${before}\nexport const f = ${source}`
  const feature = typeScriptReader()
    .read('/p/a.features.ts', text)
    .features.find(({ name }) => name === 'f')
  if (!feature) throw new Error('no feature f')
  return feature.body
}

/** The printed expression, or `opaque: reason`, with `[evidence]`. */
function read(source: string, before?: string): string {
  const body = bodyOf(source, before)
  if (body.kind === 'expression') return printExpression(body.expression)
  return `opaque: ${body.reason}${body.aggregates === undefined ? '' : ` [${body.aggregates}]`}`
}

test('the expression of a margin, as plain data', () => {
  expect(bodyOf('(revenue, cost) => (revenue - cost) / revenue * 100')).toMatchInlineSnapshot(`
    {
      "expression": {
        "kind": "binary",
        "left": {
          "kind": "binary",
          "left": {
            "kind": "binary",
            "left": {
              "kind": "input",
              "name": "revenue",
            },
            "op": "-",
            "right": {
              "kind": "input",
              "name": "cost",
            },
          },
          "op": "/",
          "right": {
            "kind": "input",
            "name": "revenue",
          },
        },
        "op": "*",
        "right": {
          "kind": "literal",
          "value": 100,
        },
      },
      "kind": "expression",
    }
  `)
})

test('the expression of a filtered aggregate with a local, as plain data', () => {
  expect(
    bodyOf('(margin) => {\n  const good = margin.filter((m) => m > 0)\n  return good.sum() / good.length\n}'),
  ).toMatchInlineSnapshot(`
    {
      "expression": {
        "body": {
          "kind": "binary",
          "left": {
            "args": [],
            "kind": "aggregate",
            "name": "sum",
            "of": {
              "kind": "local",
              "name": "good",
            },
          },
          "op": "/",
          "right": {
            "args": [],
            "kind": "aggregate",
            "name": "length",
            "of": {
              "kind": "local",
              "name": "good",
            },
          },
        },
        "kind": "let",
        "name": "good",
        "value": {
          "args": [
            {
              "kind": "compare",
              "left": {
                "kind": "local",
                "name": "m",
              },
              "op": ">",
              "right": {
                "kind": "literal",
                "value": 0,
              },
            },
          ],
          "item": "m",
          "kind": "vector",
          "name": "filter",
          "of": {
            "kind": "input",
            "name": "margin",
          },
        },
      },
      "kind": "expression",
    }
  `)
})

test.each([
  ['(a, b) => -a + +b * 2 ** 3 % 4', '-a + +b * 2 ** 3 % 4'],
  ['(a, b, c) => a - (b - c)', 'a - (b - c)'],
  ['(a, b) => a > b && !(a === 1) || b !== null', 'a > b && !(a == 1) || b != null'],
  ['(a) => (a as number)! ?? -1', 'a ?? -1'],
  ['(a) => a > 10 ? "high" : a > 5 ? "mid" : \'low\'', "a > 10 ? 'high' : a > 5 ? 'mid' : 'low'"],
  ['(a) => `${a}`', "'' + a"],
  ['(a, b) => `x${a}-${b}!`', "'x' + a + '-' + b + '!'"],
  ['() => 0xff + 1_000 + 1e3', '255 + 1000 + 1000'],
  ['(a) => a * Math.PI', `a * ${Math.PI}`],
  ['(a) => undefined', 'null'],
  ["({ 'Unit Price': p, qty: q }) => p * q", '[Unit Price] * qty'],
  ['(p = 0.2) => p * 2', '(p ?? 0.2) * 2'],
])('values: %s', (source, expected) => {
  expect(read(source)).toBe(expected)
})

test.each([
  ['(a) => { if (a > 1) return 1; return 2 }', 'a > 1 ? 1 : 2'],
  ['(a) => { if (a > 1) { return 1 } else if (a > 0) return 2; else { return 3 } }', 'a > 1 ? 1 : a > 0 ? 2 : 3'],
  ['(a) => { if (a > 1) return 1 }', 'a > 1 ? 1 : null'],
  ['(a) => { if (a > 1) { if (a > 2) return 2 } return 1 }', 'a > 1 ? a > 2 ? 2 : 1 : 1'],
  ['(a, b) => { const d = a - b; return d / a }', 'd = a - b; d / a'],
  ['(a, b) => { const d = a - b, r = d / a; return r }', 'd = a - b; r = d / a; r'],
  ['(a) => { const b = a; return b + 1 }', 'a + 1'],
  [
    '(a) => { const d = a + 1; { const d = a + 2; if (d > 1) return d } return d }',
    'd = a + 1; d_2 = a + 2; d_2 > 1 ? d_2 : d',
  ],
  ['(a) => { if (a > 0) { const d = a + 2 } return a }', 'a > 0 ? (d = a + 2; a) : a'],
  [
    '(a) => { switch (a) { case 1: case 2: return "x"; case 3: return "y"; default: return "z" } }',
    "a == 1 || a == 2 ? 'x' : a == 3 ? 'y' : 'z'",
  ],
  ['(a) => { switch (a) { case 1: return "x" } return "z" }', "a == 1 ? 'x' : 'z'"],
  ['(a) => { const twice = (x) => x * 2; return twice(a) + 1 }', 'a * 2 + 1'],
  ['(a) => { function twice(x) { return x * 2 } return twice(a + 1) }', 'x = a + 1; x * 2'],
  ["(a) => { 'use strict'; return a }", 'a'],
])('statements: %s', (source, expected) => {
  expect(read(source)).toBe(expected)
})

test.each([
  ['(a) => Math.round(a) + Math.max(a, 1, 2)', 'round(a) + max(a, 1, 2)'],
  ['(a) => round(a, 2) + month(a)', 'round(a, 2) + month(a)'],
  ['(s) => s.trim().toLowerCase().includes("x")', "s.trim().lower().includes('x')"],
  ['(s) => s?.toUpperCase()', 's == null ? null : s.upper()'],
  ['(s) => s.length > 3', 's.length() > 3'],
  ['(s) => s.split("-")[1]', "s.part('-', 1)"],
  [
    '(s) => s.slice(0, -1) + s.replace("a", "b") + s.padStart(3, "0")',
    "s.slice(0, -1) + s.replace('a', 'b') + s.padStart(3, '0')",
  ],
  ['(d) => d.getUTCFullYear() * 100 + d.getUTCMonth()', 'd.year() * 100 + d.month()'],
  ['(d) => d.toISOString().slice(0, 10)', 'd.iso().slice(0, 10)'],
  ['(d) => new Date(d).getTime()', 'date(d).time()'],
  ['(a) => Number(a) + String(a) + Boolean(a)', 'number(a) + text(a) + boolean(a)'],
  ['(a) => isMissing(a) || Number.isNaN(a)', 'isMissing(a) || Number.isNaN(a)'],
  ['(a) => ["x", "y"].includes(a)', "a == 'x' || a == 'y'"],
])('functions of one value: %s', (source, expected) => {
  expect(read(source)).toBe(expected)
})

test.each([
  ['(a) => a.sum()', 'a.sum()'],
  ['(a) => a.quantile(0.9) - a.median()', 'a.quantile(0.9) - a.median()'],
  ['(a) => sum(a) + md.mean(a) + variance(a)', 'a.sum() + a.mean() + a.var()'],
  ['(a) => max(a) - min(a) + max(1, 2)', 'a.max() - a.min() + max(1, 2)'],
  ['(a, ok) => a.filter(ok).sum()', 'a.filter(ok).sum()'],
  ['(a) => a.filter((x) => x > 0).map((x) => x * 2).mean()', 'a.filter(x => x > 0).map(x_2 => x_2 * 2).mean()'],
  ['(a) => a.filter(Boolean).count()', 'a.filter(value => boolean(value)).count()'],
  ['(a) => a.map(half).max()', 'a.map(x => x / 2).max()'],
  ['(a, ok) => a.where(ok, 0).sum() / a.length', 'a.where(ok, 0).sum() / a.length'],
  ['(a) => a.sort().first() - a.lag(1).last()', 'a.sort().first() - a.lag(1).last()'],
  ['(a: Column) => a.length', 'a.length'],
  ['(a) => /* #agg */ a.length', 'a.length'],
  ['(a) => spread(a)', 'a.max() - a.min()'],
  ['(a, ok) => spread(a.filter(ok))', 'x = a.filter(ok); x.max() - x.min()'],
  ['(a) => a.map((s) => s.length).max()', 'a.map(s => s.length()).max()'],
])('columns: %s', (source, expected) => {
  expect(read(source, 'const half = (x) => x / 2\nfunction spread(x) { return x.max() - x.min() }\n')).toBe(expected)
})

test.each([
  ['const RATE = 0.2', '(a) => a * RATE', 'a * 0.2'],
  ['const DAY = 24 * HOUR\nconst HOUR = 3600', '(a) => a / DAY', 'a / (24 * 3600)'],
  [
    'const NAMES = { a: "Alpha", "b c": "Beta" } as const',
    '(k) => NAMES[k] ?? "?"',
    "(k == 'a' ? 'Alpha' : k == 'b c' ? 'Beta' : null) ?? '?'",
  ],
  ['const T = { x: 1 }', '() => T.x + T["x"]', '1 + 1'],
  ['const SIZE = { 1: "s", 2: "m" }', '(k) => SIZE[k]', "text(k) == '1' ? 's' : text(k) == '2' ? 'm' : null"],
  ['const DAYS = ["mon", "tue"]', '(k) => DAYS[k - 1]', "key = k - 1; key == 0 ? 'mon' : key == 1 ? 'tue' : null"],
  ['const DAYS = ["mon"]', '(k) => DAYS[k]', "text(k) == '0' ? 'mon' : null"],
  ['const VIP = new Set(["x"])', '(k) => VIP.has(k)', "k == 'x'"],
  ['const fee = (x, rate = 0.1) => x * rate', '(a) => fee(a) + fee(a, 2)', 'a * 0.1 + a * 2'],
  ['function a2(x) { return b2(x) }\nconst b2 = (x) => x + 1', '(a) => a2(a)', 'a + 1'],
  ['export const other = (x) => x + 1', '(a) => other(a)', 'a + 1'],
])('the file around: %s, %s', (before, source, expected) => {
  expect(read(source, before)).toBe(expected)
})

test.each([
  ['(a) => { let t = 0; for (const x of a) t += x; return t }', 'a variable that may change [a loop over a]'],
  ['(a) => { for (const x of a) return x }', 'a for loop [a loop over a]'],
  ['(a) => { for (let i = 0; i < a.length; i++) if (a[i]) return i }', 'a for loop [a loop over a]'],
  ['(a) => { const all = a; for (const x of all) return x }', 'a for loop [a loop over all]'],
  ['(s: string) => { for (const x of s) return x }', 'a for loop'],
  ['(a) => a.reduce((x, y) => x + y)', 'the method .reduce() [a.reduce()]'],
  ['(a) => Math.max(...a)', 'a spread of values [...a]'],
  ['(a) => new Set(a).size', "the property '.size' [new Set(a)]"],
  ['(a) => gini(a)', 'a for loop [a loop over xs]'],
  ['(a) => a.map((x, i) => x * i).sum()', '.map() with the position of each value [a.map()]'],
  ['(a) => a.rolling(3)', 'the method .rolling() [a.rolling()]'],
  ['(a) => /x/.test(a)', 'a regular expression'],
  ['(a) => a.replace(/x/g, "")', 'a regular expression'],
  ['(a) => { try { return a } catch { return 1 } }', 'a try block'],
  ['(a) => { throw new Error(a) }', 'a throw'],
  ['(a) => { a = 2; return a }', 'an assignment'],
  ['(a) => { const { b } = a; return b }', 'destructuring'],
  ['(a) => { console.log(a); return a }', 'a statement with an effect'],
  ['(a) => a * Math.random()', 'a call of Math.random()'],
  ['(a) => a - Date.now()', 'a call of Date.now()'],
  ['(a) => a - new Date()', 'new Date(), which is another one at each run'],
  ['(a) => a.getFullYear()', '.getFullYear(), which asks for local time'],
  ['(a) => other(a)', "a call of 'other' of './other'"],
  ['(a) => unknown(a)', 'a call of unknown()'],
  ['(a) => a + unknown', "the name 'unknown', which is not known here"],
  ['(a) => loops(a)', 'recursion'],
  ['(a) => CHAIN', "'CHAIN', which needs itself"],
  ['(a) => COUNTER + a', "'COUNTER', which is no constant"],
  ['(a) => [a]', 'a list as a value'],
  ['(a) => ({ a })', 'an object as a value'],
  ['(a) => a.', 'an unfinished expression'],
  ['(a) => a & 1', 'a bit operation'],
  ['(a) => a === NaN', 'a comparison with NaN'],
  ['(a) => a[0]', 'a value taken by its position'],
  ['(a, b) => (a + b).sum()', 'the method .sum() of a single value'],
])('opaque: %s', (source, expected) => {
  const before = `import { other } from './other'
function gini(xs) { for (const x of xs) return x }
function loops(x) { return x > 0 ? loops(x - 1) : 0 }
const CHAIN = CHAIN2
const CHAIN2 = CHAIN
let COUNTER = 0
`
  expect(read(source, before)).toBe(`opaque: ${expected}`)
})

test('a body that only hands its inputs on says nothing', () => {
  const before = "import { score } from './score'\nconst through = (x) => score(x)\n"
  expect(bodyOf('(a, b) => score(a, b) * 2', before)).toMatchObject({ saysNothing: true })
  expect(bodyOf('(a) => through(a)', before)).toMatchObject({ saysNothing: true })
  expect(bodyOf('(a) => { const b = a; return score(b) }', before)).toMatchObject({ saysNothing: true })
  expect(bodyOf('(a, b) => score(a) + b', before)).not.toHaveProperty('saysNothing')
  expect(bodyOf('(a) => { for (;;) score(a) }', before)).toMatchObject({ kind: 'opaque', saysNothing: true })
})

test('branches that multiply are given up, not followed', () => {
  const branches = Array.from({ length: 40 }, (_, i) => `if (a > ${i}) { if (a < ${i}) return ${i} }`).join('\n')
  expect(read(`(a) => { ${branches} return a }`)).toBe('opaque: very many branches')
  expect(read(`(a) => ${'a + '.repeat(900)}a`)).toMatch(/^a \+ a/)
})
