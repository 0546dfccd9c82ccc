import type { Slip } from '../../ir/sites.ts'
import { bare, outOfParentheses, ts } from './parse.ts'
import { declaredBy } from './references.ts'

const { SyntaxKind } = ts

/** An operator that does something else than it looks like. */
export function slipOfOperator(node: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  const { kind } = node.operatorToken
  if (kind === SyntaxKind.EqualsToken) return setOf(node)
  if (kind === SyntaxKind.CaretToken) return powerOf(node)
  if (kind === SyntaxKind.BarBarToken) return orOf(node)
  if (kind === SyntaxKind.InKeyword) return inOf(node)
  return (isEquality(node) ? nanOf(node) : undefined) ?? chainOf(node)
}

/** `=` where something is asked: in a condition, or as the value of a function. */
function setOf(node: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  const { left, right } = node
  if (!ts.isIdentifier(left) || !(isTested(node) || isGiven(node)) || !isOdd(node, left.text)) return undefined
  const by = right.getText()
  return { kind: 'set', text: left.text, by, instead: `${left.text} === ${by}` }
}

/**
 * What is set in passing (`if (m = text.match(…))`, `while (node = node.next)`) is a variable or goes on from itself; a parameter that
 * becomes something else, or a value that is always the same, is not.
 */
function isOdd({ right, parent }: ts.BinaryExpression, name: string): boolean {
  if (isLiteral(bare(right))) return true
  return !ts.isCallExpression(bare(right)) && !mentions(right, name) && isParameter(parent, name)
}

function isParameter(from: ts.Node, name: string): boolean {
  for (let at = from; at && !ts.isSourceFile(at); at = at.parent)
    if (declaredBy(at).has(name)) return ts.isFunctionLike(at)
  return false
}

function isTested(node: ts.Node): boolean {
  const outer = outOfParentheses(node)
  const { parent } = outer
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === outer
  if (ts.isConditionalExpression(parent)) return parent.condition === outer
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken
  if (!ts.isBinaryExpression(parent) || !isLogical(parent)) return false
  return parent.left === outer || isTested(parent)
}

function isGiven(node: ts.Node): boolean {
  const outer = outOfParentheses(node)
  const { parent } = outer
  if (ts.isReturnStatement(parent)) return true
  if (!ts.isArrowFunction(parent) || parent.body !== outer) return false
  const call = outOfParentheses(parent).parent
  return !(ts.isCallExpression(call) && /\bforEach$/.test(call.expression.getText()))
}

/** `revenue ^ 2`. With 0 or 1 bits are meant: nobody raises to these. */
function powerOf({ left, right }: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  const exponent = firstOf(right)
  const number = ts.isPrefixUnaryExpression(exponent) ? exponent.operand : exponent
  if (!ts.isNumericLiteral(number) || !/^\d*\.?\d+$/.test(number.getText()) || /^[01]$/.test(number.text))
    return undefined
  // `-x ** 2` is refused.
  const isRefused = ts.isPrefixUnaryExpression(lastOf(left))
  const text = `${left.getText()} ^ ${right.getText()}`
  return { kind: 'power', text, ...(!isRefused && { instead: `${left.getText()} ** ${right.getText()}` }) }
}

const firstOf = (node: ts.Expression): ts.Expression => (ts.isBinaryExpression(node) ? firstOf(node.left) : node)
const lastOf = (node: ts.Expression): ts.Expression => (ts.isBinaryExpression(node) ? lastOf(node.right) : node)

/** `0 < revenue < 10`, `a == b == c`: the first answer, true or false, is compared with the rest. */
function chainOf(node: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  const { left, right, operatorToken, parent } = node
  if (!ts.isBinaryExpression(left)) return undefined
  const isChain =
    (isRelation(node) && isRelation(left)) ||
    (isEquals(node) &&
      isEquals(left) &&
      right.kind !== SyntaxKind.TrueKeyword &&
      right.kind !== SyntaxKind.FalseKeyword)
  if (!isChain) return undefined
  const middle = left.right.getText()
  const instead = `${left.getText()} && ${middle} ${operatorToken.getText()} ${right.getText()}`
  const isLoose = !ts.isBinaryExpression(parent) || isLogical(parent)
  const isLonger = ts.isBinaryExpression(left.left) && (isRelation(left.left) || isEquality(left.left))
  return {
    kind: 'chain',
    text: left.getText(),
    by: `${operatorToken.getText()} ${right.getText()}`,
    ...(isLoose && !isLonger && { instead }),
  }
}

/** `score == 1 || 2 || 3`, told once at the last. */
function orOf(node: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  if (
    !isOrLiteral(node) ||
    (ts.isBinaryExpression(node.parent) && isOrLiteral(node.parent) && node.parent.left === node)
  )
    return undefined
  const values: string[] = []
  let at: ts.Expression = node
  while (ts.isBinaryExpression(at) && isOrLiteral(at)) {
    values.unshift(at.right.getText())
    at = at.left
  }
  if (ts.isCaseClause(node.parent) && isLiteral(at)) {
    const instead = [at.getText(), ...values].join(': case ')
    return { kind: 'or', text: values[0] ?? '', by: node.parent.parent.parent.expression.getText(), instead }
  }
  const test = bare(lastOr(at))
  if (!ts.isBinaryExpression(test) || !isEquals(test)) return undefined
  const of = `${test.left.getText()} ${test.operatorToken.getText()}`
  const instead = [at.getText(), ...values.map((value) => `${of} ${value}`)].join(' || ')
  return { kind: 'or', text: values[0] ?? '', by: test.left.getText(), instead }
}

const lastOr = (node: ts.Expression): ts.Expression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.BarBarToken ? node.right : node

const isOrLiteral = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind === SyntaxKind.BarBarToken &&
  (ts.isNumericLiteral(node.right) || ts.isStringLiteralLike(node.right))

/** `region in ["north"]` asks for positions. */
function inOf({ left, right }: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  const list = bare(right)
  if (!ts.isArrayLiteralExpression(list)) return undefined
  const isNot = ts.isPrefixUnaryExpression(left) && left.operator === SyntaxKind.ExclamationToken
  const value = isNot ? left.operand : left
  return {
    kind: 'in',
    text: value.getText(),
    instead: `${isNot ? '!' : ''}${list.getText()}.includes(${value.getText()})`,
  }
}

function nanOf({ left, right, operatorToken }: ts.BinaryExpression): Omit<Slip, 'span'> | undefined {
  const value = isNaNName(right) ? left : isNaNName(left) ? right : undefined
  if (!value) return undefined
  const isNot = operatorToken.getText().startsWith('!')
  return {
    kind: 'nan',
    text: value.getText(),
    by: operatorToken.getText(),
    instead: `${isNot ? '!' : ''}Number.isNaN(${value.getText()})`,
  }
}

function isNaNName(node: ts.Expression): boolean {
  const value = bare(node)
  if (ts.isIdentifier(value)) return value.text === 'NaN'
  return ts.isPropertyAccessExpression(value) && value.name.text === 'NaN' && value.expression.getText() === 'Number'
}

const isLiteral = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) || node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword

const isLogical = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken

const isRelation = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind >= SyntaxKind.LessThanToken && kind <= SyntaxKind.GreaterThanEqualsToken

const isEquals = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === SyntaxKind.EqualsEqualsToken || kind === SyntaxKind.EqualsEqualsEqualsToken

const isEquality = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind >= SyntaxKind.EqualsEqualsToken && kind <= SyntaxKind.ExclamationEqualsEqualsToken

/** A name stands in an expression, functions in it aside. */
function mentions(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node)) return node.text === name
  return ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false
}
