import type { ImportedName } from './features.ts'
import { isAggregateName, isColumnMethod, libraryAggregates, libraryModule } from './library.ts'
import type { Module } from './module.ts'
import { type FunctionNode, outOfParentheses, ts } from './parse.ts'
import { forEachReference } from './references.ts'

/** How a function's body uses one of its parameters. */
export interface ParameterUse {
  /** The body asks whether the value is missing. */
  readonly testsMissing: boolean
  /** … and asks only in a way that `undefined` does not answer: `Number.isNaN(p)`, `p === null`. */
  readonly testsOnly?: 'nan' | 'null'
  /** Something that only a whole column can be asked: `revenue.reduce()`. */
  readonly evidence?: Evidence
  /** One element is taken of it, as text: `revenue[…]`. Of a text that is a letter. */
  readonly element?: string
  /** The body does more with it than hand it to functions that cannot be read here. */
  readonly speaks: boolean
}

export interface Evidence {
  readonly text: string
  /** `method` no single value has; `iteration` is possible over a text too. */
  readonly kind: 'method' | 'iteration'
  readonly position: number
}

type Usage = ReadonlyMap<string, ParameterUse>

interface Mutable {
  test: boolean
  nullTest: boolean
  nanTest: boolean
  /** Nothing else is done with it than to calculate and to give it. */
  handedOn: boolean
  element?: string
  evidence?: Evidence
  speaks: boolean
}

/** The uses of a function's parameters by their local names; helpers of the same file are followed. */
export function usageOf(root: FunctionNode, module: Module): Usage {
  return usage(root, module, new Set())
}

function usage(root: FunctionNode, module: Module, busy: ReadonlySet<FunctionNode>): Usage {
  const uses = new Map<string, Mutable>()
  const inside = new Set([...busy, root])
  /** `const r = revenue`: what is asked of `r` is asked of the parameter. */
  const aliases = new Map<string, string>()
  const slices = new Set<string>()
  forEachReference(root, (identifier, owner) => {
    if (owner === 'free') return
    const name = owner === 'parameter' ? identifier.text : aliases.get(identifier.text)
    if (name === undefined) return
    const node = afterSlices(identifier)
    const isPart = node !== outOfParentheses(identifier) || (owner !== 'parameter' && slices.has(identifier.text))
    const alias = aliasOf(node)
    if (alias !== undefined) {
      aliases.set(alias, name)
      if (isPart) slices.add(alias)
      else return
    }
    const use = uses.get(name) ?? { test: false, nullTest: false, nanTest: false, handedOn: true, speaks: false }
    uses.set(name, use)
    use.handedOn &&= isHandedOn(node)
    note(identifier, node, isPart, use, module, inside)
  })
  // Where one input is asked whether it is missing, others may be missing where they are not used.
  const asks = [...uses.values()].some(({ test, nullTest, nanTest }) => test || nullTest || nanTest)
  return new Map(
    [...uses].map(([name, { test, nullTest, nanTest, handedOn, evidence, element, speaks }]) => {
      const isTested = test || nullTest || nanTest
      const testsOnly =
        !isTested || test || (nullTest && nanTest) ? undefined : nullTest ? 'null' : nanTest ? 'nan' : undefined
      return [
        name,
        {
          testsMissing: isTested || (asks && handedOn),
          speaks,
          ...(testsOnly && { testsOnly }),
          ...(evidence && { evidence }),
          ...(element !== undefined && { element }),
        },
      ]
    }),
  )
}

/** The name of the constant that is set to nothing but this: `const r = revenue`. */
export function aliasOf(identifier: ts.Node): string | undefined {
  const node = outOfParentheses(identifier)
  const { parent } = node
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== node) return undefined
  return ts.isIdentifier(parent.name) ? parent.name.text : undefined
}

