import { bare, type FunctionNode, isFunctionNode, ts } from './parse.ts'
import { addNames } from './references.ts'

/** One name that a top-level statement declares, as far as features and helpers care. */
export interface Declared {
  readonly name: string
  readonly nameNode: ts.Node
  /** The declaration's own text: the statement, or one of several declarators. */
  readonly node: ts.Node
  /** The function that it names, out of parentheses, `as`, `satisfies` and wrappers. */
  readonly function?: FunctionNode
  /** What a `const` is set to. */
  readonly constant?: ts.Expression
  /** The annotation of a variable: `const f: GroupFeature = …`. */
  readonly type?: ts.TypeNode
  /** `agg` of `agg((x) => …)`. */
  readonly wrapper?: ts.Identifier
  readonly exportedAs?: string
  /** A signature without a body: an overload, or a function that is being written. */
  readonly bodyless: boolean
}

/** `export { local as name }` and `export default local`. */
export interface ExportedName {
  readonly local: string
  readonly name: string
  readonly node: ts.Node
}

export interface ImportedName {
  readonly local: string
  /** The name in the other module; `*` for the whole module. */
  readonly name: string
  readonly from: string
  /** Of its types only: `import type { Money }`. */
  readonly isType?: true
}

const wrappers: ReadonlySet<string> = new Set(['row', 'agg', 'feature'])

/** The names a statement declares; none for imports, exports and everything that is no declaration. */
export function declaredIn(statement: ts.Statement): readonly Declared[] {
  if (ts.isFunctionDeclaration(statement)) return declaredFunction(statement)
  if (ts.isVariableStatement(statement)) return declaredVariables(statement)
  const isNamed =
    ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)
  if (isNamed && statement.name && ts.isIdentifier(statement.name))
    return [{ name: statement.name.text, nameNode: statement.name, node: statement, bodyless: false }]
  return []
}

/** The names a statement exports of what is declared elsewhere in the file. */
export function exportedBy(statement: ts.Statement): readonly ExportedName[] {
  if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
    const value = bare(statement.expression)
    return ts.isIdentifier(value) ? [{ local: value.text, name: 'default', node: value }] : []
  }
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier || statement.isTypeOnly) return []
  if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return []
  return statement.exportClause.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => ({
      local: (element.propertyName ?? element.name).text,
      name: element.name.text,
      node: element.name,
    }))
}

/** The module that a statement loads, and the names it takes of it; nothing where only types are meant. */
export function moduleLoadedBy(
  statement: ts.Statement,
):
  | { readonly from: ts.StringLiteral; readonly names: readonly { name: string; local: string; node: ts.Node }[] }
  | undefined {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined
  const { importClause: clause, moduleSpecifier: from } = statement
  if (clause?.isTypeOnly) return undefined
  const { name: whole, namedBindings: bindings } = clause ?? {}
  const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements.filter((each) => !each.isTypeOnly) : []
  if (clause && !whole && elements.length === 0 && bindings && ts.isNamedImports(bindings)) return undefined
  const names = elements.map(({ name, propertyName }) => ({
    name: (propertyName ?? name).text,
    local: name.text,
    node: propertyName ?? name,
  }))
  return { from, names: whole ? [{ name: 'default', local: whole.text, node: whole }, ...names] : names }
}

export function importedBy(statement: ts.Statement): readonly ImportedName[] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
  const clause = statement.importClause
  const from = statement.moduleSpecifier.text
  const names: ImportedName[] = []
  const add = (local: string, name: string, isType: boolean) =>
    names.push({ local, name, from, ...(isType && { isType }) })
  const ofTypes = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  if (clause?.name) add(clause.name.text, 'default', ofTypes)
  const bindings = clause?.namedBindings
  if (bindings && ts.isNamespaceImport(bindings)) add(bindings.name.text, '*', ofTypes)
  if (bindings && ts.isNamedImports(bindings))
    for (const { name, propertyName, isTypeOnly } of bindings.elements)
      add(name.text, (propertyName ?? name).text, ofTypes || isTypeOnly)
  return names
}

/** The part of a default export that has no name though it is a function: where a name is missing. */
export function namelessDefault(statement: ts.Statement): ts.Node | undefined {
  if (ts.isExportAssignment(statement) && !statement.isExportEquals)
    return unwrap(statement.expression).function && statement.expression
  if (ts.isFunctionDeclaration(statement) && !statement.name && hasModifier(statement, ts.SyntaxKind.DefaultKeyword))
    return statement
  return undefined
}

function declaredFunction(statement: ts.FunctionDeclaration): readonly Declared[] {
  const { name } = statement
  if (!name || name.text === '' || hasModifier(statement, ts.SyntaxKind.DeclareKeyword)) return []
  const exportedAs = exportOf(statement, name.text)
  return [
    {
      name: name.text,
      nameNode: name,
      node: statement,
      function: statement,
      bodyless: !statement.body,
      ...(exportedAs !== undefined && { exportedAs }),
    },
  ]
}

function declaredVariables(statement: ts.VariableStatement): readonly Declared[] {
  if (hasModifier(statement, ts.SyntaxKind.DeclareKeyword)) return []
  const { declarations, flags } = statement.declarationList
  const isConst = (flags & ts.NodeFlags.Const) !== 0
  const exported = hasModifier(statement, ts.SyntaxKind.ExportKeyword)
  return declarations.flatMap((declaration): Declared[] => {
    if (!ts.isIdentifier(declaration.name)) {
      const names = new Set<string>()
      addNames(declaration.name, names)
      return [...names].map((name) => ({ name, nameNode: declaration.name, node: declaration, bodyless: false }))
    }
    if (declaration.name.text === '') return []
    const { initializer, type } = declaration
    return [
      {
        name: declaration.name.text,
        nameNode: declaration.name,
        node: declarations.length === 1 ? statement : declaration,
        bodyless: false,
        ...(exported && { exportedAs: declaration.name.text }),
        ...(initializer && (isConst || exported) && unwrap(initializer)),
        ...(initializer && isConst && { constant: initializer }),
        ...(type && { type }),
      },
    ]
  })
}

/** The function inside an expression, and the wrapper around it. */
function unwrap(expression: ts.Expression): { function?: FunctionNode; wrapper?: ts.Identifier } {
  const inner = bare(expression)
  if (isFunctionNode(inner)) return { function: inner }
  if (!ts.isCallExpression(inner)) return {}
  const callee = bare(inner.expression)
  if (!ts.isIdentifier(callee) || !wrappers.has(callee.text)) return {}
  const wrapped = inner.arguments.map(bare).find((argument) => isFunctionNode(argument))
  return wrapped ? { function: wrapped, wrapper: callee } : {}
}

function exportOf(statement: ts.FunctionDeclaration, name: string): string | undefined {
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return undefined
  return hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? 'default' : name
}

function hasModifier(node: ts.Statement, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false)
}
