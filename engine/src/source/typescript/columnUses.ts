import { takes } from '../../ir/given.ts'
import type { CalculationUse, ColumnUse } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { isAggregateName, isColumnMethod, isRollingName } from './library.ts'
import type { Module } from './module.ts'
import { bare, type FunctionNode, isFunctionNode, outOfParentheses, ts } from './parse.ts'
import { declaredBy, freeNames } from './references.ts'
import { isAggregateCall, libraryName, nameOf } from './usage.ts'

/** What only a whole column can be asked, of the input that stands at `identifier`. */
export function columnUseOf(
  identifier: ts.Identifier,
  input: string,
  module: Pick<Module, 'entry'>,
  { root, inputs }: { readonly root: ts.Node; readonly inputs: ReadonlySet<string> },
  spanOf: (node: ts.Node) => Span,
): ColumnUse | undefined {
  const asked = askedOf(identifier, module)
  if (!asked) return undefined
  const { node, asks, method, gives, superfluous } = asked
  const names = freeNames(node)
  const isClosed = identifier.text === input && !names.some((name) => isLocal(name, node, root))
  return {
    input,
    span: spanOf(node),
    inputSpan: spanOf(identifier),
    text: node.getText().replace(/\s+/g, ' '),
    asks,
    method,
    gives,
    ...(superfluous && { superfluous }),
    inputs: names.filter((name) => inputs.has(name)),
    ...(isClosed && { isClosed }),
  }
}

interface Asked extends Pick<ColumnUse, 'asks' | 'method' | 'gives' | 'superfluous'> {
  readonly node: ts.Node
}

function askedOf(identifier: ts.Identifier, module: Pick<Module, 'entry'>): Asked | undefined {
  const asked = methodsOf(identifier)
  if (asked && asked.gives !== 'column') return asked
  return libraryCallOf(asked?.node ?? identifier, asked?.asks, module) ?? asked
}

/** `.filter(…).sum()` behind an input: methods that a column has, up to the first that gives one value. */
function methodsOf(identifier: ts.Identifier): Asked | undefined {
  let asked: Asked | undefined
  let node = outOfParentheses(identifier)
  while (ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node) {
    const access = node.parent
    const method = access.name.text
    if (method === 'length') return { node: access, asks: asked?.asks ?? '.length', method, gives: 'length' }
    const callee = outOfParentheses(access)
    const call = callee.parent
    if (!ts.isCallExpression(call) || call.expression !== callee || !isColumnMethod(method)) break
    const isOfWindows = asked?.method === 'rolling' && isRollingName(method)
    const gives = isAggregateName(method) && !isOfWindows ? 'value' : 'column'
    const superfluous = asked?.superfluous ?? superfluousIn(call.arguments, method, isOfWindows ? 0 : takes.get(method))
    asked = { node: call, asks: asked?.asks ?? `.${method}()`, method, gives, ...(superfluous && { superfluous }) }
    node = outOfParentheses(call)
    if (gives === 'value') break
  }
  return asked
}

/** `sum(revenue)` of the library. */
function libraryCallOf(of: ts.Node, asks: string | undefined, module: Pick<Module, 'entry'>): Asked | undefined {
  const node = outOfParentheses(of)
  const call = node.parent
  if (!ts.isCallExpression(call) || call.arguments[0] !== node) return undefined
  const callee = nameOf(call.expression)
  const entry = module.entry(callee.replace(/\..*$/, ''))
  const method = entry?.kind === 'imported' ? libraryName(entry, callee) : undefined
  if (!method || !isAggregateCall(method, call.arguments.length)) return undefined
  const superfluous = superfluousIn(call.arguments.slice(1), method, takes.get(method))
  return { node: call, asks: asks ?? `${callee}()`, method, gives: 'value', ...(superfluous && { superfluous }) }
}

function superfluousIn(
  given: readonly ts.Expression[],
  method: string,
  most = Number.POSITIVE_INFINITY,
): ColumnUse['superfluous'] {
  const extra = given[most]
  if (!extra || given.some(ts.isSpreadElement)) return undefined
  return { method, given: extra.getText().replace(/\s+/g, ' '), isFunction: isFunctionNode(bare(extra)) }
}

/** What only a whole column can be asked, of the calculation that a node calls a method of. */
export function calculationUseOf(
  node: ts.Node,
  module: Pick<Module, 'entry'>,
  { root, inputs }: { readonly root: FunctionNode; readonly inputs: ReadonlySet<string> },
  spanOf: (node: ts.Node) => Span,
): CalculationUse | undefined {
  const asked = ts.isCallExpression(node) ? askedOfCalculation(node, module) : undefined
  const from = asked && calculatedConstant(asked.of)
  const names = asked && freeNames(from ?? asked.of)
  if (!asked || !names?.some((name) => inputs.has(name))) return undefined
  return {
    span: spanOf(node),
    of: spanOf(asked.of),
    ofText: asked.of.getText().replace(/\s+/g, ' '),
    asks: asked.asks,
    inputs: names.filter((name) => inputs.has(name)),
    ...(from && { from: spanOf(from) }),
    ...(!from && !names.some((name) => isLocal(name, asked.of, root)) && { isClosed: true }),
  }
}

/** What a constant of the function is set to, when that is a calculation: `const margin = revenue - cost`. */
function calculatedConstant(of: ts.Expression): ts.Expression | undefined {
  if (!ts.isIdentifier(of)) return undefined
  for (let at: ts.Node = of.parent; at && !ts.isSourceFile(at); at = at.parent) {
    if (declaredBy(at).has(of.text) && ts.isFunctionLike(at)) return undefined
    if (!ts.isBlock(at)) continue
    const lists = at.statements.flatMap((each) => (ts.isVariableStatement(each) ? [each.declarationList] : []))
    const declared = lists
      .flatMap(({ declarations }) => [...declarations])
      .find(({ name }) => name.getText() === of.text)
    if (!declared) continue
    const value = declared.initializer && bare(declared.initializer)
    return value && isCalculation(value) && (declared.parent.flags & ts.NodeFlags.Const) !== 0 ? value : undefined
  }
  return undefined
}

const isOne = (node: ts.Expression): boolean => isCalculation(node) || calculatedConstant(node) !== undefined

function askedOfCalculation(call: ts.CallExpression, module: Pick<Module, 'entry'>) {
  const callee = bare(call.expression)
  if (ts.isPropertyAccessExpression(callee)) {
    const of = bare(callee.expression)
    return isAggregateName(callee.name.text) && isOne(of) ? { of, asks: `.${callee.name.text}()` } : undefined
  }
  const of = call.arguments[0] && bare(call.arguments[0])
  const entry = ts.isIdentifier(callee) ? module.entry(callee.text) : undefined
  const method = entry?.kind === 'imported' ? libraryName(entry, nameOf(callee)) : undefined
  if (!of || !method || !isAggregateCall(method, call.arguments.length) || !isOne(of)) return undefined
  return { of, asks: `.${method}()` }
}

function isCalculation(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return true
  if (!ts.isBinaryExpression(node)) return false
  const { kind } = node.operatorToken
  return kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.PercentToken
}

/** Whether a name is declared between a node and the function around it. */
function isLocal(name: string, from: ts.Node, root: ts.Node): boolean {
  for (let at = from.parent; at && at !== root; at = at.parent) if (declaredBy(at).has(name)) return true
  return false
}
