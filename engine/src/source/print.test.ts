import { expect, test } from 'vitest'
import type { Expression } from '../ir/expression.ts'
import { printExpression } from './print.ts'

const a: Expression = { kind: 'input', name: 'a' }
const b: Expression = { kind: 'input', name: 'b' }
const x: Expression = { kind: 'local', name: 'x' }
const plus = (left: Expression, right: Expression): Expression => ({ kind: 'binary', op: '+', left, right })
const minus = (left: Expression, right: Expression): Expression => ({ kind: 'binary', op: '-', left, right })
const times = (left: Expression, right: Expression): Expression => ({ kind: 'binary', op: '*', left, right })
const logic = (op: 'and' | 'or' | 'coalesce', left: Expression, right: Expression): Expression => ({
  kind: 'logic',
  op,
  left,
  right,
})

test.each<[string, Expression]>([
  ["'it\\'s'", { kind: 'literal', value: "it's" }],
  ['null', { kind: 'literal', value: null }],
  ['[Unit Price]', { kind: 'input', name: 'Unit Price' }],
  ['größe', { kind: 'input', name: 'größe' }],
  ['a - b - a', minus(minus(a, b), a)],
  ['a - (b - a)', minus(a, minus(b, a))],
  ['(a + b) * a', times(plus(a, b), a)],
  ['a + b * a', plus(a, times(b, a))],
  ['-(a + b)', { kind: 'unary', op: '-', of: plus(a, b) }],
  ['(a || b) && a', logic('and', logic('or', a, b), a)],
  ['a && b || a', logic('or', logic('and', a, b), a)],
  ['(a ?? b) + a', plus(logic('coalesce', a, b), a)],
  ['(a + b).round()', { kind: 'call', name: 'text.round', args: [plus(a, b)] }],
  ['round(a + b, a)', { kind: 'call', name: 'round', args: [plus(a, b), a] }],
  ['a.quantile(b)', { kind: 'aggregate', name: 'quantile', of: a, args: [b] }],
  ['a.length', { kind: 'aggregate', name: 'length', of: a, args: [] }],
  ['a.filter(b)', { kind: 'vector', name: 'filter', of: a, args: [b] }],
  ['a.map(x => x + b)', { kind: 'vector', name: 'map', of: a, args: [plus(x, b)], item: 'x' }],
  ['x = a; x + b', { kind: 'let', name: 'x', value: a, body: plus(x, b) }],
])('%s', (expected, expression) => {
  expect(printExpression(expression)).toBe(expected)
})

test('a conditional gets parentheses inside of anything else', () => {
  // biome-ignore lint/suspicious/noThenProperty: the IR's word for it
  const choice: Expression = { kind: 'if', test: a, then: b, else: a }
  expect(printExpression(choice)).toBe('a ? b : a')
  expect(printExpression(plus(choice, b))).toBe('(a ? b : a) + b')
})
