import type { Exhausted } from '../../ir/sites.ts'
import { type Flow, flowOf, flowOfOne } from './flow.ts'
import { bare, ts } from './parse.ts'

/**
 * What a name would have to be for the end of a function not to be reached: one of the values that its `switch`, or its last chain of
 * `if (name === …)`, asks for. Undefined when the end is reached all the same.
 */
export function exhaustedBy(statements: readonly ts.Statement[]): Exhausted | undefined {
  const last = statements.findLast((statement) => ts.isIfStatement(statement) || ts.isSwitchStatement(statement))
  const name = last && subjectOf(last)
  if (!last || name === undefined) return undefined
  const values: Exhausted['values'][number][] = []
  for (const statement of statements) values.push(...valuesAsked(statement, name))
  const closed = closing(last)
  const rest = statements.map((statement): Flow => (statement === last && closed ? closed : flowOfOne(statement)))
  if (!closed || rest.every(({ ends }) => ends) || !flowOf(statements).ends) return undefined
  return { name, values }
}

/** Whether the last `switch` of a function asks for every value of a type that the file itself writes out. */
export function isExhausted(statements: readonly ts.Statement[]): boolean {
  const last = statements.findLast(ts.isSwitchStatement)
  const at = last ? statements.indexOf(last) : -1
  if (!last || !closing(last) || statements.slice(at + 1).length > 0) return false
  const possible = writtenValues(last.expression)
  const asked = last.caseBlock.clauses.map((clause) => ts.isCaseClause(clause) && literalOf(clause.expression))
  return possible?.every((value) => asked.includes(value)) ?? false
}

/** How many types and constants may stand for each other; they may also do so in a circle. */
const deepest = 20

/** The values of an expression whose type is declared in the file: a parameter or constant `: Kind`, a call of a function `(): Kind`. */
function writtenValues(expression: ts.Expression, depth = 0): readonly Value[] | undefined {
  if (depth > deepest) return undefined
  if (ts.isAsExpression(expression)) return valuesOfType(expression.type)
  const inner = bare(expression)
  if (ts.isCallExpression(inner)) return valuesOfType(declarationOf(inner.expression, ts.isFunctionDeclaration)?.type)
  const declared = declarationOf(inner, (node) => ts.isParameter(node) || ts.isVariableDeclaration(node))
  if (declared?.type) return valuesOfType(declared.type)
  return declared && ts.isVariableDeclaration(declared) && declared.initializer
    ? writtenValues(declared.initializer, depth + 1)
    : undefined
}

function valuesOfType(type: ts.TypeNode | undefined, depth = 0): readonly Value[] | undefined {
  if (!type || depth > deepest) return undefined
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.map((part) => valuesOfType(part, depth + 1))
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined
  }
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return [true, false]
  if (ts.isParenthesizedTypeNode(type)) return valuesOfType(type.type, depth + 1)
  if (ts.isLiteralTypeNode(type)) {
    const value = literalOf(type.literal as ts.Expression)
    return value === undefined ? undefined : [value]
  }
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined
  const { text } = type.typeName
  const alias = type
    .getSourceFile()
    .statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === text)
  return alias && ts.isTypeAliasDeclaration(alias) ? valuesOfType(alias.type, depth + 1) : undefined
}

/** The nearest declaration of a name around it. */
function declarationOf<N extends ts.Node>(name: ts.Node, test: (node: ts.Node) => node is N): N | undefined
function declarationOf(
  name: ts.Node,
  test: (node: ts.Node) => boolean,
): (ts.ParameterDeclaration | ts.VariableDeclaration) | undefined
function declarationOf(name: ts.Node, test: (node: ts.Node) => boolean): ts.Node | undefined {
  if (!ts.isIdentifier(name)) return undefined
  for (let at: ts.Node = name.parent; at; at = at.parent) {
    const found = declarationsIn(at).find((node) => node.name?.getText() === name.text)
    if (found) return test(found) ? found : undefined
  }
  return undefined
}

function declarationsIn(
  node: ts.Node,
): readonly (ts.ParameterDeclaration | ts.VariableDeclaration | ts.FunctionDeclaration)[] {
  if (ts.isFunctionLike(node)) return [...node.parameters]
  if (!ts.isBlock(node) && !ts.isSourceFile(node)) return []
  return [...node.statements].flatMap((statement): (ts.VariableDeclaration | ts.FunctionDeclaration)[] => {
    if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations]
    return ts.isFunctionDeclaration(statement) ? [statement] : []
  })
}

/** The name that a statement asks for its value. */
function subjectOf(statement: ts.Statement): string | undefined {
  if (ts.isSwitchStatement(statement)) return nameIn(statement.expression)
  return ts.isIfStatement(statement) ? testOf(statement.expression)?.name : undefined
}

const nameIn = (expression: ts.Expression): string | undefined => {
  const inner = bare(expression)
  return ts.isIdentifier(inner) ? inner.text : undefined
}

type Value = Exhausted['values'][number]

/** The values of a name for which a statement gives something. */
function valuesAsked(statement: ts.Statement, name: string): readonly Value[] {
  if (ts.isSwitchStatement(statement) && nameIn(statement.expression) === name)
    return statement.caseBlock.clauses.flatMap((clause) =>
      ts.isCaseClause(clause) ? (literalOf(clause.expression) ?? []) : [],
    )
  if (!ts.isIfStatement(statement)) return []
  const test = testOf(statement.expression)
  const own = test?.name === name && !flowOfOne(statement.thenStatement).ends ? test.values : []
  return [...own, ...(statement.elseStatement ? valuesAsked(statement.elseStatement, name) : [])]
}

/** `name === 'a' || name === 'b'`. */
function testOf(expression: ts.Expression): { readonly name: string; readonly values: readonly Value[] } | undefined {
  const inner = bare(expression)
  if (!ts.isBinaryExpression(inner)) return undefined
  const { kind } = inner.operatorToken
  if (kind === ts.SyntaxKind.BarBarToken) {
    const [left, right] = [testOf(inner.left), testOf(inner.right)]
    return left && right && left.name === right.name
      ? { name: left.name, values: [...left.values, ...right.values] }
      : undefined
  }
  if (kind !== ts.SyntaxKind.EqualsEqualsEqualsToken && kind !== ts.SyntaxKind.EqualsEqualsToken) return undefined
  const name = nameIn(inner.left) ?? nameIn(inner.right)
  const value = literalOf(inner.right) ?? literalOf(inner.left)
  return name === undefined || value === undefined ? undefined : { name, values: [value] }
}

function literalOf(expression: ts.Expression): Value | undefined {
  const inner = bare(expression)
  if (ts.isStringLiteralLike(inner)) return inner.text
  if (ts.isNumericLiteral(inner)) return Number(inner.text)
  if (inner.kind === ts.SyntaxKind.TrueKeyword) return true
  return inner.kind === ts.SyntaxKind.FalseKeyword ? false : undefined
}

/** How the last statement flows when one of the values that it asks for is always there. */
function closing(statement: ts.Statement): Flow | undefined {
  if (ts.isSwitchStatement(statement)) {
    const { clauses } = statement.caseBlock
    const flows = clauses.map((clause) => flowOf(clause.statements))
    const leaves = flows.some(({ jumps }) => jumps.has('break')) || (flows.at(-1)?.ends ?? true)
    return leaves || clauses.some(ts.isDefaultClause) ? undefined : { ends: false, jumps: new Set() }
  }
  if (!ts.isIfStatement(statement)) return undefined
  const then = flowOfOne(statement.thenStatement)
  if (then.ends) return undefined
  return statement.elseStatement ? closing(statement.elseStatement) : then
}
