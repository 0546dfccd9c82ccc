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
  return closed && !rest.every(({ ends }) => ends) && flowOf(statements).ends ? { name, values } : undefined
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
