import type { Slip } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { contains, flowOf } from './flow.ts'
import type { Module } from './module.ts'
import { bare, type FunctionNode, isFunctionNode, outOfParentheses, ts } from './parse.ts'
import { slipOfOperator } from './slipsOfOperators.ts'
import { slipOfTexts } from './slipsOfTexts.ts'
import { nameOf } from './usage.ts'

type Found = Omit<Slip, 'span'> & { readonly at: ts.Node }

/** What stands at a node of a feature's body and does something else than it looks like. */
export function slipAt(
  node: ts.Node,
  root: FunctionNode,
  module: Pick<Module, 'entry'>,
  spanOf: (node: ts.Node) => Span,
): Slip | undefined {
  const found = foundAt(node, root, module) ?? textsAt(node, root, module)
  if (!found) return undefined
  const { at, ...slip } = found
  return { ...slip, span: spanOf(at) }
}

function textsAt(node: ts.Node, root: FunctionNode, module: Pick<Module, 'entry'>): Found | undefined {
  const slip = slipOfTexts(node, root, module)
  return slip && { ...slip, at: node }
}

function foundAt(node: ts.Node, root: FunctionNode, module: Pick<Module, 'entry'>): Found | undefined {
  if (ts.isIdentifier(node)) return truthOf(node)
  if (ts.isBinaryExpression(node)) {
    const slip = slipOfOperator(node)
    return slip && { ...slip, at: node }
  }
  if (ts.isCallExpression(node)) return callbackOf(node) ?? aloneOf(node) ?? placeOf(node, module)
  if (ts.isReturnStatement(node)) return node.expression ? undefined : returnOf(node)
  if (ts.isExpressionStatement(node)) return unusedOf(node, root)
  return ts.isIfStatement(node) ? emptyIfOf(node) : undefined
}

/** A name as a condition: whether any value of it counts as true is known from its type. */
function truthOf(node: ts.Identifier): Found | undefined {
  const outer = outOfParentheses(node)
  const { parent } = outer
  const isTested =
    (ts.isIfStatement(parent) && parent.expression === outer) ||
    (ts.isConditionalExpression(parent) && parent.condition === outer) ||
    (ts.isBinaryExpression(parent) &&
      parent.left === outer &&
      parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) ||
    (ts.isCallExpression(parent) && parent.arguments[0] === outer && /\.filter$/.test(nameOf(parent.expression)))
  if (isTested) return { kind: 'truth', at: node, text: node.text, ...(!ts.isCallExpression(parent) && { by: '===' }) }
  const isNot = ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken
  return isNot ? { kind: 'truth', at: parent, text: node.text, by: '!==' } : undefined
}

const asking =
  /^(filter|map|flatMap|some|every|find|findIndex|findLast|findLastIndex|reduce|sort|toSorted|where|any|all)$/

/** A block that returns nothing, handed to a method that works with what it returns. */
function callbackOf(call: ts.CallExpression): Found | undefined {
  const fn = silentCallback(call)
  if (!fn) return undefined
  const instead = withReturn(fn)
  return { kind: 'callback', at: fn, text: fn.getText(), ...(instead !== undefined && { instead }) }
}

function silentCallback(call: ts.CallExpression): (FunctionNode & { readonly body: ts.Block }) | undefined {
  const callee = bare(call.expression)
  if (!ts.isPropertyAccessExpression(callee) || !asking.test(callee.name.text)) return undefined
  // What it gives is not asked for: it stands there for what it does.
  if (ts.isExpressionStatement(outOfParentheses(call).parent)) return undefined
  const fn = call.arguments[0] && bare(call.arguments[0])
  if (!isFunctionNode(fn) || fn.asteriskToken || !fn.body || !ts.isBlock(fn.body)) return undefined
  const gives = contains(fn.body, (each) => ts.isReturnStatement(each) && each.expression !== undefined)
  if (gives || !flowOf(fn.body.statements).ends || fn.body.statements.some(hasLostReturn)) return undefined
  return fn as FunctionNode & { readonly body: ts.Block }
}

function withReturn(fn: FunctionNode & { readonly body: ts.Block }): string | undefined {
  const { statements } = fn.body
  const last = statements.at(-1)
  if (!last || !ts.isExpressionStatement(last) || !isCalculation(last.expression)) return undefined
  const text = fn.getText()
  const cut = (node: ts.Node) => node.getStart() - fn.getStart()
  if (statements.length === 1 && ts.isArrowFunction(fn)) return text.slice(0, cut(fn.body)) + last.expression.getText()
  return `${text.slice(0, cut(last))}return ${text.slice(cut(last))}`
}

