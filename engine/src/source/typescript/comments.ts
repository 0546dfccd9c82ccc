import type { Span } from '../../ir/span.ts'
import { ts } from './parse.ts'

/** A comment with its delimiters, at its place in the file. */
export interface Comment extends Span {
  readonly text: string
}

/**
 * The comments of `text` between two offsets. `node` is the tree of whatever code stands there: comment marks inside
 * its strings, templates and regular expressions are text, and only the tree knows where those are.
 */
export function commentsBetween(text: string, span: Span, node: ts.Node | undefined): readonly Comment[] {
  const comments: Comment[] = []
  const literals = node ? literalsIn(node) : []
  let literal = 0
  let at = span.start
  while (at < span.end) {
    const mark = text.indexOf('/', at)
    if (mark < 0 || mark >= span.end) break
    while (literal < literals.length && (literals[literal] as Span).end <= mark) literal++
    const around = literals[literal]
    if (around && around.start <= mark) {
      at = around.end
      continue
    }
    const end = endOfComment(text, mark)
    if (end === undefined) {
      at = mark + 1
      continue
    }
    comments.push({ start: mark, end, text: text.slice(mark, end) })
    at = end
  }
  return comments
}

/** How many of the last comments stand directly above `start`: no blank line between them, nor below the last. */
export function blockAbove(text: string, comments: readonly Comment[], start: number): readonly Comment[] {
  let first = comments.length
  let below = start
  while (first > 0) {
    const comment = comments[first - 1] as Comment
    if (comment.end > below || hasBlankLine(text.slice(comment.end, below))) break
    below = comment.start
    first--
  }
  return comments.slice(first)
}

/** The first comments, up to the first blank line between two of them. */
export function blockAtHead(text: string, comments: readonly Comment[]): readonly Comment[] {
  const gap = comments.findIndex(
    (comment, index) => index > 0 && hasBlankLine(text.slice(comments[index - 1]?.end, comment.start)),
  )
  return gap < 0 ? comments : comments.slice(0, gap)
}

const hasBlankLine = (space: string): boolean => /\n[^\S\n]*\n/.test(space)

function endOfComment(text: string, mark: number): number | undefined {
  const next = text[mark + 1]
  if (next === '*') {
    const end = text.indexOf('*/', mark + 2)
    return end < 0 ? text.length : end + 2
  }
  if (next !== '/') return undefined
  const rest = /[\n\r\u2028\u2029]/g
  rest.lastIndex = mark
  return rest.exec(text)?.index ?? text.length
}

function literalsIn(root: ts.Node): readonly Span[] {
  const spans: Span[] = []
  const visit = (node: ts.Node): void => {
    if (isTextLike(node)) spans.push({ start: node.getStart(), end: node.end })
    else ts.forEachChild(node, visit)
  }
  visit(root)
  return spans
}

function isTextLike(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isJsxText(node)
  )
}
