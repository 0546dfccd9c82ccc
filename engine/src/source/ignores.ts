import type { Ignore } from '../ir/feature.ts'
import type { Span } from '../ir/span.ts'
import { commentLines } from './directives.ts'

interface Comment extends Span {
  readonly text: string
}

/**
 * The `md-ignore` comments among `comments`, which are those of `within`; their spans count from its start. Comments in
 * `above` stand directly above the statement that ends with `within`.
 */
export function ignoresIn(
  text: string,
  within: Span,
  comments: readonly Comment[],
  above: Span = { start: within.end, end: within.end },
): readonly Ignore[] {
  return comments.flatMap((comment) => {
    if (!comment.text.includes('md-ignore')) return []
    const lines = linesOf(text, within, comments)
    return written(comment).map((ignore) => {
      const own = lines.find(({ end }) => ignore.span.start <= end) as Line
      const isAbove = above.start <= comment.start && comment.start < above.end
      const last = own.hasCode ? own : lines.find(({ start, hasCode }) => hasCode && start > own.start)
      const covers = { start: own.start, end: isAbove && !own.hasCode ? within.end : (last?.end ?? within.end) }
      return shifted({ ...ignore, covers }, -within.start)
    })
  })
}

type Written = Omit<Ignore, 'covers'>

function written(comment: Comment): readonly Written[] {
  const lines = commentLines(comment.text)
  return lines.flatMap(({ text, start, leads }): Written[] => {
    const found = leads ? /^(\s*)md-ignore(?![\w-])(.*)$/s.exec(text.trimEnd()) : null
    if (!found) return []
    const from = comment.start + start + (found[1] as string).length
    const span = { start: from, end: comment.start + start + text.trimEnd().length }
    const rest = found[2] as string
    const colon = rest.indexOf(':')
    const head = colon < 0 ? (/^(?:[\s,]*MD\d+)*/i.exec(rest)?.[0] ?? '') : rest.slice(0, colon)
    const at = span.end - rest.length
    return [
      {
        codes: [...head.matchAll(/[^\s,]+/g)].map(({ 0: code, index }) => ({
          text: code,
          span: { start: at + index, end: at + index + code.length },
        })),
        reason: colon < 0 ? '' : rest.slice(colon + 1).trim(),
        span,
        comment: lines.length === 1 ? { start: comment.start, end: comment.end } : span,
      },
    ]
  })
}

interface Line extends Span {
  /** Something else than blanks and comments stands in it. */
  readonly hasCode: boolean
}

function linesOf(text: string, within: Span, comments: readonly Comment[]): readonly Line[] {
  let code = ''
  let at = within.start
  for (const { start, end } of comments) {
    code += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ')
    at = end
  }
  code += text.slice(at, within.end)
  let start = within.start
  return code.split('\n').map((line) => {
    const span = { start, end: start + line.length }
    start = span.end + 1
    return { ...span, hasCode: line.trim() !== '' }
  })
}

const shift = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by })

/** The same comment in a text that begins elsewhere. */
export const shifted = (ignore: Ignore, by: number): Ignore => ({
  ...ignore,
  codes: ignore.codes.map(({ text, span }) => ({ text, span: shift(span, by) })),
  span: shift(ignore.span, by),
  comment: shift(ignore.comment, by),
  covers: shift(ignore.covers, by),
})