/** `Math.max(revenue)`: of one value it is that value, of a column nothing. */
function aloneOf(call: ts.CallExpression): Found | undefined {
  const [only, second] = call.arguments
  if (!only || second || ts.isSpreadElement(only)) return undefined
  const callee = bare(call.expression)
  if (!ts.isPropertyAccessExpression(callee) || !/^(max|min)$/.test(callee.name.text)) return undefined
  const by = callee.expression.getText() === 'Math' ? callee.name.text : undefined
  return by === undefined ? undefined : { kind: 'alone', at: call, text: only.getText(), by }
}

/** `RE.test(x)` where `RE` goes on from where it found something in another row. */
function placeOf(call: ts.CallExpression, module: Pick<Module, 'entry'>): Found | undefined {
  const callee = bare(call.expression)
  if (!ts.isPropertyAccessExpression(callee) || !/^(test|exec)$/.test(callee.name.text)) return undefined
  const kept = bare(callee.expression)
  const entry = ts.isIdentifier(kept) ? module.entry(kept.text) : undefined
  const value = entry?.kind === 'declared' && entry.declared.constant && bare(entry.declared.constant)
  if (!value || !ts.isRegularExpressionLiteral(value) || !/[gy][a-z]*$/.test(value.text) || isInLoop(call))
    return undefined
  return { kind: 'place', at: kept, text: kept.getText(), by: value.text }
}

/** There it is how one finds all places, one after the other. */
function isInLoop(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return true
  return false
}

/** `return`, and what is to be returned on the next line. */
function returnOf(node: ts.ReturnStatement): Found | undefined {
  const lost = lostBy(node)
  if (!lost) return undefined
  const text = lost.expression.getText()
  const gap = node.getSourceFile().text.slice(node.end, lost.getStart())
  return { kind: 'return', at: node, text, ...(gap.trim() === '' && { instead: 'return ' }) }
}

const hasLostReturn = (node: ts.Node): boolean => ts.isReturnStatement(node) && lostBy(node) !== undefined

function lostBy(node: ts.ReturnStatement): ts.ExpressionStatement | undefined {
  if (node.expression || node.getText().endsWith(';')) return undefined
  const next = statementsBeside(node)?.find((each) => each.pos === node.end)
  return next && ts.isExpressionStatement(next) ? next : undefined
}

function statementsBeside({ parent }: ts.Node): readonly ts.Statement[] | undefined {
  return ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent) ? parent.statements : undefined
}

/** `m - cost;`: the last one of the function is what MD029 speaks of, and that of a callback is told with it. */
function unusedOf(node: ts.ExpressionStatement, root: FunctionNode): Found | undefined {
  const value = bare(node.expression)
  if (!isCalculation(value) || contains(value, doesSomething)) return undefined
  const block = node.parent
  const beside = statementsBeside(node)
  if (beside?.some((each) => each.end === node.pos && hasLostReturn(each))) return undefined
  const fn = beside?.at(-1) === node ? block.parent : undefined
  if (fn === root) return undefined
  const call = isFunctionNode(fn) ? outOfParentheses(fn).parent : undefined
  if (call && ts.isCallExpression(call) && silentCallback(call) === fn) return undefined
  return { kind: 'unused', at: node.expression, text: value.getText(), ...setInstead(value) }
}

/** `out == 5` as a statement: what it would look like if it set something. */
function setInstead(value: ts.Expression): Pick<Slip, 'by'> {
  const isTest = ts.isBinaryExpression(value) && /^===?$/.test(value.operatorToken.getText())
  return isTest && ts.isIdentifier(value.left) ? { by: `${value.left.text} = ${value.right.getText()}` } : {}
}

function isCalculation(expression: ts.Expression): boolean {
  const value = bare(expression)
  if (ts.isPrefixUnaryExpression(value) || ts.isConditionalExpression(value)) return true
  if (!ts.isBinaryExpression(value)) return false
  const { kind } = value.operatorToken
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
  return !isAssignment && kind !== ts.SyntaxKind.CommaToken
}

const doesSomething = (node: ts.Node): boolean =>
  ts.isCallExpression(node) ||
  ts.isNewExpression(node) ||
  ts.isTaggedTemplateExpression(node) ||
  ts.isDeleteExpression(node) ||
  ts.isAwaitExpression(node) ||
  ts.isYieldExpression(node) ||
  ts.isPostfixUnaryExpression(node) ||
  (ts.isPrefixUnaryExpression(node) && /^(\+\+|--)/.test(node.getText())) ||
  (ts.isBinaryExpression(node) && !isCalculation(node))

/** `if (a > 5);`: without the semicolon it decides about the next statement. */
function emptyIfOf(node: ts.IfStatement): Found | undefined {
  const { thenStatement, elseStatement, expression } = node
  if (!ts.isEmptyStatement(thenStatement) || elseStatement) return undefined
  const beside = statementsBeside(node) ?? []
  const rest = beside.slice(beside.indexOf(node) + 2)
  const isSafe = rest.length > 0 && !flowOf(rest).ends
  return { kind: 'if', at: thenStatement, text: expression.getText(), ...(isSafe && { instead: '' }) }
}
