import type { TextEdit } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'
import { isVariableName, propertyText } from '../identifiers.ts'
import type { LocalRename, SourceText } from '../names.ts'
import { type FunctionNode, isFunctionNode, ts } from './parse.ts'
import { declaredBy, freeNames } from './references.ts'
import { namePlaces, nodeAt } from './service.ts'

/** Makes a parameter read `name`, in the function, its overloads and the type that is written for it in the file. */
export function renameInput(
  service: ts.LanguageService,
  { path }: SourceText,
  feature: Feature,
  input: Input,
  name: string,
): LocalRename {
  const source = sourceOf(service, path)
  const site = nodeAt(source, input.span.start)
  const fn = functionAround(site)
  const places = namePlaces(service, path, input.span.start)
  if (!fn) return { kind: 'unreadable' }
  const edit = (span: Span, written: string): TextEdit => ({ path, span, text: written })
  const clash = () => clashIn(fn, feature, placesIn(source, places), name)
  if (feature.form === 'positional') {
    const taken = clash()
    if (taken) return { kind: 'clash', span: taken }
    if (places.length === 0) return { kind: 'unreadable' }
    const overloads = overloadParameters(source, fn, input.name).map((span) => edit(span, name))
    return { kind: 'edits', edits: [...places.map((place) => placeEdit(path, place, name)), ...overloads] }
  }

  const types = typeMembers(source, fn, input.name).map((span) => edit(span, propertyText(name)))
  const isShort = ts.isBindingElement(site.parent) && site.parent.propertyName === undefined
  if (!isShort) return { kind: 'edits', edits: [edit(input.span, propertyText(name)), ...types] }
  if (!isVariableName(name) || clash())
    return { kind: 'edits', edits: [edit(input.span, `${propertyText(name)}: ${input.local}`), ...types] }
  const uses = places.filter(({ textSpan }) => textSpan.start !== input.span.start)
  return {
    kind: 'edits',
    edits: [edit(input.span, name), ...uses.map((place) => placeEdit(path, place, name)), ...types],
  }
}

/** Gives a feature's function another name: its declaration, overloads, uses as a helper and export lists. */
export function renameFeature(
  service: ts.LanguageService,
  { path }: SourceText,
  feature: Feature,
  name: string,
): LocalRename {
  const places = namePlaces(service, path, feature.nameSpan.start)
  const source = sourceOf(service, path)
  if (places.length === 0) return { kind: 'unreadable' }
  const nodes = placesIn(source, places)
  // `export { local as name }`: only the export has another name then.
  const isExportOnly = nodes.every((node) => ts.isExportSpecifier(node.parent))
  const clash = isExportOnly ? undefined : (clashAtTop(source, name) ?? clashAround(nodes, name))
  if (clash) return { kind: 'clash', span: clash }
  const edits = places.map((place, index) => {
    const isOwnExport = isPlainExport(nodes[index]) && feature.exportName === feature.name
    return isOwnExport ? { path, span: spanOf(place), text: name } : placeEdit(path, place, name)
  })
  return { kind: 'edits', edits }
}

export const sourceOf = (service: ts.LanguageService, path: string): ts.SourceFile => {
  const source = service.getProgram()?.getSourceFile(path)
  if (!source) throw new Error(`The service does not know ${path}.`)
  return source
}

export const spanOf = ({ textSpan }: ts.DocumentSpan): Span => ({
  start: textSpan.start,
  end: textSpan.start + textSpan.length,
})

export const placeEdit = (path: string, place: ts.RenameLocation, name: string): TextEdit => ({
  path,
  span: spanOf(place),
  text: `${place.prefixText ?? ''}${name}${place.suffixText ?? ''}`,
})

export const placesIn = (source: ts.SourceFile, places: readonly ts.RenameLocation[]): readonly ts.Node[] =>
  places.map(({ textSpan }) => nodeAt(source, textSpan.start))

/** Where `name` already stands for something in a function, as far as the places of a parameter are concerned. */
function clashIn(fn: FunctionNode, feature: Feature, places: readonly ts.Node[], name: string): Span | undefined {
  const read = [...feature.sites.own, ...feature.sites.free].find((site) => site.name === name)
  if (read) return { start: read.span.start + feature.span.start, end: read.span.end + feature.span.start }
  const outermost = [fn, fn.body].find((node) => node && declaredBy(node).has(name))
  return outermost ? declarationIn(outermost, name) : clashAround(places, name, fn)
}

