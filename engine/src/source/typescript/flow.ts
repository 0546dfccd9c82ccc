import { bare, ts } from './parse.ts'

/** Whether control reaches the end of statements, and where `break` takes it out of them: labels, or `break` itself. */
export interface Flow {
  readonly ends: boolean
  readonly jumps: ReadonlySet<string>
}

/** What is decided from the text alone: a condition counts as true and as false, but for `while (true)` and `for (;;)`. */
export function flowOf(statements: readonly ts.Statement[]): Flow {
  const jumps = new Set<string>()
  for (const statement of statements) {
    const flow = flowOfOne(statement)
    for (const jump of flow.jumps) jumps.add(jump)
    if (!flow.ends) return { ends: false, jumps }
  }
  return { ends: true, jumps }
}

export function flowOfOne(statement: ts.Statement): Flow {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isContinueStatement(statement))
    return stops
  if (ts.isBreakStatement(statement)) return { ends: false, jumps: new Set([statement.label?.text ?? 'break']) }
  if (ts.isBlock(statement)) return flowOf(statement.statements)
  if (ts.isIfStatement(statement)) {
    const { thenStatement, elseStatement } = statement
    return either([flowOfOne(thenStatement), elseStatement ? flowOfOne(elseStatement) : goesOn])
  }
  if (ts.isLabeledStatement(statement)) return caught(flowOfOne(statement.statement), statement.label.text)
  if (ts.isSwitchStatement(statement)) return flowOfSwitch(statement)
  if (ts.isTryStatement(statement)) return flowOfTry(statement)
  if (ts.isIterationStatement(statement, false)) return flowOfLoop(statement)
  return goesOn
}

/** Whether a node, or something in it that belongs to the same function, passes the test. */
export function contains(node: ts.Node, test: (node: ts.Node) => boolean): boolean {
  if (test(node)) return true
  const found = ts.forEachChild(node, (child) => (!ts.isFunctionLike(child) && contains(child, test)) || undefined)
  return found ?? false
}

const stops: Flow = { ends: false, jumps: new Set() }
const goesOn: Flow = { ends: true, jumps: new Set() }

function flowOfSwitch({ caseBlock: { clauses } }: ts.SwitchStatement): Flow {
  const flows = clauses.map((clause) => flowOf(clause.statements))
  const falls = !clauses.some(ts.isDefaultClause) || (flows.at(-1)?.ends ?? true)
  return caught({ ends: falls, jumps: either(flows).jumps }, 'break')
}

function flowOfTry({ tryBlock, catchClause, finallyBlock }: ts.TryStatement): Flow {
  const tried = either([flowOf(tryBlock.statements), catchClause ? flowOf(catchClause.block.statements) : stops])
  if (!finallyBlock) return tried
  const last = flowOf(finallyBlock.statements)
  return last.ends ? { ends: tried.ends, jumps: new Set([...tried.jumps, ...last.jumps]) } : last
}

function flowOfLoop(loop: ts.IterationStatement): Flow {
  const body = flowOfOne(loop.statement)
  // The body of `do` runs at least once, so that its end decides, unless `continue` passes over it.
  const always = ts.isDoStatement(loop) && !body.ends && !contains(loop.statement, ts.isContinueStatement)
  return caught({ ends: !isEndless(loop) && !always, jumps: body.jumps }, 'break')
}

function isEndless(loop: ts.IterationStatement): boolean {
  if (ts.isForStatement(loop)) return !loop.condition || isTrue(loop.condition)
  return (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) && isTrue(loop.expression)
}

function isTrue(expression: ts.Expression): boolean {
  const value = bare(expression)
  return value.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(value) && Number(value.text) !== 0)
}

const either = (flows: readonly Flow[]): Flow => ({
  ends: flows.some(({ ends }) => ends),
  jumps: new Set(flows.flatMap(({ jumps }) => [...jumps])),
})

/** A jump to `label` ends here. */
function caught({ ends, jumps }: Flow, label: string): Flow {
  if (!jumps.has(label)) return { ends, jumps }
  return { ends: true, jumps: new Set([...jumps].filter((jump) => jump !== label)) }
}
