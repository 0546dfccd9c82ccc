import type { Binary, Compare, Expression, Logic } from '../../ir/expression.ts'
import { call, canBeNothing, choose, columnOf, compare, literal, missing, named } from './build.ts'
import { askOf, translateCall } from './calls.ts'
import { ownParameters, propertyOf } from './inputs.ts'
import { mathConstants, numberConstants } from './library.ts'
import { lookUp } from './lookup.ts'
import {
  assignment,
  comparedWithNothing,
  expressionObstacle,
  operatorObstacle,
  positionObstacle,
  propertyObstacle,
} from './obstacles.ts'
import { bare, type FunctionNode, isFunctionNode, ts } from './parse.ts'
import { type Binding, innerScope, type ReadingState, type Scope, type Translator, Untranslatable } from './scope.ts'
import { translateBlock } from './statements.ts'

/** Reads the value a feature's function returns. Throws `Untranslatable` where the IR has no words for it. */
export function translateFunction(fn: FunctionNode, scope: Scope, state: ReadingState): Expression {
  const t = makeTranslator(state)
  const bindings = new Map<string, Binding>()
  const bind = (local: string, name: string, initializer: ts.Expression | undefined): void => {
    const input: Expression = { kind: 'input', name }
    const expression: Expression = initializer
      ? { kind: 'logic', op: 'coalesce', left: input, right: t.expression(initializer, innerScope(scope, bindings)) }
      : input
    bindings.set(local, { kind: 'value', expression })
  }
  for (const { name, initializer } of ownParameters(fn)) {
    if (ts.isIdentifier(name)) bind(name.text, name.text, initializer)
    else
      for (const element of name.elements)
        if (ts.isBindingElement(element) && ts.isIdentifier(element.name))
          bind(element.name.text, propertyOf(element)?.text ?? '', element.initializer)
  }
  return state.within(fn, 'recursion', () => translateBody(fn, innerScope(scope, bindings), t))
}

function makeTranslator(state: ReadingState): Translator {
  const t: Translator = {
    state,
    expression(node, scope) {
      try {
        return translate(node, scope, t)
      } catch (error) {
        if (error instanceof Untranslatable) error.places.push(node)
        throw error
      }
    },
    inline: (node, scope, args) => inline(node, scope, args, t),
    binding(node, scope) {
      const value = bare(node)
      if (isFunctionNode(value)) return { kind: 'function', node: value, scope }
      const known = ts.isIdentifier(value) ? scope.find(value.text) : undefined
      return known?.kind === 'function' ? known : { kind: 'value', expression: t.expression(value, scope) }
    },
  }
  return t
}

function translateBody(fn: FunctionNode, scope: Scope, t: Translator): Expression {
  if (!fn.body) throw new Untranslatable('a function without a body', { isMistake: true })
  return ts.isBlock(fn.body) ? translateBlock(fn.body, scope, t) : t.expression(fn.body, scope)
}

function inline(fn: FunctionNode, scope: Scope, args: readonly Binding[], t: Translator): Expression {
  if (fn.asteriskToken || fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword))
    throw new Untranslatable('a helper that is async or a generator')
  const bindings = new Map<string, Binding>()
  const inner = innerScope(scope, bindings)
  const parameters = ownParameters(fn)

  const bindFrom = (index: number): Expression => {
    const parameter = parameters[index]
    if (!parameter) return t.state.within(fn, 'recursion', () => translateBody(fn, inner, t))
    const { name, initializer, dotDotDotToken } = parameter
    if (!ts.isIdentifier(name) || dotDotDotToken) throw new Untranslatable('a helper with a pattern as parameter')
    const byDefault = (): Binding =>
      initializer ? t.binding(initializer, inner) : { kind: 'value', expression: missing }
    const given = args[index] ?? byDefault()
    if (initializer && args[index] && given.kind === 'value' && canBeNothing(given.expression, t.state))
      throw new Untranslatable('a default value in place of a missing one')
    const next = (binding: Binding): Expression => {
      bindings.set(name.text, binding)
      return bindFrom(index + 1)
    }
    if (given.kind !== 'value') return next(given)
    return named(name.text, given.expression, t.state, (expression) => next({ kind: 'value', expression }))
  }
  return bindFrom(0)
}

