import { type AggregateName, type Compare, type Expression, isWindowName, type Literal } from '../../ir/expression.ts'
import { type ReadingState, Untranslatable } from './scope.ts'

export const literal = (value: Literal['value']): Literal => ({ kind: 'literal', value })
/** What is not there: `undefined`. */
export const missing: Literal = { kind: 'literal', value: null, isUndefined: true }

export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: 'call', name, args })

export const choose = (test: Expression, then: Expression, otherwise: Expression): Expression => ({
  kind: 'if',
  test,
  then,
  else: otherwise,
})

export const compare = (op: Compare['op'], left: Expression, right: Expression): Compare => ({
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
  if (canBeNothing(value, state)) state.mayBeNothing.add(name)
  return { kind: 'let', name, value, body: body({ kind: 'local', name }) }
}

/** Whether a value can be the missing one itself, in whose place a default value steps; NaN is none. */
export function canBeNothing(value: Expression, state: ReadingState): boolean {
  const can = (part: Expression) => canBeNothing(part, state)
  switch (value.kind) {
    case 'literal':
      return value.value === null
    case 'input':
    case 'local':
      return state.mayBeNothing.has(value.name)
    case 'let':
      return can(value.body)
    case 'if':
      return can(value.then) || can(value.else)
    case 'logic':
      return can(value.right) || (value.op !== 'coalesce' && can(value.left))
    case 'call':
      return givesNothing.has(value.name)
    case 'aggregate':
      return /^(?:any|all|first|last|min|max|mode)$/.test(value.name)
    case 'vector':
      return isWindowName(value.name)
    default:
      return false
  }
}

const givesNothing: ReadonlySet<string> = new Set(
  'coalesce clip round least greatest year month day hour weekday quarter isWeekend isoWeek daysBetween monthsBetween text.at text.part text.codePointAt'.split(
    ' ',
  ),
)

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
  const tests = options.map((option): Expression => compare('==', value, option))
  return tests.length === 0 ? literal(false) : tests.reduce((left, right) => ({ kind: 'logic', op: 'or', left, right }))
}
