import type { CodeError } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'
import { isFunctionNode, ts } from './parse.ts'
import { addNames, forEachReference } from './references.ts'

type SpanOf = (node: ts.Node) => Span

/**
 * What JavaScript refuses in code that a parser can read: it keeps the whole file from being loaded, or its function from giving
 * anything. Only what is certain from the statement alone.
 */
export function earlyErrors(statement: ts.Statement, spanOf: SpanOf): readonly CodeError[] {
  const found: CodeError[] = []
  const add = (node: ts.Node, message: string, fix?: CodeError['fix']): void => {
    const span = spanOf(node)
    found.push({ message, span, after: span.start, kind: 'refused', ...(fix && { fix }) })
  }
  const visit = (node: ts.Node): void => {
    for (const [name, message] of faultsOf(node)) add(name, message)
    const list = statementsOf(node)
    if (list) for (const name of repeatedIn(list, node)) add(name, `'${name.text}' is declared twice here. Rename one.`)
    ts.forEachChild(node, visit)
  }
  visit(statement)
  const constants = soleConstants(statement)
  if (constants.size > 0) forEachUse(statement, constants, spanOf, add)
  return found
}

/** What is wrong with a node by itself and its surroundings. */
function faultsOf(node: ts.Node): readonly (readonly [ts.Node, string])[] {
  const unreadable = ts.isRegularExpressionLiteral(node) ? faultOfPattern(node.text) : undefined
  if (unreadable !== undefined) return [[node, `This regular expression cannot be read: ${unreadable}.`]]
  if (ts.isVariableDeclaration(node) && isConst(node) && needsValue(node))
    return [[node.name, `A const needs its value at once: const ${node.name.getText()} = …`]]
  if ((ts.isBreakStatement(node) || ts.isContinueStatement(node)) && !node.label && !isInLoop(node)) {
    const word = ts.isBreakStatement(node) ? 'break' : 'continue'
    return [[node, `There is no loop here that '${word}' could leave. Write return to leave the function.`]]
  }
  const exported = isInside(node) && ts.canHaveModifiers(node) ? ts.getModifiers(node)?.find(isExport) : undefined
  return exported ? [[exported, nestedExport(exported)]] : []
}

function faultOfPattern(text: string): string | undefined {
  const end = text.lastIndexOf('/')
  try {
    new RegExp(text.slice(1, end), text.slice(end + 1))
    return undefined
  } catch (error) {
    return /^Invalid regular expression: \/[\s\S]*\/\w*: (.+)$/.exec((error as Error).message)?.[1] ?? 'it is not valid'
  }
}

/** The names that a statement needs while the file is loaded: those inside of its functions wait until they are called. */
export function eagerNames(
  statement: ts.Statement,
  spanOf: SpanOf,
): readonly { readonly name: string; readonly span: Span }[] {
  if (!ts.isVariableStatement(statement) && !ts.isExpressionStatement(statement)) return []
  const found: { name: string; span: Span }[] = []
  forEachReference(statement, (identifier, owner) => {
    if (owner === 'free' && !functionOf(identifier)) found.push({ name: identifier.text, span: spanOf(identifier) })
  })
  return found
}

const isExport = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.ExportKeyword

/** It stands in a function, where nothing can be exported. */
function isInside(node: ts.Node): boolean {
  return (ts.isFunctionDeclaration(node) || ts.isVariableStatement(node)) && functionOf(node.parent) !== undefined
}

function nestedExport(node: ts.Node): string {
  let outer: ts.Node | undefined
  for (let at = node; at.parent; at = at.parent) if (isFunctionNode(at)) outer = at
  const name = outer && ts.isFunctionDeclaration(outer) ? outer.name?.text : undefined
  const what = name === undefined ? 'The function above' : `'${name}'`
  return `${what} is not closed before this, so nothing from here on is a feature. Write the '}' that is missing.`
}

