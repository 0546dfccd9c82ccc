import { isMethodName, localDateMethods } from './library.ts'
import { bare, isFunctionNode, ts } from './parse.ts'
import { Untranslatable } from './scope.ts'
import { nameOf } from './usage.ts'

// What the expression IR has no words for: the reason, the smallest place that shows it, and what can be written instead.

export function statementObstacle(statement: ts.Statement): Untranslatable {
  const place = statement.getFirstToken()
  if (ts.isForStatement(statement) || ts.isForOfStatement(statement) || ts.isForInStatement(statement))
    return new Untranslatable('a for loop', { place, instead: loops })
  if (ts.isWhileStatement(statement) || ts.isDoStatement(statement))
    return new Untranslatable('a while loop', { place, instead: loops })
  if (ts.isTryStatement(statement))
    return new Untranslatable('a try block', { place, instead: "Test the value with 'if' before it is used." })
  if (ts.isThrowStatement(statement))
    return new Untranslatable('a throw', { place, instead: 'Return null where there is no value.' })
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement
    if (ts.isBinaryExpression(expression) || ts.isPostfixUnaryExpression(expression)) return assignment(expression)
    return new Untranslatable('a statement with an effect', { place: expression })
  }
  return new Untranslatable('a statement that is not understood', { place })
}

const loops = 'Where an aggregate says the same, write that: .sum(), .filter(…).mean(), .mode().'

/** Of a value to a name that has one already. */
export const assignment = (place: ts.Expression): Untranslatable =>
  new Untranslatable('an assignment', { place, instead: "Give each value a name of its own with 'const'." })

export function operatorObstacle(node: ts.BinaryExpression): Untranslatable {
  const place = node.operatorToken
  const { kind } = place
  if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return assignment(node)
  if (kind === ts.SyntaxKind.InKeyword || kind === ts.SyntaxKind.InstanceOfKeyword)
    return new Untranslatable('a test of an object', { place })
  return new Untranslatable(kind === ts.SyntaxKind.CommaToken ? 'a comma' : 'a bit operation', { place })
}

export const comparedWithNothing = (): Untranslatable =>
  new Untranslatable('a comparison with a missing value', { instead: "Write '== null'." })

export function positionObstacle({ expression, argumentExpression }: ts.ElementAccessExpression): Untranslatable {
  const from = bare(expression)
  const isFirst = ts.isIdentifier(from) && ts.isNumericLiteral(argumentExpression) && argumentExpression.text === '0'
  return new Untranslatable('a value taken by its position', {
    ...(isFirst && {
      instead: `For the value of the first row write '${from.text}.first()', for the first letter '${from.text}.charAt(0)'.`,
    }),
  })
}

/** Values of columns have no properties but their length. */
export function propertyObstacle(
  { name, expression }: ts.PropertyAccessExpression,
  isOfValue: boolean,
): Untranslatable {
  const property = name.text
  if (property === '') return new Untranslatable('an unfinished expression', { isMistake: true })
  const set = bare(expression)
  const isSet = property === 'size' && ts.isNewExpression(set) && set.expression.getText() === 'Set'
  const [column] = isSet ? (set.arguments ?? []) : []
  return new Untranslatable(`the property '.${property}'`, {
    place: name,
    ...(column && ts.isIdentifier(column) && { instead: `Write '${column.text}.nunique()'.` }),
    ...(isOfValue && { isMistake: true }),
  })
}

export function expressionObstacle(node: ts.Expression): Untranslatable {
  if (ts.isRegularExpressionLiteral(node))
    return new Untranslatable('a regular expression', {
      place: node,
      instead: "Where it is enough, write .includes('…'), .startsWith('…') or .endsWith('…').",
    })
  if (ts.isPostfixUnaryExpression(node)) return assignment(node)
  return new Untranslatable(phraseOf(node), { place: isFunctionNode(node) ? node.getFirstToken() : node })
}

function phraseOf(node: ts.Expression): string {
  if (isFunctionNode(node)) return 'a function as a value'
  if (ts.isArrayLiteralExpression(node)) return 'a list as a value'
  if (ts.isObjectLiteralExpression(node)) return 'an object as a value'
  if (ts.isAwaitExpression(node)) return 'await'
  if (ts.isTypeOfExpression(node)) return 'typeof'
  if (ts.isDeleteExpression(node)) return 'an assignment'
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this'
  if (ts.isBigIntLiteral(node)) return 'a big integer'
  return 'an expression that is not understood'
}

export function methodObstacle(place: ts.MemberName): Untranslatable {
  const method = place.text
  if (method === '') return new Untranslatable('an unfinished expression', { isMistake: true })
  if (localDateMethods.has(method))
    return new Untranslatable(`.${method}(), which asks for local time`, {
      place,
      instead: `Write .${method.replace('get', 'getUTC')}().`,
    })
  return new Untranslatable(`the method .${method}()`, {
    place,
    ...(method.startsWith('reduce') && {
      instead: 'Where an aggregate says the same, write that: .sum(), .max(), .any().',
    }),
    ...(!isMethodName(method) && { isMistake: true }),
  })
}

/** `Math.max(...prices)` is `prices.max()`. */
export function spreadObstacle(node: ts.CallExpression, spread: ts.SpreadElement): Untranslatable {
  const aggregated = /^Math\.(max|min)$/.exec(nameOf(node.expression))?.[1]
  const column = bare(spread.expression)
  const isAll = aggregated !== undefined && node.arguments.length === 1 && ts.isIdentifier(column)
  return new Untranslatable('a spread of values', {
    place: spread,
    ...(isAll && { instead: `Write '${column.getText()}.${aggregated}()'.` }),
  })
}
