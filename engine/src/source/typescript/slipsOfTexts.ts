import type { Slip } from '../../ir/sites.ts'
import { libraryModule } from './library.ts'
import type { Module } from './module.ts'
import { bare, type FunctionNode, isFunctionNode, outOfParentheses, ts } from './parse.ts'
import { declaredBy } from './references.ts'
import { libraryName, nameOf } from './usage.ts'

const { SyntaxKind } = ts

type Names = Pick<Module, 'entry'>

/** What orders, adds or dates the values of an input: with texts it does that as JavaScript does with texts. */
export function slipOfTexts(node: ts.Node, root: FunctionNode, module: Names): Omit<Slip, 'span'> | undefined {
  const found = foundAt(node, root, module)
  return found && { kind: 'text', text: node.getText(), ...found }
}

type Found = Required<Pick<Slip, 'by' | 'inputs'>>

function foundAt(node: ts.Node, root: FunctionNode, module: Names): Found | undefined {
  if (ts.isBinaryExpression(node)) return slipOfSides(node, root, module)
  if (ts.isNewExpression(node)) {
    const [only, second] = node.arguments ?? []
    const input = only && !second && nameOf(node.expression) === 'Date' ? inputOf(only, root, module) : undefined
    return input === undefined ? undefined : { by: 'Date', inputs: [input] }
  }
  if (!ts.isCallExpression(node)) return undefined
  const asked = askedIn(node, module)
  if (!asked || !ordering.has(asked.name)) return undefined
  if (/ort/.test(asked.name) && node.arguments.length > 0) return undefined
  const input = inputOf(asked.of, root, module)
  return input === undefined ? undefined : { by: asked.name, inputs: [input] }
}

function slipOfSides(node: ts.BinaryExpression, root: FunctionNode, module: Names): Found | undefined {
  const { operatorToken, left, right } = node
  const by = operatorToken.getText()
  const isSum = operatorToken.kind === SyntaxKind.PlusToken
  if (!isSum && !/^[<>]=?$/.test(by)) return undefined
  const [first, second] = [left, right].map((side) => inputOf(side, root, module))
  const input = first ?? second
  if (input === undefined) return undefined
  if (first !== undefined && second !== undefined)
    return isSum && joinsWords(node) ? undefined : { by, inputs: [first, second] }
  const other = bare(first === undefined ? left : right)
  const isOdd = isSum ? isCalculated(other) && !joinsWords(node) : ts.isStringLiteralLike(other)
  return isOdd ? { by, inputs: [input] } : undefined
}

/** `name + ' ' + city`: texts are joined on purpose. */
function joinsWords(node: ts.Node): boolean {
  let top = node
  for (let at = outOfParentheses(top).parent; isSumOf(at); at = outOfParentheses(at).parent) top = at
  const isWords = (each: ts.Expression): boolean => {
    const side = bare(each)
    if (isSumOf(side)) return isWords(side.left) || isWords(side.right)
    return ts.isStringLiteralLike(side) || ts.isTemplateExpression(side)
  }
  return isWords(top as ts.Expression)
}

const isSumOf = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PlusToken

/** What is a number as it is written. */
function isCalculated(node: ts.Expression): boolean {
  if (ts.isNumericLiteral(node)) return true
  if (ts.isBinaryExpression(node)) return /^(?:[-*/%]|\*\*)$/.test(node.operatorToken.getText())
  if (!ts.isCallExpression(node)) return false
  const callee = bare(node.expression)
  if (!ts.isPropertyAccessExpression(callee)) return false
  return callee.expression.getText() === 'Math' || /^(?:sum|mean|median|count|nunique|std|var)$/.test(callee.name.text)
}

const ordering: ReadonlySet<string> = new Set(['max', 'min', 'rank', 'argmax', 'argmin', 'sort', 'toSorted'])

/** What gives values of a column. */
const passing: ReadonlySet<string> = new Set(
  'filter unique sort toSorted reverse toReversed slice lag lead previous rolling first last at min max mode find'.split(
    ' ',
  ),
)

/** `datum.max()`, `max(datum)`. */
function askedIn(call: ts.CallExpression, module: Names): { of: ts.Expression; name: string } | undefined {
  const callee = bare(call.expression)
  const name = nameOf(callee)
  const entry = module.entry(name.replace(/\..*$/, ''))
  if (entry?.kind === 'imported' && entry.from === libraryModule) {
    const [of, second] = call.arguments
    const method = libraryName(entry, name)
    return of && !second && method !== undefined ? { of, name: method } : undefined
  }
  return ts.isPropertyAccessExpression(callee) ? { of: callee.expression, name: callee.name.text } : undefined
}

/** The local name of the input that a value is one of: of its rows, or of those that are left of it. */
function inputOf(expression: ts.Expression, root: FunctionNode, module: Names): string | undefined {
  const node = bare(expression)
  if (ts.isIdentifier(node)) return inputNamed(node, root, module)
  if (ts.isElementAccessExpression(node)) return inputOf(node.expression, root, module)
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === SyntaxKind.QuestionQuestionToken ? inputOf(node.left, root, module) : undefined
  const asked = ts.isCallExpression(node) ? askedIn(node, module) : undefined
  return asked && passing.has(asked.name) ? inputOf(asked.of, root, module) : undefined
}

/** A parameter of the function, or what a callback is given of a column. */
function inputNamed(name: ts.Identifier, root: FunctionNode, module: Names): string | undefined {
  for (let at: ts.Node = name.parent; at; at = at.parent) {
    if (at === root) return declaredBy(root).has(name.text) ? name.text : undefined
    if (!declaredBy(at).has(name.text)) continue
    if (!isFunctionNode(at) || at.parameters[0]?.name.getText() !== name.text) return undefined
    const call = outOfParentheses(at).parent
    const callee = ts.isCallExpression(call) && call.arguments[0] === at ? bare(call.expression) : undefined
    if (!callee || !ts.isPropertyAccessExpression(callee) || !handing.test(callee.name.text)) return undefined
    return inputOf(callee.expression, root, module)
  }
  return undefined
}

const handing = /^(?:filter|map|flatMap|some|every|find\w*|forEach|where)$/