function note(
  identifier: ts.Identifier,
  node: ts.Node,
  isPart: boolean,
  use: Mutable,
  module: Module,
  inside: ReadonlySet<FunctionNode>,
): void {
  const position = identifier.getStart()
  const found = (text: string, kind: Evidence['kind']) => {
    use.speaks = true
    // A part of a text is walked over as often as one of a column.
    if (isPart && kind === 'iteration') use.element ??= text
    else use.evidence ??= { text, kind, position }
  }
  const { parent } = node
  if (isPart) use.speaks = true
  const column = node === outOfParentheses(identifier) ? identifier.text : `${identifier.text}.slice()`
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    use.speaks = true
    if (parent.questionDotToken && !isPart) use.test = true
    const method = parent.name.text
    if (isCallee(parent) && isColumnMethod(method)) found(`${column}.${method}()`, 'method')
    else if (isCallee(parent) && method === 'at') use.element ??= `${column}.at()`
    else if (method === 'length' && isLoopBound(parent)) found(`a loop over ${identifier.text}`, 'iteration')
  } else if (ts.isSpreadElement(parent)) found(`...${identifier.text}`, 'iteration')
  else if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.expression === node)
    found(`a loop over ${identifier.text}`, 'iteration')
  else if (ts.isNewExpression(parent) && /^(Set|Map|Array)$/.test(nameOf(parent.expression)))
    found(`new ${nameOf(parent.expression)}(${identifier.text})`, 'iteration')
  else if (ts.isCallExpression(parent) && parent.expression !== node)
    noteArgument(node, identifier.text, parent, use, found, module, inside)
  else {
    use.speaks = true
    if (isElement(node)) use.element ??= `${column}[…]`
    if (isPart) return
    if (isNullTest(node)) use.nullTest = true
    else if (isMissingTest(node)) use.test = true
  }
}

function noteArgument(
  node: ts.Node,
  name: string,
  call: ts.CallExpression,
  use: Mutable,
  found: (text: string, kind: Evidence['kind']) => void,
  module: Module,
  inside: ReadonlySet<FunctionNode>,
): void {
  const callee = nameOf(call.expression)
  const index = call.arguments.findIndex((argument) => Object.is(argument, node))
  if (callee === 'Number.isNaN' || callee === 'isNaN') {
    use.nanTest = true
    use.speaks = true
    return
  }
  if (callee === 'Array.from' || /^Object\.(values|entries|groupBy)$/.test(callee)) {
    found(`${callee}(${name})`, 'iteration')
    return
  }
  // A name that the function itself declares is not the one at the top of the file; it is rare and changes no level.
  const entry = module.entry(callee.replace(/\..*$/, ''))
  const imported = entry?.kind === 'imported' ? libraryName(entry, callee) : undefined
  if (imported !== undefined || callee === 'isMissing') {
    use.speaks = true
    if (imported === 'coalesce' || imported === 'isMissing' || callee === 'isMissing') use.test = true
    else if (imported && isAggregateCall(imported, call.arguments.length)) found(`${callee}(${name})`, 'method')
    return
  }
  const helper = entry?.kind === 'declared' ? entry.declared.function : undefined
  if (helper) followHelper(helper, index, use, found, module, inside)
  else if (entry?.kind !== 'imported') use.speaks = true
}

function followHelper(
  helper: FunctionNode,
  index: number,
  use: Mutable,
  found: (text: string, kind: Evidence['kind']) => void,
  module: Module,
  inside: ReadonlySet<FunctionNode>,
): void {
  const parameters = helper.parameters.filter((parameter) => parameter.name.getText() !== 'this')
  const parameter = parameters[index]
  if (inside.has(helper) || !parameter || parameter.dotDotDotToken || !ts.isIdentifier(parameter.name)) {
    use.speaks = true
    return
  }
  const inner = usage(helper, module, inside).get(parameter.name.text)
  if (!inner) return
  if (inner.evidence) found(inner.evidence.text, inner.evidence.kind)
  if (inner.element !== undefined) use.element ??= inner.element
  if (inner.testsMissing) use[missingTests[inner.testsOnly ?? 'any']] = true
  use.speaks ||= inner.speaks
}

const missingTests = { nan: 'nanTest', null: 'nullTest', any: 'test' } as const