function translate(node: ts.Expression, scope: Scope, t: Translator): Expression {
  t.state.spend()
  const inner = bare(node)
  if (ts.isIdentifier(inner)) return translateName(inner.text, scope, t)
  if (ts.isNumericLiteral(inner)) return literal(Number(inner.text))
  if (ts.isStringLiteralLike(inner)) return literal(inner.text)
  if (inner.kind === ts.SyntaxKind.TrueKeyword) return literal(true)
  if (inner.kind === ts.SyntaxKind.FalseKeyword) return literal(false)
  if (inner.kind === ts.SyntaxKind.NullKeyword) return literal(null)
  if (ts.isTemplateExpression(inner)) return translateTemplate(inner, scope, t)
  if (ts.isPrefixUnaryExpression(inner)) return translatePrefix(inner, scope, t)
  if (ts.isBinaryExpression(inner)) return translateBinary(inner, scope, t)
  if (ts.isConditionalExpression(inner))
    return choose(
      t.expression(inner.condition, scope),
      t.expression(inner.whenTrue, scope),
      t.expression(inner.whenFalse, scope),
    )
  if (ts.isCallExpression(inner)) return translateCall(inner, scope, t)
  if (ts.isPropertyAccessExpression(inner)) return translateProperty(inner, scope, t)
  if (ts.isElementAccessExpression(inner)) return translateElement(inner, scope, t)
  if (ts.isNewExpression(inner)) return translateNew(inner, scope, t)
  throw expressionObstacle(inner)
}

function translateName(name: string, scope: Scope, t: Translator): Expression {
  const binding = scope.find(name)
  if (!binding) {
    if (name === 'undefined') return missing
    if (name === 'NaN') return literal(Number.NaN)
    if (name === 'Infinity') return literal(Number.POSITIVE_INFINITY)
    throw new Untranslatable(name === '' ? 'an unfinished expression' : `the name '${name}', which is not known here`, {
      isMistake: true,
    })
  }
  if (binding.kind === 'value') return binding.expression
  if (binding.kind === 'constant')
    return t.state.within(binding.node, `'${name}', which needs itself`, () =>
      t.expression(binding.node, binding.scope),
    )
  if (binding.kind === 'function') throw new Untranslatable(`the function '${name}' as a value`)
  if (binding.kind === 'library') throw new Untranslatable(`'${name}' as a value`)
  throw new Untranslatable(binding.reason, { instead: binding.instead })
}

function translateTemplate(node: ts.TemplateExpression, scope: Scope, t: Translator): Expression {
  let text: Expression = literal(node.head.text)
  const append = (right: Expression) => {
    text = { kind: 'binary', op: '+', left: text, right }
  }
  for (const span of node.templateSpans) {
    append(t.expression(span.expression, scope))
    if (span.literal.text !== '') append(literal(span.literal.text))
  }
  return text
}

function translatePrefix(node: ts.PrefixUnaryExpression, scope: Scope, t: Translator): Expression {
  const op = prefixOperators.get(node.operator)
  if (!op) throw node.operator === ts.SyntaxKind.TildeToken ? new Untranslatable('a bit operation') : assignment(node)
  const of = t.expression(node.operand, scope)
  if (op === '-' && of.kind === 'literal' && typeof of.value === 'number') return literal(-of.value)
  return { kind: 'unary', op, of }
}

function translateBinary(node: ts.BinaryExpression, scope: Scope, t: Translator): Expression {
  const operator = node.operatorToken.kind
  const arithmetic = binaryOperators.get(operator)
  const comparison = compareOperators.get(operator)
  const logic = logicOperators.get(operator)
  if (!arithmetic && !comparison && !logic) throw operatorObstacle(node)
  if (comparison) checkNaN(node)
  const left = t.expression(node.left, scope)
  const right = t.expression(node.right, scope)
  if (arithmetic) return { kind: 'binary', op: arithmetic, left, right }
  if (comparison) {
    checkNothing(comparison, [left, right], [node.left, node.right])
    return { ...compare(comparison, left, right), ...(isLoose(operator) && { isLoose: true }) }
  }
  return { kind: 'logic', op: logic as Logic['op'], left, right }
}

/** Nothing equals NaN: that does not ask what it seems to. */
function checkNaN(node: ts.BinaryExpression): void {
  if ([node.left, node.right].some((side) => isNamed(bare(side), 'NaN')))
    throw new Untranslatable('a comparison with NaN', { instead: "Write 'Number.isNaN(…)'." })
}

/** What asks if a value is missing is `null` or `undefined` to the letter; a name that is set to it asks something else of NaN. */
function checkNothing(op: Compare['op'], sides: readonly Expression[], written: readonly ts.Expression[]): void {
  if (op !== '==' && op !== '!=') return
  const isHidden = (side: Expression, i: number) =>
    side.kind === 'literal' && side.value === null && !isNothing(written[i])
  if (sides.some(isHidden)) throw comparedWithNothing()
}