const isConst = ({ parent }: ts.VariableDeclaration): boolean =>
  (parent.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const

function needsValue({ initializer, parent }: ts.VariableDeclaration): boolean {
  return !initializer && ts.isVariableStatement(parent.parent) && !parent.parent.modifiers?.some(isDeclare)
}

const isDeclare = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.DeclareKeyword

function isInLoop(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent) {
    if (ts.isIterationStatement(at, false)) return true
    if (ts.isSwitchStatement(at) && ts.isBreakStatement(node)) return true
  }
  return false
}

function statementsOf(node: ts.Node): readonly ts.Statement[] | undefined {
  if (ts.isBlock(node)) return node.statements
  return ts.isCaseBlock(node) ? node.clauses.flatMap(({ statements }) => [...statements]) : undefined
}

/** Names of one block, with those of its function's parameters, that are declared again. */
function repeatedIn(statements: readonly ts.Statement[], block: ts.Node): readonly ts.Identifier[] {
  const seen = new Set<string>()
  if (isFunctionNode(block.parent)) for (const { name } of block.parent.parameters) addNames(name, seen)
  const repeated: ts.Identifier[] = []
  for (const name of statements.flatMap(namesDeclared)) {
    if (seen.has(name.text)) repeated.push(name)
    seen.add(name.text)
  }
  return repeated
}

function namesDeclared(statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isClassDeclaration(statement)) return statement.name ? [statement.name] : []
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.BlockScoped)) return []
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) && name.text ? [name] : [],
  )
}

/** The block-level variables whose names the whole statement declares only once. */
function soleConstants(root: ts.Node): ReadonlyMap<string, ts.VariableDeclaration> {
  const declared = new Map<string, ts.Node[]>()
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) &&
      ts.isIdentifier(node.name)
    )
      declared.set(node.name.text, [...(declared.get(node.name.text) ?? []), node])
    else if ((isFunctionNode(node) || ts.isClassLike(node)) && node.name)
      declared.set(node.name.text, [...(declared.get(node.name.text) ?? []), node])
    ts.forEachChild(node, visit)
  }
  visit(root)
  const sole = new Map<string, ts.VariableDeclaration>()
  for (const [name, [first, second]] of declared) {
    if (!first || second || !ts.isVariableDeclaration(first) || !isInBlock(first)) continue
    if ((first.parent.flags & ts.NodeFlags.BlockScoped) !== 0) sole.set(name, first)
  }
  return sole
}

const isInBlock = ({ parent }: ts.VariableDeclaration): boolean =>
  ts.isVariableStatement(parent.parent) && statementsOf(parent.parent.parent) !== undefined

function forEachUse(
  root: ts.Node,
  constants: ReadonlyMap<string, ts.VariableDeclaration>,
  spanOf: SpanOf,
  add: (node: ts.Node, message: string, fix?: CodeError['fix']) => void,
): void {
  const visit = (node: ts.Node): void => {
    const declared = ts.isIdentifier(node) && isValue(node) ? constants.get(node.text) : undefined
    if (declared && ts.isIdentifier(node) && node !== declared.name && isWithin(node, declared.parent.parent.parent)) {
      const { start } = spanOf(declared.parent)
      if (isConst(declared) && isWritten(node))
        add(node, `'${node.text}' is a const, so it cannot be changed. Declare it with let.`, {
          title: `Declare '${node.text}' with let`,
          span: { start, end: start + 'const'.length },
          text: 'let',
        })
      else if (node.end <= declared.end && functionOf(node) === functionOf(declared))
        add(node, `'${node.text}' is used before it has its value. Move its declaration up.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(root)
}

/** Not the name of a property, label or type. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isTypeNode(parent) || ts.isBreakOrContinueStatement(parent) || ts.isLabeledStatement(parent)) return false
  return !(ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isBindingElement(parent))
}

function isWritten(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false
  const { kind } = parent.operatorToken
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (at === outer) return true
  return false
}

function functionOf(node: ts.Node): ts.Node | undefined {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (ts.isFunctionLike(at)) return at
  return undefined
}
