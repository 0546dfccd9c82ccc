import { type FunctionNode, isFunctionNode, ts } from './parse.ts'

/** Whose name an identifier is: a parameter of the root function, something declared further in, or neither. */
export type Owner = 'parameter' | 'inner' | 'free'

interface Scope {
  readonly names: ReadonlySet<string>
  readonly owner: 'parameter' | 'inner'
  readonly outer: Scope | undefined
}

/**
 * Calls `found` for every identifier that stands for a value, in source order, with whose name it is, and `declares` for the
 * names that are declared further in.
 */
export function forEachReference(
  root: ts.Node,
  found: (identifier: ts.Identifier, owner: Owner) => void,
  declares: (names: ReadonlySet<string>) => void = () => undefined,
): void {
  const visit = (node: ts.Node, scope: Scope | undefined): void => {
    if (isType(node)) return
    if (ts.isIdentifier(node)) {
      if (isValue(node)) found(node, ownerOf(node.text, scope))
      return
    }
    if (
      isFunctionNode(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isAccessor(node) ||
      ts.isConstructorDeclaration(node)
    ) {
      visitFunction(node, scope)
      return
    }
    const names = declaredInBlock(node, isBlockScoped)
    if (names.size > 0) declares(names)
    const inner: Scope | undefined = names.size > 0 ? { names, owner: 'inner', outer: scope } : scope
    ts.forEachChild(node, (child) => visit(child, inner))
  }

  const visitFunction = (
    node: FunctionNode | ts.MethodDeclaration | ts.AccessorDeclaration | ts.ConstructorDeclaration,
    scope: Scope | undefined,
  ): void => {
    const names = new Set<string>()
    for (const parameter of node.parameters) addNames(parameter.name, names)
    const owner = node === root ? 'parameter' : 'inner'
    if (owner === 'inner') declares(names)
    let inner: Scope = { names, owner, outer: scope }
    // A function expression's own name is seen inside it; a declaration's belongs to the block around it.
    if (ts.isFunctionExpression(node) && node.name)
      inner = { names, owner, outer: { names: new Set([node.name.text]), owner: 'inner', outer: scope } }
    for (const parameter of node.parameters) visit(parameter, inner)
    if (!node.body) return
    // A `var` of a parameter's name is the parameter itself.
    const hoisted = new Set([...hoistedNames(node.body)].filter((name) => !names.has(name)))
    if (hoisted.size > 0) declares(hoisted)
    visit(node.body, hoisted.size > 0 ? { names: hoisted, owner: 'inner', outer: inner } : inner)
  }
  visit(root, undefined)
}

/** The names a node needs from outside of itself, each once, in order of first use. */
export function freeNames(root: ts.Node): readonly string[] {
  const free = new Set<string>()
  forEachReference(root, (identifier, owner) => {
    if (owner === 'free') free.add(identifier.text)
  })
  return [...free]
}

/** Adds every name that a binding (a name or a pattern) declares. */
export function addNames(binding: ts.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(binding)) {
    names.add(binding.text)
    return
  }
  for (const element of binding.elements) if (ts.isBindingElement(element)) addNames(element.name, names)
}

/** The names that a node declares for what stands inside of it: parameters, variables of a block or loop. */
export function declaredBy(node: ts.Node): ReadonlySet<string> {
  if (!ts.isFunctionLike(node)) return declaredInBlock(node, () => true)
  const names = new Set<string>()
  for (const parameter of node.parameters) addNames(parameter.name, names)
  if (ts.isFunctionExpression(node) && node.name) names.add(node.name.text)
  return names
}

function ownerOf(name: string, scope: Scope | undefined): Owner {
  for (let at = scope; at; at = at.outer) if (at.names.has(name)) return at.owner
  return 'free'
}

/** False where an identifier only names a property, a declaration or a label. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isBindingElement(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === node
  if (ts.isPropertyDeclaration(parent) || ts.isEnumMember(parent)) return parent.initializer === node
  return !(
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassLike(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isAccessor(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isMetaProperty(parent)
  )
}

/** Types are no code; `extends Base` is. */
const isType = (node: ts.Node): boolean =>
  (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeParameterDeclaration(node)

const none: ReadonlySet<string> = new Set()

type ListTest = (list: ts.VariableDeclarationList) => boolean

const isBlockScoped: ListTest = (list) => (list.flags & ts.NodeFlags.BlockScoped) !== 0

/** The names of every `var` of a function, wherever it stands: they are the whole function's. */
function hoistedNames(body: ts.Node): ReadonlySet<string> {
  let names: Set<string> | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclarationList(node)) {
      if (isBlockScoped(node)) return
      names ??= new Set()
      for (const { name } of node.declarations) addNames(name, names)
    } else if (isPlaceOfStatements(node)) ts.forEachChild(node, visit)
  }
  visit(body)
  return names ?? none
}

const isPlaceOfStatements = (node: ts.Node): boolean =>
  !ts.isFunctionLike(node) &&
  !ts.isClassLike(node) &&
  // The block of a function or of `try` is no statement.
  (ts.isBlock(node) ||
    ts.isStatement(node) ||
    ts.isCatchClause(node) ||
    ts.isCaseBlock(node) ||
    ts.isCaseOrDefaultClause(node))

function declaredInBlock(node: ts.Node, counts: ListTest): ReadonlySet<string> {
  if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const { initializer } = node
    return initializer && ts.isVariableDeclarationList(initializer) && counts(initializer)
      ? namesOf(initializer.declarations)
      : none
  }
  if (ts.isCatchClause(node)) return node.variableDeclaration ? namesOf([node.variableDeclaration]) : none
  if (ts.isBlock(node) || ts.isModuleBlock(node)) return declaredByStatements(node.statements, counts)
  if (ts.isCaseBlock(node)) {
    const statements = node.clauses.flatMap((clause) => [...clause.statements])
    return declaredByStatements(statements, counts)
  }
  return none
}

function namesOf(declarations: readonly ts.VariableDeclaration[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const declaration of declarations) addNames(declaration.name, names)
  return names
}

function declaredByStatements(statements: readonly ts.Statement[], counts: ListTest): ReadonlySet<string> {
  let names: Set<string> | undefined
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      if (!counts(statement.declarationList)) continue
      names ??= new Set()
      for (const { name } of statement.declarationList.declarations) addNames(name, names)
    } else if (
      (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) &&
      statement.name
    ) {
      names ??= new Set()
      names.add(statement.name.text)
    }
  }
  return names ?? none
}