const isNothing = (node: ts.Node | undefined): boolean =>
  node !== undefined && (node.kind === ts.SyntaxKind.NullKeyword || isNamed(node, 'undefined'))

const isLoose = (operator: ts.SyntaxKind): boolean =>
  operator === ts.SyntaxKind.EqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name

function translateProperty(node: ts.PropertyAccessExpression, scope: Scope, t: Translator): Expression {
  const property = node.name.text
  const object = bare(node.expression)
  if (ts.isIdentifier(object) && !scope.find(object.text)) {
    const value = { Math: mathConstants, Number: numberConstants }[object.text]?.[property]
    if (value !== undefined) return literal(value)
  }
  if (property === 'length') return translateLength(node, scope, t)
  const found = lookUp(object, literal(property), scope, t)
  if (found) return found
  throw propertyObstacle(node, ts.isIdentifier(object) && scope.find(object.text)?.kind === 'value')
}

/** Rows of a column, or letters of a text: told apart by what it stands on and by what the rest of the body does. */
function translateLength(node: ts.PropertyAccessExpression, scope: Scope, t: Translator): Expression {
  const of = t.expression(bare(node.expression), scope)
  const column = columnOf(of, t.state)
  if (column && (column.kind !== 'input' || t.state.wholeColumns))
    return { kind: 'aggregate', name: 'length', of: column, args: [] }
  return askOf(node, of, t, (value) => call('text.length', value))
}

function translateElement(node: ts.ElementAccessExpression, scope: Scope, t: Translator): Expression {
  if (ts.isOptionalChain(node)) throw positionObstacle(node)
  const object = bare(node.expression)
  const split = splitCall(object)
  const position = bare(node.argumentExpression)
  if (split && ts.isNumericLiteral(position))
    return call(
      'text.part',
      t.expression(split.text, scope),
      t.expression(split.separator, scope),
      literal(Number(position.text)),
    )
  const found = lookUp(object, t.expression(node.argumentExpression, scope), scope, t)
  if (found) return found
  throw positionObstacle(node)
}

/** `text.split(separator)`, whose parts are taken by index. */
function splitCall(node: ts.Expression): { text: ts.Expression; separator: ts.Expression } | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const [separator, limit] = node.arguments
  if (node.expression.name.text !== 'split' || !separator || limit || node.expression.questionDotToken) return undefined
  return ts.isStringLiteralLike(bare(separator)) ? { text: node.expression.expression, separator } : undefined
}

function translateNew(node: ts.NewExpression, scope: Scope, t: Translator): Expression {
  const name = ts.isIdentifier(node.expression) ? node.expression.text : ''
  const [first, second] = node.arguments ?? []
  if (name === 'Date' && !scope.find(name)) {
    if (!first) throw new Untranslatable('new Date(), which is another one at each run')
    if (second)
      throw new Untranslatable('new Date() of parts, which asks for local time', {
        instead: "Write 'new Date(Date.UTC(…))'.",
      })
    return call('date', t.expression(first, scope))
  }
  throw new Untranslatable(`new ${name}()`, { place: node.getFirstToken() })
}

const prefixOperators: ReadonlyMap<ts.SyntaxKind, '-' | '+' | '!'> = new Map([
  [ts.SyntaxKind.MinusToken, '-'],
  [ts.SyntaxKind.PlusToken, '+'],
  [ts.SyntaxKind.ExclamationToken, '!'],
])

const binaryOperators: ReadonlyMap<ts.SyntaxKind, Binary['op']> = new Map([
  [ts.SyntaxKind.PlusToken, '+'],
  [ts.SyntaxKind.MinusToken, '-'],
  [ts.SyntaxKind.AsteriskToken, '*'],
  [ts.SyntaxKind.SlashToken, '/'],
  [ts.SyntaxKind.PercentToken, '%'],
  [ts.SyntaxKind.AsteriskAsteriskToken, '**'],
])

const compareOperators: ReadonlyMap<ts.SyntaxKind, Compare['op']> = new Map([
  [ts.SyntaxKind.LessThanToken, '<'],
  [ts.SyntaxKind.LessThanEqualsToken, '<='],
  [ts.SyntaxKind.GreaterThanToken, '>'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>='],
  [ts.SyntaxKind.EqualsEqualsToken, '=='],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '=='],
  [ts.SyntaxKind.ExclamationEqualsToken, '!='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!='],
])

const logicOperators: ReadonlyMap<ts.SyntaxKind, Logic['op']> = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, 'and'],
  [ts.SyntaxKind.BarBarToken, 'or'],
  [ts.SyntaxKind.QuestionQuestionToken, 'coalesce'],
])
