import type { Span } from '../../ir/span.ts'
import { groupByIn } from '../directives.ts'
import { blockAbove, type Comment, commentsBetween } from './comments.ts'
import { declaredIn, type ImportedName, importedBy } from './features.ts'
import { isTooDeep, parseFile, syntaxErrors, ts } from './parse.ts'
import { addNames, freeNames } from './references.ts'
import { cutIntoChunks } from './statement.ts'

/** A piece of a file that stays in one piece when it is moved: a statement, or a function with its overloads. */
export interface OutlinePart {
  /** With the comments directly above it, and those that follow on its last line. */
  readonly span: Span
  /** Where its first statement begins, after the comments. */
  readonly from: number
  /** Functions, variables, classes, types, imported names. */
  readonly declares: readonly string[]
  /** The names in a list of exports: `a` and `b` of `export { q as a, b }`. */
  readonly exports: readonly string[]
  /** Names it needs from elsewhere, those of types too; inputs are none. */
  readonly needs: readonly string[]
  /** What an import declaration brings; one without names a name that is empty. */
  readonly imports?: readonly ImportedName[]
}

/**
 * The parts of a file in their order; between them stand only blank lines and comments of their own. None when the file
 * cannot be read to its end.
 */
export function outlineOf(path: string, text: string): readonly OutlinePart[] {
  const source = parseFile(path, text)
  if (syntaxErrors(source).length > 0) return []
  const parts: OutlinePart[] = []
  let isSignature = false
  for (const { start, end, statement } of cutIntoChunks(source)) {
    if (!statement || isTooDeep(statement)) continue
    const from = statement.getStart()
    const above = blockAbove(text, commentsBetween(text, { start, end: from }, undefined), from)
    const own = withoutRegions(parts.length === 0 ? withoutFileHead(above) : above)
    const part = {
      span: { start: own[0]?.start ?? from, end },
      from,
      declares: namesOf(statement),
      exports: namesListed(statement),
      needs: [...new Set([...freeNames(statement), ...typeNames(statement)])],
      ...(ts.isImportDeclaration(statement) && { imports: importsOf(statement) }),
    }
    const before = parts.at(-1)
    if (before && isSignature && before.declares[0] === part.declares[0]) parts[parts.length - 1] = joined(before, part)
    else parts.push(part)
    isSignature = declaredIn(statement).some(({ bodyless }) => bodyless)
  }
  return parts
}

function namesOf(statement: ts.Statement): readonly string[] {
  const names = new Set(importedBy(statement).map(({ local }) => local))
  if (ts.isVariableStatement(statement))
    for (const { name } of statement.declarationList.declarations) addNames(name, names)
  else if (isDeclaration(statement) && statement.name) names.add(statement.name.text)
  return [...names]
}

function namesListed(statement: ts.Statement): readonly string[] {
  const list = ts.isExportDeclaration(statement) ? statement.exportClause : undefined
  if (!list) return []
  return ts.isNamedExports(list) ? list.elements.map(({ name }) => name.text) : [list.name.text]
}

function importsOf(statement: ts.ImportDeclaration): readonly ImportedName[] {
  const { importClause, moduleSpecifier } = statement
  if (importClause || !ts.isStringLiteral(moduleSpecifier)) return importedBy(statement)
  return [{ local: '', name: '', from: moduleSpecifier.text }]
}

/** The texts of all comments of a file. */
export const commentsIn = (path: string, text: string): readonly string[] =>
  commentsBetween(text, { start: 0, end: text.length }, parseFile(path, text)).map((comment) => comment.text)

/** A module that a file names, and where its name stands between the quotes. */
export interface NamedModule {
  readonly name: string
  readonly span: Span
}

/** The modules that a file imports, exports from, takes types of, or loads when it runs, in their order. */
export function modulesOf(path: string, text: string): readonly NamedModule[] {
  const modules: NamedModule[] = []
  const visit = (node: ts.Node): void => {
    const named = moduleIn(node)
    if (named && ts.isStringLiteralLike(named))
      modules.push({ name: named.text, span: { start: named.getStart() + 1, end: named.getEnd() - 1 } })
    ts.forEachChild(node, visit)
  }
  const source = parseFile(path, text)
  if (!source.statements.some(isTooDeep)) ts.forEachChild(source, visit)
  return modules
}

function moduleIn(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  return loads ? node.arguments[0] : undefined
}

const isDeclaration = (node: ts.Node): node is ts.DeclarationStatement =>
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isModuleDeclaration(node)

/** Names of types that a statement uses, and of values whose type it asks for. */
function typeNames(statement: ts.Statement): readonly string[] {
  const names: string[] = []
  const visit = (node: ts.Node): void => {
    const named = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isTypeQueryNode(node)
        ? node.exprName
        : ts.isExpressionWithTypeArguments(node)
          ? node.expression
          : undefined
    const first = named && firstName(named)
    if (first) names.push(first)
    ts.forEachChild(node, visit)
  }
  visit(statement)
  return names
}

/** `Money` of `Money` and of `Money.Amount`. */
function firstName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text
  return ts.isQualifiedName(node) ? firstName(node.left) : undefined
}

const joined = (before: OutlinePart, after: OutlinePart): OutlinePart => ({
  span: { start: before.span.start, end: after.span.end },
  from: before.from,
  declares: before.declares,
  exports: before.exports,
  needs: [...before.needs, ...after.needs],
})

/** Where the editor folds is said of the file, not of what stands there. */
const withoutRegions = (comments: readonly Comment[]): readonly Comment[] =>
  comments.slice(comments.findLastIndex(({ text }) => /^\/\/\s*#?(?:end)?region\b/.test(text)) + 1)

/** The comments of the first statement without those that speak of the whole file: key, notes to tools, references. */
function withoutFileHead(comments: readonly Comment[]): readonly Comment[] {
  const last = comments.findLastIndex(
    (comment) =>
      groupByIn([comment]) !== undefined ||
      /^\/\/\/|^.{2,4}\s*(@ts-|eslint|biome|@license|copyright)/i.test(comment.text),
  )
  return comments.slice(last + 1)
}
