import { windowMethods } from '../ir/expression.ts'
import { ts } from '../source/typescript/parse.ts'
import { isWindows, kindOf } from './kinds.ts'
import { bareOf } from './words.ts'

/** Something that a feature gives and no column can hold: where it is given, and what to do. */
export interface WrongResult {
  readonly node: ts.Node
  readonly message: string
}

/**
 * What the types say of a feature's results: a list, an object, a function, or text in some rows and numbers in others. `name` is the
 * feature's, `exportName` the one under which the file has it.
 */
export function wrongResults(
  source: ts.SourceFile,
  checker: ts.TypeChecker,
  name: string,
  exportName: string,
): readonly WrongResult[] {
  const fn = functionOf(source, checker, exportName)
  if (!fn?.body) return []
  const results = returned(fn).flatMap(leaves)
  const wrong = results.flatMap((node): readonly WrongResult[] => {
    const form = formOf(node, checker)
    return form
      ? [{ node, message: `'${name}' gives ${form.what}, but a column holds single values. ${form.todo}` }]
      : []
  })
  return wrong.length > 0 ? wrong : mixtures(results, checker, name)
}

/** Numbers and text do not mix in one column; true and false count as numbers beside them. */
function mixtures(results: readonly ts.Expression[], checker: ts.TypeChecker, name: string): readonly WrongResult[] {
  const kinds = results.map((node) => ({ node, kind: columnKind(checker.getTypeAtLocation(node)) }))
  const [first, ...others] = kinds.filter(({ kind }) => kind !== undefined)
  const other = others.find(({ kind }) => kind !== first?.kind)
  if (!first?.kind || !other?.kind) return []
  const message = `'${name}' gives ${other.kind} here and ${first.kind} elsewhere, but a column holds values of one kind. Where there is none, give null.`
  return [{ node: other.node, message }]
}

type ColumnKind = 'numbers' | 'text' | 'dates'

function columnKind(type: ts.Type): ColumnKind | undefined {
  const kind = kindOf(type)
  if (kind === 'string') return 'text'
  if (kind === 'Date') return 'dates'
  return kind === 'number' || kind === 'boolean' ? 'numbers' : undefined
}

interface Form {
  /** After "gives": `a list`. */
  readonly what: string
  readonly todo: string
}

function formOf(node: ts.Expression, checker: ts.TypeChecker): Form | undefined {
  const type = checker.getTypeAtLocation(node)
  const text = bareOf(node).getText()
  const shown = text.length <= 40 && !text.includes('\n') ? text : undefined
  if (kindOf(type) === 'column') return { what: `all values of ${shown ?? 'a column'}`, todo: oneOfColumn(shown) }
  if (type.flags & ts.TypeFlags.BigIntLike) return { what: 'a BigInt', todo: 'Give a number: Number(…).' }
  if (type.flags & ts.TypeFlags.ESSymbolLike)
    return { what: 'a symbol', todo: 'Give a number, text, true or false, or a date.' }
  if (!(type.flags & ts.TypeFlags.Object) || kindOf(type)) return undefined
  if (type.getCallSignatures().length > 0) return { what: 'a function', todo: 'Call it, and give what it gives.' }
  if (isWindows(type)) return { what: 'windows', todo: 'Ask something of them: .mean(), .sum(), .max().' }
  if (type.symbol?.name === 'Promise') return { what: 'a promise', todo: 'Features give their value at once.' }
  if (isList(type, checker)) {
    const first = shown && /^[\w$.]+(?:\([^()]*\))?$/.test(shown) ? `: ${shown}[0]` : ''
    return { what: 'a list', todo: `Give one value of it${first}, or make it text with join(', ').` }
  }
  return { what: 'an object', todo: 'Give one number, text, true or false, or date; make a feature of each part.' }
}

function oneOfColumn(text: string | undefined): string {
  if (text === undefined) return 'Give one value of it, for example its sum.'
  const unique = /^([\w$.]+)\.unique\(\)$/.exec(text)?.[1]
  if (unique) return `Count them with ${unique}.nunique(), or make them text with ${text}.join(', ').`
  if (window.test(text))
    return 'For one value per row write one formula, without loops and without //#agg; for one per group add .last(), .max() or the like.'
  if (/\.map\(/.test(text))
    return 'For one value per row write what is calculated, without map; for one per group add .sum(), .first() or the like.'
  return `Give one value of it, for example ${text}.first(), ${text}.max(), or ${text}.join(', ').`
}

const window = new RegExp(`\\.(?:${[...windowMethods].join('|')})\\([^()]*\\)(?:\\.\\w+\\(\\))?$`)

function isList(type: ts.Type, checker: ts.TypeChecker): boolean {
  return type.getProperty('length') !== undefined && checker.getIndexInfoOfType(type, ts.IndexKind.Number) !== undefined
}

/** `test ? a : b` gives one of two; `a ?? b` too. */
function leaves(expression: ts.Expression): readonly ts.Expression[] {
  const inner = bareOf(expression) as ts.Expression
  if (ts.isConditionalExpression(inner)) return [...leaves(inner.whenTrue), ...leaves(inner.whenFalse)]
  if (ts.isBinaryExpression(inner) && eithers.has(inner.operatorToken.kind))
    return [...leaves(inner.left), ...leaves(inner.right)]
  return [inner]
}

const eithers: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken])

function returned(fn: ts.FunctionLikeDeclaration): readonly ts.Expression[] {
  const { body } = fn
  if (!body) return []
  if (!ts.isBlock(body)) return [body as ts.Expression]
  const found: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression)
    ts.forEachChild(node, visit)
  }
  visit(body)
  return found
}

/** The function that a file exports under a name, out of parentheses and wrappers. */
function functionOf(
  source: ts.SourceFile,
  checker: ts.TypeChecker,
  exportName: string,
): ts.FunctionLikeDeclaration | undefined {
  const module = checker.getSymbolAtLocation(source)
  const exported = module && checker.getExportsOfModule(module).find(({ name }) => name === exportName)
  if (!exported) return undefined
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const declarations = symbol.declarations ?? []
  const declared = declarations.find((each) => ts.isFunctionDeclaration(each) && each.body) ?? declarations[0]
  if (!declared || declared.getSourceFile() !== source) return undefined
  if (ts.isFunctionDeclaration(declared)) return isPlain(declared) ? declared : undefined
  const value = ts.isVariableDeclaration(declared) && declared.initializer ? bareOf(declared.initializer) : undefined
  const inner = value && ts.isCallExpression(value) ? value.arguments.map(bareOf).find(isFunction) : value
  return inner && isFunction(inner) && isPlain(inner) ? inner : undefined
}

const isFunction = (node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node)

/** Async functions and generators are told of by rules. */
const isPlain = (fn: ts.FunctionLikeDeclaration): boolean =>
  !fn.asteriskToken &&
  !ts.getModifiers(fn as ts.FunctionDeclaration)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
