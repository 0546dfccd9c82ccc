import type { Effect } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { changingMethods, hostFunctions, hostObjects, mutators } from './globals.ts'
import type { Module } from './module.ts'
import { bare, type FunctionNode, outOfParentheses, ts } from './parse.ts'
import type { Owner } from './references.ts'

type SpanOf = (node: ts.Node) => Span

/** What a function does besides giving a value by one of the names it uses. */
export function effectOf(
  identifier: ts.Identifier,
  owner: Owner,
  module: Pick<Module, 'has' | 'entry'>,
  spanOf: SpanOf,
): Effect | undefined {
  if (owner === 'inner') return undefined
  const name = identifier.text
  const made = (kind: Effect['kind'], node: ts.Node, text: string): Effect => ({
    kind,
    text,
    name,
    span: spanOf(node),
  })
  if (owner === 'free' && !module.has(name)) return effectOfHost(identifier, made)
  const { node, depth } = wholeAccess(identifier)
  if (owner === 'parameter') return depth > 0 && isChanged(node) ? made('input', node, name) : undefined
  if (isChanged(node) || (depth > 0 && isMutated(node, name, module))) return made('write', node, name)
  return undefined
}

/** Uses of `this`, `await` and `import()`, which no name shows. */
export function keywordEffects(fn: FunctionNode, spanOf: SpanOf): readonly Effect[] {
  if (!/\b(this|await|import)\b/.test(fn.getText())) return []
  const effects: Effect[] = []
  const add = (kind: Effect['kind'], text: string, node: ts.Node) => {
    effects.push({ kind, text, name: text, span: spanOf(node) })
  }
  const visit = (node: ts.Node, isOwnThis: boolean): void => {
    if (ts.isTypeNode(node)) return
    if (node.kind === ts.SyntaxKind.ThisKeyword && isOwnThis) add('this', 'this', node)
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) add('later', 'await', node)
    if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent))
      add('outside', 'import()', node.parent)
    const hasOwnThis = ts.isFunctionLike(node) ? !ts.isArrowFunction(node) : ts.isClassLike(node)
    ts.forEachChild(node, (child) => visit(child, isOwnThis && !hasOwnThis))
  }
  if (fn.body) visit(fn.body, true)
  return effects
}

function effectOfHost(
  identifier: ts.Identifier,
  made: (kind: Effect['kind'], node: ts.Node, text: string) => Effect,
): Effect | undefined {
  const name = identifier.text
  const node = outOfParentheses(identifier)
  const { parent } = node
  if (name === 'Date' && isInvoked(node)) {
    if (ts.isCallExpression(parent)) return made('clock', parent, 'Date()')
    return ts.isNewExpression(parent) && !parent.arguments?.length ? made('clock', parent, 'new Date()') : undefined
  }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const access = outOfParentheses(parent)
    const text = `${name}.${parent.name.text}`
    const kind = changingMethods.get(text) ?? hostObjects.get(name)
    if (!kind) return undefined
    return isInvoked(access) ? made(kind, access.parent, `${text}()`) : made(kind, parent, text)
  }
  const kind = isInvoked(node) ? hostFunctions.get(name) : undefined
  if (kind) return made(kind, parent, `${name}()`)
  const object = ts.isElementAccessExpression(parent) && parent.expression === node ? hostObjects.get(name) : undefined
  return object && made(object, parent, name)
}

function isInvoked(node: ts.Node): node is ts.Node & { parent: ts.CallExpression | ts.NewExpression } {
  const { parent } = node
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node
}

/** `a.b[c]` of `a`, and how many steps that is. */
function wholeAccess(identifier: ts.Identifier): { readonly node: ts.Node; readonly depth: number } {
  let node = outOfParentheses(identifier)
  let depth = 0
  for (;;) {
    const { parent } = node
    const isAccess = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)
    if (!isAccess || parent.expression !== node) return { node, depth }
    node = outOfParentheses(parent)
    depth++
  }
}

/** It is set, counted up or down, or deleted. */
function isChanged(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isPostfixUnaryExpression(parent) || ts.isDeleteExpression(parent)) return true
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node
  if (ts.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent)
  // `[a, b.c] = …`, `({ a: b.c } = …)`
  const isPart =
    ts.isArrayLiteralExpression(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === node)
  return isPart && isChanged(ts.isExpression(parent) ? outOfParentheses(parent) : parent)
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

/** `seen.add(x)` of a list, map or set of the file. */
function isMutated(access: ts.Node, name: string, module: Pick<Module, 'entry'>): boolean {
  if (!isInvoked(access) || !ts.isPropertyAccessExpression(access) || !mutators.has(access.name.text)) return false
  const entry = module.entry(name)
  const value = entry?.kind === 'declared' && entry.declared.constant && bare(entry.declared.constant)
  if (!value) return false
  return (
    ts.isArrayLiteralExpression(value) ||
    (ts.isNewExpression(value) && /^(Weak)?(Map|Set)$|Array$/.test(value.expression.getText()))
  )
}
