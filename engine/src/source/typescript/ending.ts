import type { Ending } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { exhaustedBy, isExhausted } from './exhausted.ts'
import { contains, flowOf, flowOfOne } from './flow.ts'
import { bare, type FunctionNode, ts } from './parse.ts'

type SpanOf = (node: ts.Node) => Span

/** Where and when a function's end is reached; undefined when every path gives a value, throws or never ends. */
export function endingOf(fn: FunctionNode, spanOf: SpanOf): Ending | undefined {
  const { body } = fn
  if (!body || !ts.isBlock(body) || !flowOf(body.statements).ends) return undefined
  const last = body.statements.at(-1)
  const value = last && ts.isExpressionStatement(last) && isValue(last.expression) ? { value: spanOf(last) } : {}
  if (!givesValue(body)) return { isAlways: true, ...value }
  if (isExhausted(body.statements)) return undefined
  const unless = exhaustedBy(body.statements)
  return { ...wayOut(body.statements, spanOf), ...value, ...(unless && { unless }) }
}

const givesValue = (node: ts.Node): boolean =>
  contains(node, (each) => ts.isReturnStatement(each) && each.expression !== undefined)

/** The last thing that decides between giving a value and reaching the end. */
function wayOut(statements: readonly ts.Statement[], spanOf: SpanOf): Ending {
  const decisive = statements.findLast(givesValue)
  if (!decisive) return {}
  if (ts.isBlock(decisive)) return wayOut(decisive.statements, spanOf)
  if (ts.isIfStatement(decisive)) return wayOutOfIf(decisive, spanOf)
  if (ts.isSwitchStatement(decisive)) return wayOutOfSwitch(decisive, spanOf)
  if (ts.isLabeledStatement(decisive)) return wayOut([decisive.statement], spanOf)
  if (ts.isTryStatement(decisive)) {
    const { tryBlock, catchClause } = decisive
    if (!catchClause || flowOf(tryBlock.statements).ends) return wayOut(tryBlock.statements, spanOf)
    return { when: 'an error is caught', span: wordAt(catchClause, 'catch', spanOf) }
  }
  if (!ts.isIterationStatement(decisive, false)) return {}
  const word = /^\w+/.exec(decisive.getText())?.[0] ?? ''
  return { when: 'the loop ends', span: wordAt(decisive, word, spanOf) }
}

function wayOutOfIf({ expression, thenStatement, elseStatement }: ts.IfStatement, spanOf: SpanOf): Ending {
  if (!elseStatement) return decided(expression, 'is false', spanOf)
  const open = [thenStatement, elseStatement].find((branch) => flowOfOne(branch).ends) ?? elseStatement
  if (givesValue(open)) return wayOut([open], spanOf)
  return decided(expression, open === thenStatement ? 'is true' : 'is false', spanOf)
}

function wayOutOfSwitch({ expression, caseBlock: { clauses } }: ts.SwitchStatement, spanOf: SpanOf): Ending {
  const open = clauses.find(({ statements }, at) => {
    const { ends, jumps } = flowOf(statements)
    return jumps.has('break') || (ends && at === clauses.length - 1)
  })
  if (open && ts.isCaseClause(open)) return decided(expression, `is ${shown(open.expression)}`, spanOf)
  return decided(expression, open ? 'is something else' : 'is none of the cases', spanOf)
}

const decided = (expression: ts.Expression, how: string, spanOf: SpanOf): Ending => ({
  when: `'${shown(expression)}' ${how}`,
  span: spanOf(expression),
})

const longest = 40

function shown(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ')
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}

/** The word that a node begins with. */
function wordAt(node: ts.Node, word: string, spanOf: SpanOf): Span {
  const { start } = spanOf(node)
  return { start, end: start + word.length }
}

/** A calculation that stands alone as a statement; calls that are made for their effect are none. */
function isValue(expression: ts.Expression): boolean {
  const value = bare(expression)
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken
    return kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment
  }
  if (ts.isCallExpression(value))
    return !/^console\.|\.(forEach|push|unshift|set|add|delete)$/.test(value.expression.getText())
  return (
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isTemplateExpression(value)
  )
}
