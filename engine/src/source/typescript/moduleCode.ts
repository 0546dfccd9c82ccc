import { effectOf, keywordEffects } from './effects.ts'
import { type Declared, declaredIn, exportedBy, importedBy } from './features.ts'
import { languageNames } from './globals.ts'
import type { Module } from './module.ts'
import { type Changes, changesIn, noChanges } from './mutations.ts'
import { bare, isTooDeep, parseFile, ts } from './parse.ts'
import { forEachReference, freeNames, type Owner } from './references.ts'
import { structureOf } from './structure.ts'

/** What the functions and constants of a module depend on when they run. */
export interface ModuleCode {
  readonly declarations: ReadonlyMap<string, DeclarationCode>
  /** Its own names by those under which it exports them. */
  readonly exports: ReadonlyMap<string, string>
  /** What its names stand for in other modules; `*` is the whole of one. */
  readonly imports: ReadonlyMap<string, { readonly name: string; readonly from: string }>
  /** Every module that it loads. */
  readonly loads: readonly string[]
  /** What it does while it is loaded beside declaring names, by its hash; absent for nothing. */
  readonly loose?: string
  /** What changes objects that others may hold. */
  readonly changes: Changes
}

/** One function, constant or variable. */
export interface DeclarationCode {
  /** Changes when its own code does. */
  readonly hash: string
  /** Names of the module that it uses. */
  readonly needs: readonly string[]
  /** What may make its value another one each time, or does more than give a value: `Math.random()`. */
  readonly unsteady?: string
  /** It may hold something that can be changed. */
  readonly isObject?: true
  /** What it gives may remember something from call to call. */
  readonly keepsState?: true
}

/** Reads a module as far as it matters for taking results of earlier runs. */
export function moduleCode(path: string, text: string): ModuleCode {
  const source = parsed(path, text)
  const declarations = new Map<string, DeclarationCode>()
  const exports = new Map<string, string>()
  const imports = new Map<string, { readonly name: string; readonly from: string }>()
  const loads: string[] = []
  const loose: string[] = []
  const names = new Set<string>()
  const statements = source?.statements.filter((statement) => !isTooDeep(statement)) ?? []
  if (statements.length !== source?.statements.length) loose.push(text)
  for (const statement of statements) {
    for (const { name } of declaredIn(statement)) names.add(name)
    for (const { local, name, from, isType } of importedBy(statement)) if (!isType) imports.set(local, { name, from })
  }
  const module = { has: (name: string) => names.has(name) || imports.has(name), entry: () => undefined }
  const changes = { ...noChanges, names: new Set<string>(), parameters: new Set<string>() }
  const note = (root: ts.Node, name?: string): boolean => {
    const { names: changed, parameters, isOther, keepsState } = changesIn(root, module, name)
    for (const each of changed) changes.names.add(each)
    for (const each of parameters) changes.parameters.add(each)
    changes.isOther ||= isOther
    return keepsState
  }
  for (const statement of statements) {
    const declared = declaredIn(statement).filter(({ bodyless }) => !bodyless)
    for (const each of declared) {
      const keepsState = note(each.function ?? each.node, each.name)
      declarations.set(each.name, { ...declarationCode(each, module), ...(keepsState && { keepsState }) })
      if (each.exportedAs !== undefined) exports.set(each.exportedAs, each.name)
      if (isGlobalPattern(each)) changes.names.add(each.name)
    }
    for (const { name, local } of exportedBy(statement)) exports.set(name, local)
    const from = loadedBy(statement)
    if (from !== undefined) loads.push(from)
    if (declared.length > 0 || isSilent(statement)) continue
    loose.push(structureOf(statement))
    note(statement)
  }
  // `const all = list`: who changes the one changes the other.
  for (const name of changes.names) {
    if (imports.has(name)) changes.isOther = true
    for (const need of declarations.get(name)?.needs ?? []) changes.names.add(need)
  }
  return { declarations, exports, imports, loads, changes, ...(loose.length > 0 && { loose: loose.join(' ') }) }
}

/** Nesting that exhausts the parser's stack cannot be read. */
function parsed(path: string, text: string): ts.SourceFile | undefined {
  try {
    return parseFile(path, text)
  } catch {
    return undefined
  }
}

function declarationCode(declared: Declared, module: Pick<Module, 'has' | 'entry'>): DeclarationCode {
  const { node, function: fn, constant } = declared
  let unsteady: string | undefined
  forEachReference(fn ?? node, (identifier, owner) => {
    unsteady ??= unsteadyBy(identifier, owner, module)
  })
  if (fn) unsteady ??= keywordEffects(fn, nowhere)[0]?.text
  const isObject = !fn && !ts.isEnumDeclaration(node) && !(constant && isValue(bare(constant)))
  return {
    hash: structureOf(node),
    needs: freeNames(node).filter((name) => module.has(name)),
    ...(unsteady !== undefined && { unsteady }),
    ...(isObject && { isObject }),
  }
}

const nowhere = () => ({ start: 0, end: 0 })

function unsteadyBy(
  identifier: ts.Identifier,
  owner: Owner,
  module: Pick<Module, 'has' | 'entry'>,
): string | undefined {
  const { text: name, parent } = identifier
  const effect = effectOf(identifier, owner, module, nowhere)
  if (effect) return effect.text
  if (owner !== 'free' || module.has(name)) return undefined
  if (!languageNames.has(name) || unclear.has(name)) return name
  if (name !== 'Math' && name !== 'Date') return undefined
  const isUsedAsIs =
    (ts.isPropertyAccessExpression(parent) && parent.expression === identifier) ||
    (ts.isNewExpression(parent) && parent.expression === identifier) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
  return isUsedAsIs ? undefined : name
}

/** Of these it is not seen what is done with them, or they know the time and the place. */
const unclear: ReadonlySet<string> = new Set(
  'eval Function globalThis Intl crypto performance Atomics WeakRef FinalizationRegistry'.split(' '),
)

/** The module that a statement loads, with or without taking names of it. */
function loadedBy(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined
  const { moduleSpecifier } = statement
  const isType = ts.isExportDeclaration(statement)
    ? statement.isTypeOnly
    : statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  return !isType && moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined
}

/** It does nothing when the module is loaded. */
function isSilent(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return ts.isIdentifier(bare(statement.expression))
  if (ts.isExpressionStatement(statement)) return ts.isStringLiteral(statement.expression)
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEmptyStatement(statement) ||
    (ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true)
  )
}

/** `const word = /o/g`, which remembers where it found something last. */
const isGlobalPattern = ({ constant }: Declared): boolean => {
  const value = constant && bare(constant)
  return value !== undefined && ts.isRegularExpressionLiteral(value) && /\/[^/]*[gy][^/]*$/.test(value.text)
}

/** It is no object, whatever stands in it. */
function isValue(value: ts.Expression): boolean {
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken
    const givesOneSide =
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken ||
      kind === ts.SyntaxKind.CommaToken
    return !givesOneSide && !(kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment)
  }
  if (ts.isConditionalExpression(value)) return isValue(bare(value.whenTrue)) && isValue(bare(value.whenFalse))
  if (ts.isCallExpression(value))
    return /^(?:Math\.\w+|Date\.UTC|Number|String|Boolean)$/.test(value.expression.getText())
  return (
    ts.isNumericLiteral(value) ||
    ts.isStringLiteralLike(value) ||
    ts.isTemplateExpression(value) ||
    ts.isRegularExpressionLiteral(value) ||
    ts.isPrefixUnaryExpression(value) ||
    ts.isTypeOfExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  )
}