/** A declaration of `name` between a place and `outside`, which would catch what is written there. */
export function clashAround(places: readonly ts.Node[], name: string, outside?: ts.Node): Span | undefined {
  for (const place of places) {
    for (let at = place.parent; at && at !== outside && !ts.isSourceFile(at); at = at.parent) {
      if (declaredBy(at).has(name)) return declarationIn(at, name)
    }
  }
  return undefined
}

/** What `name` is at the top of the file, or the first place where the file reads a name of the language: `Math`. */
export function clashAtTop(source: ts.SourceFile, name: string): Span | undefined {
  let found: Span | undefined
  for (const statement of source.statements) {
    if (found) break
    if (ts.isImportDeclaration(statement) || ts.isVariableStatement(statement) || isNamed(statement, name))
      found = declarationIn(statement, name, true)
    if (!found && freeNames(statement).includes(name)) found = identifierIn(statement, name)
  }
  return found
}

const isNamed = (statement: ts.Statement, name: string): boolean =>
  (ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)) &&
  statement.name?.text === name

/** The first place in a node where `name` is declared; with `shallow` not inside of functions. */
function declarationIn(root: ts.Node, name: string, shallow = false): Span | undefined {
  let found: Span | undefined
  const visit = (node: ts.Node): void => {
    if (found) return
    const named = (node as { readonly name?: ts.Node }).name
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isParameter(node) ||
      ts.isFunctionLike(node) ||
      ts.isClassLike(node) ||
      ts.isImportClause(node) ||
      ts.isImportSpecifier(node) ||
      ts.isNamespaceImport(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)
    if (declares && named && ts.isIdentifier(named) && named.text === name)
      found = { start: named.getStart(), end: named.end }
    else if (!(shallow && (ts.isFunctionLike(node) || ts.isClassLike(node)))) ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

function identifierIn(root: ts.Node, name: string): Span | undefined {
  let found: Span | undefined
  const visit = (node: ts.Node): void => {
    if (found) return
    if (ts.isIdentifier(node) && node.text === name) found = { start: node.getStart(), end: node.end }
    else ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

function functionAround(node: ts.Node): FunctionNode | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) if (isFunctionNode(at)) return at
  return undefined
}

/** `export { total }`: the name inside and outside is one. */
const isPlainExport = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.isExportSpecifier(node.parent) && node.parent.propertyName === undefined

/** Parameters called `name` in the signatures of an overloaded function. */
function overloadParameters(source: ts.SourceFile, fn: FunctionNode, name: string): readonly Span[] {
  if (!ts.isFunctionDeclaration(fn)) return []
  const signatures = source.statements.filter(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) && !statement.body && statement.name?.text === fn.name?.text,
  )
  return signatures
    .flatMap(({ parameters }) => parameters.map((parameter) => parameter.name))
    .flatMap((node) => (ts.isIdentifier(node) && node.text === name ? [{ start: node.getStart(), end: node.end }] : []))
}

/** The members called `name` in the type of a pattern: written there, or declared in the file. */
function typeMembers(source: ts.SourceFile, fn: FunctionNode, name: string): readonly Span[] {
  const type = fn.parameters.find((parameter) => ts.isObjectBindingPattern(parameter.name))?.type
  return (type ? membersOf(source, type) : []).flatMap((member) => {
    const { name: node } = member
    const isMember = node && (ts.isIdentifier(node) || ts.isStringLiteral(node)) && node.text === name
    return isMember ? [{ start: node.getStart(), end: node.end }] : []
  })
}

function membersOf(source: ts.SourceFile, type: ts.TypeNode): readonly ts.TypeElement[] {
  if (ts.isTypeLiteralNode(type)) return type.members
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((part) => membersOf(source, part))
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return []
  const wanted = type.typeName.text
  return source.statements.flatMap((statement) => {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === wanted) return [...statement.members]
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === wanted && ts.isTypeLiteralNode(statement.type))
      return [...statement.type.members]
    return []
  })
}
