import { mutators } from './globals.ts'
import type { Module } from './module.ts'
import { bare, isFunctionNode, ts } from './parse.ts'
import { addNames, forEachReference, freeNames, type Owner } from './references.ts'

/** Which objects a piece of code changes that it has not made itself. */
export interface Changes {
  /** Those behind names of the module. */
  readonly names: ReadonlySet<string>
  /** Functions that change what they are given. */
  readonly parameters: ReadonlySet<string>
  /** Objects of which it is not seen whose they are. */
  readonly isOther: boolean
}

export const noChanges: Changes = { names: new Set(), parameters: new Set(), isOther: false }

/** Of one declaration or statement: also whether functions in it change variables around them, so that who holds one holds a state. */
export interface OwnChanges extends Changes {
  readonly keepsState: boolean
}

/** What one top-level declaration or statement changes. `name` is the function's own, when it is one. */
export function changesIn(root: ts.Node, module: Pick<Module, 'has'>, name?: string): OwnChanges {
  const targets: Target[] = []
  const visit = (node: ts.Node): void => {
    targets.push(...changedBy(node))
    ts.forEachChild(node, visit)
  }
  visit(root)
  if (targets.length === 0) return { ...noChanges, keepsState: false }
  const owners = new Map<ts.Node, Owner>()
  forEachReference(root, (identifier, owner) => void owners.set(identifier, owner))
  const fresh = freshNames(root)
  const names = new Set<string>()
  const parameters = new Set<string>()
  let isOther = false
  let keepsState = false
  for (const { of, isVariable } of targets) {
    const { origin, isItself, isGiven } = originOf(of)
    if (isFresh(of) || (isItself && isBeingMade(origin))) continue
    const owner = owners.get(origin)
    if (ts.isIdentifier(origin) && owner !== 'free' && isOfFunctionAround(origin)) keepsState = true
    if (isGiven && owner === 'free') isOther = true
    if (!ts.isIdentifier(origin) || owner === undefined) isOther = true
    else if (isVariable && owner !== 'free') continue
    else if (owner === 'parameter' && name !== undefined) {
      parameters.add(name)
      isOther ||= handsOn(root)
    } else if (owner === 'free' && module.has(origin.text)) names.add(origin.text)
    else if (owner !== 'inner' || !isItself || !fresh.has(origin.text)) isOther = true
  }
  return { names, parameters, isOther, keepsState }
}

/** A parameter may be something of the module where it is not given: `(x, list = all)`. */
function handsOn(root: ts.Node): boolean {
  if (!isFunctionNode(root)) return false
  const isSafe = (value: ts.Expression | undefined) => value === undefined || freeNames(value).length === 0
  const isPlain = (name: ts.BindingName): boolean =>
    ts.isIdentifier(name) ||
    name.elements.every(
      (element) => ts.isOmittedExpression(element) || (isSafe(element.initializer) && isPlain(element.name)),
    )
  return !root.parameters.every(({ initializer, name }) => isSafe(initializer) && isPlain(name))
}

/** The variable is declared outside of the function that changes it. */
function isOfFunctionAround(variable: ts.Identifier): boolean {
  let inside: ts.Node = variable.parent
  while (!ts.isFunctionLike(inside)) {
    if (!inside.parent) return false
    inside = inside.parent
  }
  const own = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) || ts.isParameter(node)) addNames(node.name, own)
    if (node === inside || !ts.isFunctionLike(node)) ts.forEachChild(node, visit)
  }
  visit(inside)
  return !own.has(variable.text)
}

/** A variable that is set, or an object that is changed. */
interface Target {
  readonly of: ts.Expression
  readonly isVariable?: true
}

/** What a node changes itself, not what stands in it. */
function changedBy(node: ts.Node): readonly Target[] {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
    return isAssignment ? setBy(node.left) : []
  }
  if (ts.isPostfixUnaryExpression(node)) return setBy(node.operand)
  if (ts.isPrefixUnaryExpression(node)) {
    const { operator } = node
    const counts = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken
    return counts ? setBy(node.operand) : []
  }
  if (ts.isDeleteExpression(node)) return setBy(node.expression)
  if (ts.isForOfStatement(node) || ts.isForInStatement(node))
    return ts.isVariableDeclarationList(node.initializer) ? [] : setBy(node.initializer)
  return ts.isCallExpression(node) ? changedByCall(node).map((of) => ({ of })) : []
}

