// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Expression } from '../../ir/expression.ts'
import { typeScriptReader } from './reader.ts'

// The IR explains the author's function, so both must give the same: each source is run as JavaScript, and its expression by
// the small evaluator below, on the same random values.

type Cell = number | string | boolean | null
type Scope = Readonly<Record<string, unknown>>

test.each([
  ['(a, b) => (a - b) / a * 100 % 7'],
  ['(a, b) => a > b ? a : b >= 3 ? -b : (+a) ** 2'],
  ['(a, b) => a == null ? b : b !== null && a < b || a === 4'],
  ['(a, b) => (a ?? b) ?? 7'],
  [
    '(a, b) => { if (a > 3) { if (b > 3) return "both"; const c = a * 2; if (c > 10) return c } else if (b == null) return 0; return a + 1 }',
  ],
  ['(a, b) => { const d = a - b; { const d = a + b; if (d > 5) return d } return d }'],
  ['(a, b) => { const x = a + 1; const y = x * b; const x2 = y - x; return x2 / y }'],
  [
    '(a) => { switch (a) { case 1: case 2: return "low"; case 3: { return "mid" } default: return "high"; case 5: return "five" } }',
  ],
  ['(a) => { switch (a) { case 1: return "one"; case 2: return "two" } return "many" }'],
  ['(a, b) => `${a}-${b}|`'],
  ['(a, b) => net(a, net(b, a)) + net(a)'],
  ['(a, b) => { const net = (x) => x * 3; return net(a) - net(b) }'],
  ['(a) => NAMES[a] ?? "none"'],
  ['(a) => DAYS[a - 1]'],
  ['(a, b) => [1, 2, b].includes(a) ? LIMIT : -LIMIT'],
  ['(a) => VIP.has(a)'],
  ['(a, b) => Math.max(a, b, 2) - Math.round(a / 3) + Math.abs(-b)'],
  ['(a) => String(a).padStart(3, "0").slice(-2) + String(a).length'],
  ['(a, b) => { const s = `${a}_${b}`; return s.split("_")[1] + s.toUpperCase().indexOf("_") }'],
  ['(a) => { const d = new Date(a * 86400000 * 31); return d.getUTCFullYear() * 100 + d.getUTCMonth() }'],
  ['(a) => new Date(a * 86400000).toISOString().slice(0, 10)'],
  ['(a, b) => !a || !!b && a'],
])('%s', (source) => {
  const around = `const LIMIT = 2 * 3
const NAMES = { 1: 'one', 2: 'two', five: 'no' }
const DAYS = ['mon', 'tue', 'wed']
const VIP = new Set([2, 4])
function net(x, y = LIMIT) { const z = x - y; return z }
`
  const run = new Function(`${around}return (${source})`)()
  const [feature] = typeScriptReader().read('/p/a.features.ts', `${around}export const f = ${source}`).features
  const body = feature?.body
  if (body?.kind !== 'expression') throw new Error(`opaque: ${body?.reason}`)
  const cell = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.constant(null))
  const value = source.includes('null') || source.includes('??') ? cell : fc.integer({ min: -2, max: 9 })
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(evaluate(body.expression, { a, b }, {})).toEqual(run(a, b) ?? null)
    }),
  )
})

const binary: Readonly<Record<string, (a: never, b: never) => unknown>> = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '**': (a: number, b: number) => a ** b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: Cell, b: Cell) => a === b,
  '!=': (a: Cell, b: Cell) => a !== b,
}

const calls: Readonly<Record<string, (...args: never[]) => unknown>> = {
  max: Math.max,
  round: Math.round,
  abs: Math.abs,
  text: (a: Cell) => String(a),
  'text.padStart': (a: string, n: number, fill: string) => a.padStart(n, fill),
  'text.slice': (a: string, from: number, to?: number) => a.slice(from, to),
  'text.length': (a: string) => a.length,
  'text.upper': (a: string) => a.toUpperCase(),
  'text.indexOf': (a: string, part: string) => a.indexOf(part),
  'text.part': (a: string, separator: string, i: number) => a.split(separator)[i],
  date: (a: number) => new Date(a),
  'date.year': (a: Date) => a.getUTCFullYear(),
  'date.month': (a: Date) => a.getUTCMonth(),
  'date.iso': (a: Date) => a.toISOString(),
}

function evaluate(e: Expression, inputs: Scope, locals: Scope): unknown {
  const of = (part: Expression) => evaluate(part, inputs, locals)
  switch (e.kind) {
    case 'literal':
      return e.value
    case 'input':
      return inputs[e.name]
    case 'local':
      return locals[e.name]
    case 'let':
      return evaluate(e.body, inputs, { ...locals, [e.name]: of(e.value) })
    case 'unary':
      return e.op === '!' ? !of(e.of) : e.op === '-' ? -(of(e.of) as number) : +(of(e.of) as number)
    case 'binary':
    case 'compare':
      return binary[e.op]?.(of(e.left) as never, of(e.right) as never)
    case 'logic':
      if (e.op === 'and') return of(e.left) && of(e.right)
      return e.op === 'or' ? of(e.left) || of(e.right) : (of(e.left) ?? of(e.right))
    case 'if':
      return of(e.test) ? of(e.then) : of(e.else)
    case 'call': {
      const fn = calls[e.name]
      if (!fn) throw new Error(`no function ${e.name}`)
      return fn(...(e.args.map(of) as never[]))
    }
    default:
      throw new Error(`no ${e.kind} of one value`)
  }
}
