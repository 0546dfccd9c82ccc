import { ts } from 'ts-morph'

/** How `present` of the engine is called in what node runs; authors do not use `$` at the end of a name. */
export const presentName = 'modeldriver_present$'

/** Imported JSON with `undefined` where it says null. */
export function withoutNull(json: unknown): unknown {
  if (json === null) return undefined
  if (typeof json !== 'object') return json
  if (Array.isArray(json)) return json.map(withoutNull)
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withoutNull(value)]))
}

/**
 * In a feature file there is one missing value. JavaScript has three: it counts `null` as 0, `=== null` does not find `undefined`, and
 * `??` does not find NaN. So what is loaded says `undefined` for `null`, and its tests for missing values find all of them.
 */
export const oneMissingValue: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isTypeNode(node) || ts.isHeritageClause(node)) return node
    if (node.kind === ts.SyntaxKind.NullKeyword) return undefinedAt(node)
    if (ts.isCallExpression(node) && takesNull(node)) return node
    if (ts.isPropertyAssignment(node) && isNull(node.initializer) && isPrototype(node.name)) return node
    const own = ts.visitEachChild(node, visit, context)
    if (ts.isBinaryExpression(own)) return asksMissing(own)
    return ts.isCallExpression(own) && isNaNCall(own) ? isNothing(own.arguments[0] as ts.Expression, own) : own
  }
  return (file) => ts.visitEachChild(file, visit, context)
}

const { factory } = ts

function asksMissing(node: ts.BinaryExpression): ts.Node {
  const { left, right, operatorToken } = node
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return at(node, factory.createBinaryExpression(presentOf(left), operatorToken, right))
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken && ts.isIdentifier(left)) {
    const value = factory.createBinaryExpression(presentOf(left), ts.SyntaxKind.QuestionQuestionToken, right)
    return at(node, factory.createAssignment(left, value))
  }
  const isEqual = equalities.get(operatorToken.kind)
  if (isEqual === undefined) return node
  if (isUndefined(right)) return isNothing(left, node, isEqual)
  return isUndefined(left) ? isNothing(right, node, isEqual) : node
}

/** Whether an operator asks if its sides are equal, or if they are not. */
const equalities: ReadonlyMap<ts.SyntaxKind, boolean> = new Map([
  [ts.SyntaxKind.EqualsEqualsToken, true],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, true],
  [ts.SyntaxKind.ExclamationEqualsToken, false],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, false],
])

function isNothing(value: ts.Expression, instead: ts.Node, isEqual = true): ts.Node {
  const operator = isEqual ? ts.SyntaxKind.EqualsEqualsToken : ts.SyntaxKind.ExclamationEqualsToken
  return at(
    instead,
    factory.createParenthesizedExpression(
      factory.createBinaryExpression(presentOf(value), operator, factory.createNull()),
    ),
  )
}

function presentOf(value: ts.Expression): ts.Expression {
  return at(value, factory.createCallExpression(factory.createIdentifier(presentName), undefined, [value]))
}

const undefinedAt = (node: ts.Node): ts.Node => at(node, factory.createIdentifier('undefined'))

const at = <N extends ts.Node>(place: ts.Node, node: N): N => ts.setTextRange(node, place)

const isNull = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.NullKeyword

/** `null` has become `undefined` by now. Not `void 0`, which Arquero does not understand in its expressions. */
const isUndefined = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  (ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression))

/** `Object.create(null)`: an object without a prototype. */
function takesNull({ expression, arguments: given }: ts.CallExpression): boolean {
  return given.some(isNull) && /^(?:Object|Reflect)\.(?:create|setPrototypeOf)$/.test(dotted(expression))
}

const isPrototype = (name: ts.PropertyName): boolean =>
  (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text === '__proto__'

const isNaNCall = (node: ts.CallExpression): boolean =>
  node.arguments.length === 1 && dotted(node.expression) === 'Number.isNaN'

function dotted(node: ts.Expression): string {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : ''
}
