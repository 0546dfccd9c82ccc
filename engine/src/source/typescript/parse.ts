// The only importer of ts-morph: its TypeScript is taken as a parser, nothing else.
import { ts } from 'ts-morph'
import type { FeatureFile } from '../../ir/feature.ts'

export { ts }

export type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction

/** Parses a text from nothing. JavaScript by extension (`.js`, `.mjs`, `.cjs`), TypeScript otherwise. */
export function parseFile(path: string, text: string): ts.SourceFile {
  const kind = /\.[mc]?js$/i.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }
  return ts.createSourceFile(path, text, options, true, kind)
}

/**
 * Whether a piece of code is nested so deeply that walking it by recursion could exhaust the stack. No hand-written code is;
 * a parser gives up a little later than this.
 */
export function isTooDeep(root: ts.Node): boolean {
  const stack: { readonly node: ts.Node; readonly depth: number }[] = [{ node: root, depth: 0 }]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const depth = top.depth + 1
    if (depth > deepest) return true
    ts.forEachChild(top.node, (node) => {
      stack.push({ node, depth })
    })
  }
  return false
}

const deepest = 1000

/** What the parser could not read, in the order of the text. */
export function syntaxErrors(source: ts.SourceFile): NonNullable<FeatureFile['syntaxErrors']> {
  // Not in the public type; the alternative is a whole program.
  const { parseDiagnostics = [] } = source as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }
  return parseDiagnostics.map(({ messageText, start, length }) => ({
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
    span: { start, end: start + length },
    after: source.text.slice(0, start).trimEnd().length,
  }))
}

/** Parses what changed and takes over the rest of `old`, which must not be used afterwards. */
export function parseAgain(old: ts.SourceFile, text: string): ts.SourceFile {
  const change = smallestChange(old.text, text)
  return change === undefined ? old : ts.updateSourceFile(old, text, change)
}

/** The one range whose replacement turns `before` into `after`; undefined when they are equal. */
export function smallestChange(before: string, after: string): ts.TextChangeRange | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  const start = longest(shorter, (from, to) => before.slice(from, to) === after.slice(from, to))
  const tail = longest(shorter - start, (from, to) => {
    const end = (text: string) => text.slice(text.length - to, text.length - from)
    return end(before) === end(after)
  })
  return { span: { start, length: before.length - tail - start }, newLength: after.length - tail - start }
}

/** The longest stretch from 0 on, up to `limit`, all of whose parts are the same. Whole blocks are compared at once. */
function longest(limit: number, isSame: (from: number, to: number) => boolean): number {
  let end = 0
  for (let step = limit; step > 0; step = Math.floor(step / 2)) {
    while (end + step <= limit && isSame(end, end + step)) end += step
  }
  return end
}

export function isFunctionNode(node: ts.Node | undefined): node is FunctionNode {
  return (
    node !== undefined && (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node))
  )
}

/** What an expression is without parentheses, `as`, `satisfies`, `!` and `<type>`. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression
  return inner
}

/** The largest expression that is this one but for parentheses, `as`, `satisfies` and `!`. */
export function outOfParentheses(node: ts.Node): ts.Node {
  let outer = node
  while (
    ts.isParenthesizedExpression(outer.parent) ||
    ts.isAsExpression(outer.parent) ||
    ts.isNonNullExpression(outer.parent) ||
    ts.isSatisfiesExpression(outer.parent)
  )
    outer = outer.parent
  return outer
}
