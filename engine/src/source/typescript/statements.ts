import type { Expression } from '../../ir/expression.ts'
import { choose, compare, isSimple, missing, named } from './build.ts'
import { windowsOf } from './lookup.ts'
import { comparedWithNothing, statementObstacle } from './obstacles.ts'
import { bare, isFunctionNode, ts } from './parse.ts'
import { type Binding, innerScope, type Scope, type Translator, Untranslatable } from './scope.ts'

/** What follows after a list of statements, when none of them returned. */
type Continuation = () => Expression

const endOfBody: Continuation = () => missing

/** The value that a function's block returns; missing where it ends without returning. */
export function translateBlock(block: ts.Block, scope: Scope, t: Translator): Expression {
  return translateList(block.statements, scope, t, endOfBody)
}

function translateList(
  statements: readonly ts.Statement[],
  outer: Scope,
  t: Translator,
  after: Continuation,
): Expression {
  const bindings = new Map<string, Binding>()
  const scope = innerScope(outer, bindings)
  for (const statement of statements)
    if (ts.isFunctionDeclaration(statement) && statement.name)
      bindings.set(statement.name.text, { kind: 'function', node: statement, scope })
  return translateFrom(statements, 0, scope, bindings, t, after)
}

function translateFrom(
  statements: readonly ts.Statement[],
  index: number,
  scope: Scope,
  bindings: Map<string, Binding>,
  t: Translator,
  after: Continuation,
): Expression {
  t.state.spend()
  const statement = statements[index]
  if (!statement) return after()
  const rest = (): Expression => translateFrom(statements, index + 1, scope, bindings, t, after)

  if (ts.isReturnStatement(statement)) return statement.expression ? t.expression(statement.expression, scope) : missing
  if (ts.isIfStatement(statement)) {
    const { thenStatement, elseStatement } = statement
    return choose(
      t.expression(statement.expression, scope),
      translateBranch(thenStatement, scope, t, rest),
      elseStatement ? translateBranch(elseStatement, scope, t, rest) : rest(),
    )
  }
  if (ts.isVariableStatement(statement))
    return translateConstants(statement.declarationList, 0, scope, bindings, t, (inner) =>
      translateFrom(statements, index + 1, inner, bindings, t, after),
    )
  if (ts.isBlock(statement)) return translateList(statement.statements, scope, t, rest)
  if (ts.isSwitchStatement(statement)) return translateSwitch(statement, scope, t, rest)
  if (ts.isFunctionDeclaration(statement) || ts.isEmptyStatement(statement) || isNothing(statement)) return rest()
  throw statementObstacle(statement)
}

function translateBranch(branch: ts.Statement, scope: Scope, t: Translator, after: Continuation): Expression {
  return translateList(ts.isBlock(branch) ? branch.statements : [branch], scope, t, after)
}

function translateConstants(
  list: ts.VariableDeclarationList,
  index: number,
  scope: Scope,
  bindings: Map<string, Binding>,
  t: Translator,
  after: (scope: Scope) => Expression,
): Expression {
  const declaration = list.declarations[index]
  if (!declaration) return after(scope)
  if ((list.flags & ts.NodeFlags.Const) === 0)
    throw new Untranslatable('a variable that may change', {
      place: list.getFirstToken(),
      instead: "Write 'const'; a choice is 'test ? one : other'.",
    })
  if (!ts.isIdentifier(declaration.name)) throw new Untranslatable('destructuring', { place: declaration.name })
  if (!declaration.initializer) throw new Untranslatable('a constant without a value', { isMistake: true })
  const { text } = declaration.name
  const bound = bindConstant(declaration.initializer, scope, t)
  const next = (binding: Binding): Expression => {
    bindings.set(text, binding)
    return translateConstants(list, index + 1, scope, bindings, t, after)
  }
  if (bound.kind !== 'value' || isSimple(bound.expression)) return next(bound)
  return named(text, bound.expression, t.state, (expression) => next({ kind: 'value', expression }))
}

/** Lists, tables and windows stay as they are written, for the places that look something up in them or ask something of them. */
function bindConstant(initializer: ts.Expression, scope: Scope, t: Translator): Binding {
  const value = bare(initializer)
  if (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value) || ts.isNewExpression(value))
    return { kind: 'constant', node: value, scope }
  if (windowsOf(value)) return { kind: 'constant', node: value, scope }
  if (isFunctionNode(value)) return { kind: 'function', node: value, scope }
  return { kind: 'value', expression: t.expression(value, scope) }
}

function isCase(selected: Expression, value: Expression): Expression {
  if ([selected, value].some((side) => side.kind === 'literal' && side.value === null)) throw comparedWithNothing()
  return compare('==', selected, value)
}

/** A `switch` whose every clause returns, or only joins the next one. */
function translateSwitch(node: ts.SwitchStatement, scope: Scope, t: Translator, after: Continuation): Expression {
  const { clauses } = node.caseBlock
  const last = clauses.length - 1
  return named('selected', t.expression(node.expression, scope), t.state, (selected) => {
    let otherwise: Expression | undefined
    const cases: { tests: Expression[]; result: Expression }[] = []
    let tests: Expression[] = []
    let isDefault = false
    clauses.forEach((clause, index) => {
      if (ts.isCaseClause(clause)) tests.push(isCase(selected, t.expression(clause.expression, scope)))
      else isDefault = true
      if (clause.statements.length === 0 && index < last) return
      const result = translateList(clause.statements, scope, t, () => {
        if (index < last)
          throw new Untranslatable('a switch case that does not return', {
            place: clause.getFirstToken(),
            instead: "End each case with 'return'.",
          })
        return after()
      })
      if (isDefault) otherwise = result
      else cases.push({ tests, result })
      tests = []
      isDefault = false
    })
    return cases.reduceRight<Expression>(
      (rest, { tests: any, result }) =>
        choose(
          any.reduce((left, right) => ({ kind: 'logic', op: 'or', left, right })),
          result,
          rest,
        ),
      otherwise ?? after(),
    )
  })
}

/** A string that stands alone: `'use strict'`. */
function isNothing(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)
}
