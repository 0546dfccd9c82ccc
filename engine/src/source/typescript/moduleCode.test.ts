import { expect, test } from 'vitest'
import { moduleCode } from './moduleCode.ts'

const read = (text: string) => moduleCode('/a.features.ts', text)
const unsteady = (text: string) => read(text).declarations.get('f')?.unsteady

test.each([
  ['x + Math.random()', 'Math.random()'],
  ['x - Date.now()', 'Date.now()'],
  ['x - new Date()', 'new Date()'],
  ["x * Math['random']()", 'Math'],
  ['eval(x)', 'eval'],
  ['new Function("return 1")()', 'Function'],
  ['console.log(x)', 'console.log()'],
  ['other_program + x', 'other_program'],
  ['this.rate * x', 'this'],
  ["new Intl.DateTimeFormat('en').format()", 'Intl'],
])('%s may be another value each time', (body, text) => {
  expect(unsteady(`export function f(x) { return ${body} }`)).toBe(text)
})

test.each([
  'Math.round(x) + Math.PI',
  'new Date(x).getUTCDay()',
  'x instanceof Date',
  'x.map((y) => y + 1).sum()',
  'undefined ?? Number(x)',
])('%s is the same each time', (body) => {
  expect(unsteady(`export const f = (x) => ${body}`)).toBeUndefined()
})

test.each([
  ['let counter = 0\nexport const f = (x) => counter++', ['counter']],
  ['const seen = new Set()\nexport const f = (x) => seen.add(x).size', ['seen']],
  ['const seen = make()\nexport const f = (x) => seen.add(x).size', ['seen']],
  ['const rates = { a: 1 }\nexport const f = (x) => (rates.a = x)', ['rates']],
  ['const rates = { a: 1 }\nconst done = delete rates.a', ['rates']],
  ['const rows = [1]\nconst all = [rows]\nexport const f = (x) => (all[0][0] = x)', ['all', 'rows']],
  ['const rates = [1]\nObject.assign(rates, [2])', ['rates']],
  ['const rates = [1]\nArray.prototype.push.call(rates, 2)', ['rates']],
  ['let a, b\nfunction f() { ;[a, { x: b }] = [1, { x: 2 }] }', ['a', 'b']],
  ['const word = /o/g\nexport const f = (x) => word.test(x)', ['word']],
  ['const word = /o/\nexport const f = (x) => word.test(x)', []],
  ['const rates = [1]\nexport const f = (x) => { const rates = []; rates.push(x); return rates.length }', []],
  ['class Money { constructor(x) { this.x = x; [1].forEach((y) => { this.y = y }) } }', []],
  ['export const f = (x) => { let n = 0; for (let i = 0; i < 3; i++) n += i; return n }', []],
])('what is changed is known: %s', (text, names) => {
  const { changes } = read(text)
  expect([...changes.names]).toEqual(names)
  expect(changes.isOther).toBe(false)
})

test.each([
  'export const f = (x) => { const r = rates; r.a = 1; return x }\nconst rates = {}',
  'const rows = [{ a: 1 }]\nconst f = () => rows.forEach((row) => { row.a = 2 })',
  'const rows = [{ a: 1 }]\nfunction f() { for (const row of rows) row.a = 2 }',
  "import { rates } from './rates'\nexport const f = (x) => (rates.a = x)",
  'class Counter { n = 0; add() { return this.n++ } }',
  'class Table { constructor(rows) { this.rows.push(rows) } }',
  'class Table { constructor(rows) { this.add = function () { this.n = 1 } } }',
  'const rows = new Map()\nexport const f = (x) => rows.get(x).push(1)',
  'const rows = [1]\nconst of = () => rows\nexport const f = (x) => (of()[0] = x)',
  'const rows = [1]\nconst same = (a) => a\nexport const f = (x) => same(rows).push(x)',
  'const rows = [1]\nexport const f = (x, all = rows) => all.push(x)',
  'const rows = [1]\nexport const f = ({ x, all: [first] = [rows] }) => first.push(x)',
  'String.prototype.shout = function () { return this.toUpperCase() }',
  'function f() { const { rows } = table; rows.push(1) }\nconst table = { rows: [] }',
])('it may be anything that is changed: %s', (text) => {
  expect(read(text).changes.isOther).toBe(true)
})

test('a function that changes what it is given is known by its name', () => {
  const { changes } = read('function add(list, x) { list.push(x) }\nexport const f = (x) => add([], x)')
  expect(changes).toEqual({ names: new Set(), parameters: new Set(['add']), isOther: false })
})

test.each([
  ["import './patch'", ['./patch'], false],
  ["import type { Rate } from './rates'", [], false],
  ["export * from './rates'", ['./rates'], false],
  ["export type { Rate } from './rates'", [], false],
  ["'use strict'\nconst a = 1\nfunction f() {}\ninterface I {}\ndeclare const x: number\nexport default f", [], false],
  ['const a = [1]\na.push(2)', [], true],
  ['export default make()', [], true],
])('what it does while it is loaded: %s', (text, loads, isLoose) => {
  const code = read(text)
  expect(code.loads).toEqual(loads)
  expect(code.loose !== undefined).toBe(isLoose)
})

test('what may be changed is told from what cannot', () => {
  const { declarations } = read(
    'const a = 1, b = a + 1, c = `x`, d = [1], e = { x: 1 }, g = Date.UTC(2025, 1, 1), h = a ?? []\nfunction f() {}\nenum E { A }\nlet i = 1',
  )
  expect([...declarations].filter(([, { isObject }]) => isObject).map(([name]) => name)).toEqual(['d', 'e', 'h', 'i'])
})

test.each([
  ['const f = (() => { let n = 0; return () => ++n })()', true],
  ['function f() { let n = 0; return () => n++ }', true],
  ['function f(n) { return () => { n += 1; return n } }', true],
  ['const f = remembered((cache) => (x) => (cache[x] = x))', true],
  ['const f = (() => { const all = {}; for (let i = 0; i < 3; i++) all[i] = i; return all })()', false],
  ['const f = (xs) => { let n = 0; for (const x of xs) n += x; return n }', false],
])('what remembers something from call to call: %s', (text, keepsState) => {
  expect(read(text).declarations.get('f')?.keepsState ?? false).toBe(keepsState)
})

test.each([500, 5_000, 50_000])('what is nested %i deep is not read, and so counts as a whole', (depth) => {
  const text = `const f = ${'('.repeat(depth)}1${' + 1)'.repeat(depth)}`
  const { declarations, loose } = read(text)
  expect(declarations.size === 1 || loose === text).toBe(true)
})
