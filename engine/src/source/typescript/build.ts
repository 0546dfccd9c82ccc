import type { AggregateName, Compare, Expression, Literal } from '../../ir/expression.ts'
import { type ReadingState, Untranslatable } from './scope.ts'

export const literal = (value: Literal['value']): Literal => ({ kind: 'literal', value })
export const missing: Literal = literal(null)

export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: 'call', name, args })

export const choose = (test: Expression, then: Expression, otherwise: Expression): Expression => ({
  kind: 'if',
  test,
  then,
  else: otherwise,
})

export const compare = (op: Compare['op'], left: Expression, right: Expression): Expression => ({
  kind: 'compare',
  op,
  left,
  right,
})

/** Costs nothing to write twice. */
export const isSimple = (expression: Expression): boolean =>
  expression.kind === 'literal' || expression.kind === 'input' || expression.kind === 'local'

/** Gives `value` a name unless it is simple, so that `body` can use it more than once. */
export function named(
  wanted: string,
  value: Expression,
  state: ReadingState,
  body: (value: Expression) => Expression,
): Expression {
  if (isSimple(value)) return body(value)
  const name = state.freshName(wanted)
  if (value.kind === 'vector') state.columns.add(name)
  return { kind: 'let', name, value, body: body({ kind: 'local', name }) }
}

/** The column that an expression is, when it can be one: an input, a column made from one, or a local that holds it. */
export function columnOf(expression: Expression, state: ReadingState): Expression | undefined {
  if (expression.kind === 'input' || expression.kind === 'vector') return expression
  if (expression.kind === 'local') return state.columns.has(expression.name) ? expression : undefined
  // An input with a default value.
  if (expression.kind === 'logic' && expression.op === 'coalesce' && expression.left.kind === 'input')
    return expression.left
  return undefined
}

export function aggregate(
  name: AggregateName,
  of: Expression,
  args: readonly Expression[],
  state: ReadingState,
): Expression {
  const column = columnOf(of, state)
  if (!column) throw new Untranslatable(`the method .${name}() of a single value`, { isMistake: true })
  return { kind: 'aggregate', name, of: column, args }
}

/** `x == a || x == b || …`; false for none. */
export function oneOf(value: Expression, options: readonly Expression[]): Expression {
  const tests = options.map((option) => compare('==', value, option))
  return tests.length === 0 ? literal(false) : tests.reduce((left, right) => ({ kind: 'logic', op: 'or', left, right }))
}