/** What `x = …`, `x.a = …` and `[x[0], x.b] = …` set. */
function setBy(target: ts.Expression): readonly Target[] {
  const to = bare(target)
  if (ts.isIdentifier(to)) return [{ of: to, isVariable: true }]
  if (ts.isPropertyAccessExpression(to) || ts.isElementAccessExpression(to)) return [{ of: to.expression }]
  if (ts.isSpreadElement(to)) return setBy(to.expression)
  if (ts.isBinaryExpression(to)) return setBy(to.left)
  if (ts.isArrayLiteralExpression(to)) return to.elements.flatMap(setBy)
  if (!ts.isObjectLiteralExpression(to)) return []
  return to.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property)) return setBy(property.initializer)
    if (ts.isShorthandPropertyAssignment(property)) return setBy(property.name)
    return ts.isSpreadAssignment(property) ? setBy(property.expression) : []
  })
}

function changedByCall({ expression, arguments: given }: ts.CallExpression): readonly ts.Expression[] {
  const callee = bare(expression)
  const method = methodOf(callee)
  if (method === undefined) return []
  const { of, name } = method
  if (/^(?:call|apply|bind)$/.test(name)) {
    const borrowed = methodOf(bare(of))
    return borrowed && isChanging(borrowed.name) && given[0] ? [given[0]] : []
  }
  if (ts.isIdentifier(of) && /^(?:Object|Reflect)$/.test(of.text))
    return /^(?:assign|set|define|delete)/.test(name) && given[0] ? [given[0]] : []
  if (!isChanging(name)) return []
  const pattern = bare(of)
  return ts.isRegularExpressionLiteral(pattern) ? [] : [of]
}

function methodOf(callee: ts.Expression): { readonly of: ts.Expression; readonly name: string } | undefined {
  if (ts.isPropertyAccessExpression(callee)) return { of: callee.expression, name: callee.name.text }
  if (!ts.isElementAccessExpression(callee) || !ts.isStringLiteralLike(callee.argumentExpression)) return undefined
  return { of: callee.expression, name: callee.argumentExpression.text }
}

const isChanging = (method: string): boolean => mutators.has(method) || /^(?:next|set[A-Z]\w*)$/.test(method)

/** Where `a.b[c].get(d)` begins, whether that is all of it, and whether something in it is what a function gave. */
function originOf(target: ts.Expression) {
  let origin = bare(target)
  let isItself = true
  let isGiven = false
  while (ts.isPropertyAccessExpression(origin) || ts.isElementAccessExpression(origin) || ts.isCallExpression(origin)) {
    isGiven ||= ts.isCallExpression(origin)
    origin = bare(origin.expression)
    isItself = false
  }
  return { origin, isItself, isGiven }
}

/** `this` of a constructor. */
function isBeingMade(origin: ts.Expression): boolean {
  if (origin.kind !== ts.SyntaxKind.ThisKeyword) return false
  let around: ts.Node = origin.parent
  while (ts.isArrowFunction(around) || !ts.isFunctionLike(around)) {
    if (!around.parent || ts.isClassLike(around)) return false
    around = around.parent
  }
  return ts.isConstructorDeclaration(around)
}

/** Variables inside of a piece of code that never hold anything but what is made there. */
function freshNames(root: ts.Node): ReadonlySet<string> {
  const fresh = new Set<string>()
  const others = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) {
      const { name, initializer } = node
      const isPlain = ts.isIdentifier(name) && ts.isVariableStatement(node.parent.parent)
      if (isPlain && (!initializer || isFresh(initializer))) fresh.add(name.text)
      else if (!ts.isIdentifier(name) || !initializer || !isFresh(initializer)) addNames(name, others)
      else fresh.add(name.text)
    } else if (ts.isParameter(node)) addNames(node.name, others)
    else if (ts.isBinaryExpression(node) && ts.isIdentifier(bare(node.left)) && !isFresh(node.right))
      others.add((bare(node.left) as ts.Identifier).text)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return new Set([...fresh].filter((name) => !others.has(name)))
}

/** It is made here, so that nobody else holds it. */
function isFresh(expression: ts.Expression): boolean {
  const value = bare(expression)
  if (ts.isConditionalExpression(value)) return isFresh(value.whenTrue) && isFresh(value.whenFalse)
  if (ts.isCallExpression(value)) {
    const callee = bare(value.expression)
    if (ts.isIdentifier(callee)) return /^(?:Array|String|Number|structuredClone)$/.test(callee.text)
    const method = methodOf(callee)
    if (!method) return false
    return copying.has(method.name) || (/^(?:sort|reverse|fill)$/.test(method.name) && isFresh(method.of))
  }
  return (
    ts.isArrayLiteralExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    ts.isNewExpression(value) ||
    ts.isLiteralExpression(value) ||
    ts.isTemplateExpression(value) ||
    ts.isPrefixUnaryExpression(value) ||
    isFunctionNode(value)
  )
}

/** Methods that give an object of their own. */
const copying: ReadonlySet<string> = new Set(
  'map filter slice concat split flat flatMap toSorted toReversed toSpliced with from of fromEntries keys values entries'.split(
    ' ',
  ),
)
