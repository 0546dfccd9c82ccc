import type { Module } from './module.ts'
import { type FunctionNode, outOfParentheses, ts } from './parse.ts'
import { forEachReference } from './references.ts'
import { nameOf } from './usage.ts'

/**
 * Whether the code goes on with the value that stands at a node. False where a function may be wanted: it is called, handed to
 * a method (`prices.map(half)`), kept in a list.
 */
export function isOperand(node: ts.Node, module: Pick<Module, 'entry'>): boolean {
  const outer = outOfParentheses(node)
  const { parent } = outer
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind
    if (passesOn.has(operator)) return isOperand(parent, module)
    return !takesNoValue.has(operator)
  }
  if (ts.isConditionalExpression(parent)) return parent.condition === outer || isOperand(parent, module)
  if (ts.isPropertyAccessExpression(parent)) return !/^(call|apply|bind|name|length)$/.test(parent.name.text)
  if (ts.isCallExpression(parent)) return parent.expression !== outer && isValueArgument(outer, parent, module)
  if (ts.isArrowFunction(parent)) return parent.body === outer
  return (
    ts.isPrefixUnaryExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isSwitchStatement(parent)
  )
}

const passesOn: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
])

const takesNoValue: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
])

function isValueArgument(node: ts.Node, call: ts.CallExpression, module: Pick<Module, 'entry'>): boolean {
  const callee = nameOf(call.expression)
  if (/^(Math|Number)\.|^(Number|String|Boolean|isNaN|isFinite|parseFloat|parseInt)$/.test(callee)) return true
  const entry = module.entry(callee)
  const helper = entry?.kind === 'declared' ? entry.declared.function : undefined
  const at = call.arguments.findIndex((argument) => Object.is(argument, node))
  const parameter = helper?.parameters[at]?.name
  return helper !== undefined && parameter !== undefined && ts.isIdentifier(parameter) && takesValue(helper, parameter)
}

/** The function neither calls a parameter nor hands it on. */
function takesValue(helper: FunctionNode, { text }: ts.Identifier): boolean {
  let takes = true
  forEachReference(helper, (identifier, owner) => {
    if (owner !== 'parameter' || identifier.text !== text) return
    const node = outOfParentheses(identifier)
    if (ts.isCallExpression(node.parent)) takes = false
  })
  return takes
}