/** The name that an imported callee has in the library: `sum` of `sum(x)` and of `md.sum(x)`. */
export function libraryName(entry: Pick<ImportedName, 'name' | 'from'>, callee: string): string | undefined {
  if (entry.from !== libraryModule) return undefined
  const name = entry.name === '*' ? /^[^.]+\.([^.]+)$/.exec(callee)?.[1] : entry.name
  return name === undefined ? undefined : (libraryAggregates.get(name) ?? name)
}

/** `max(a, b)` compares two values; `max(a)` is the aggregate. */
export function isAggregateCall(name: string, argumentCount: number): boolean {
  if ((name === 'min' || name === 'max') && argumentCount > 1) return false
  return isAggregateName(name)
}

/** `a` or `a.b` as text; empty for anything else. */
export function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text
  if (ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression))
    return `${expression.expression.text}.${expression.name.text}`
  return ''
}

function isMissingTest(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isElementAccessExpression(parent)) return parent.questionDotToken !== undefined
  if (ts.isTypeOfExpression(parent)) return isComparedWith(parent, isUndefinedText)
  if (!ts.isBinaryExpression(parent)) return false
  const operator = parent.operatorToken.kind
  if (operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.QuestionQuestionEqualsToken)
    return parent.left === node
  return isComparedWith(node, (other) => isNull(other) || isUndefined(other))
}

/**
 * A value is only calculated with and given: where it is missing, so is what comes of it. Not so in a comparison, or in a text,
 * which takes a missing value in as a word.
 */
function isHandedOn(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isReturnStatement(parent)) return true
  if (ts.isArrowFunction(parent)) return parent.body === node
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && isHandedOn(parent)
  if (ts.isBinaryExpression(parent)) return carriesMissing.has(parent.operatorToken.kind) && isHandedOn(parent)
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator !== ts.SyntaxKind.ExclamationToken && isHandedOn(parent)
  if (ts.isCallExpression(parent))
    return parent.expression !== node && /^Math\.\w+$/.test(parent.expression.getText()) && isHandedOn(parent)
  return ts.isParenthesizedExpression(parent) && isHandedOn(parent)
}

/** Not `+`, which may join texts. */
const carriesMissing: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
])

/** `p === null`, which is false for `undefined`. */
function isNullTest(node: ts.Node): boolean {
  const { parent } = node
  return ts.isBinaryExpression(parent) && parent.operatorToken.getText().length === 3 && isComparedWith(node, isNull)
}

function isComparedWith(node: ts.Node, matches: (other: ts.Node) => boolean): boolean {
  const { parent } = node
  if (!ts.isBinaryExpression(parent) || !equalities.has(parent.operatorToken.kind)) return false
  return matches(parent.left === node ? parent.right : parent.left)
}

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
])

const isNull = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.NullKeyword

const isUndefinedText = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && node.text === 'undefined'

const isUndefined = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'undefined'

/** `p[0]`, `const [first] = p`. */
function isElement(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isElementAccessExpression(parent))
    return parent.expression === node && !ts.isStringLiteralLike(parent.argumentExpression)
  return ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isArrayBindingPattern(parent.name)
}

/** `p.slice(1)`: what is asked of a part of a column is asked of the column. */
function afterSlices(identifier: ts.Node): ts.Node {
  const node = outOfParentheses(identifier)
  const access = node.parent
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node || access.questionDotToken) return node
  return access.name.text === 'slice' && isCallee(access) ? afterSlices(outOfParentheses(access).parent) : node
}

function isCallee(access: ts.PropertyAccessExpression): boolean {
  const node = outOfParentheses(access)
  return ts.isCallExpression(node.parent) && node.parent.expression === node
}

/** `p.length` in the head of a `for` or `while`. */
function isLoopBound(access: ts.Node): boolean {
  for (let at = access; at.parent && !ts.isStatement(at); at = at.parent) {
    const { parent } = at
    if (ts.isForStatement(parent)) return parent.statement !== at
    if (ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return parent.expression === at
  }
  return false
}
