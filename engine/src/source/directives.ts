import type { Directive, MisspeltDirective } from '../ir/feature.ts'

const marker = /^[ \t]*(#[ \t]*|@)(agg|group|row)(?![\p{L}\p{N}_$-])/iu

/**
 * The level markers in one comment: where its text, or a line of it that begins with `*`, starts with `#agg`, `# agg` or
 * `@agg` (also `group` and `row`, in any case). `offset` is where `comment` stands in the file; it includes its delimiters.
 */
export function directivesIn(comment: string, offset: number): readonly Directive[] {
  const found: Directive[] = []
  for (const { text, start, leads } of commentLines(comment)) {
    const match = leads ? marker.exec(text) : null
    if (!match) continue
    const at = offset + start + (match[0].length - match[0].trimStart().length)
    const word = (match[2] as string).toLowerCase()
    found.push({
      level: word === 'row' ? 'row' : 'group',
      text: match[0].trim(),
      span: { start: at, end: offset + start + match[0].length },
    })
  }
  return found
}

const nearMarker =
  /^[ \t]*(#(?:(a+g+[a-z]?|gag|aggr(?:eg|egate[sd]?|egation)|g+r+o*u*p*[a-z]?|gruop|gropu|gorup|gby|group_?by)|(r+o+w+[a-z]?|per_?row|rwo|orw|line)))[ \t]*$/i

/** Words like `#aggregate` that stand alone in a comment where a marker would. */
export function misspeltIn(comment: string, offset: number): readonly MisspeltDirective[] {
  return commentLines(comment).flatMap(({ text, start, leads }): MisspeltDirective[] => {
    const found = leads && !marker.test(text) ? nearMarker.exec(text) : null
    const word = found?.[1]
    if (word === undefined) return []
    const at = offset + start + text.indexOf(word)
    return [
      { text: word, meant: found?.[2] === undefined ? '#row' : '#agg', span: { start: at, end: at + word.length } },
    ]
  })
}

/** First paragraph of the comments above a feature, on one line, without markers, tags and notes to tools. */
export function docOf(comments: readonly string[]): string | undefined {
  const last = comments.at(-1)
  const source = last?.startsWith('/**') ? [last] : comments
  const paragraph: string[] = []
  for (const { text } of source.flatMap(commentLines)) {
    const line = text.trim()
    if (marker.test(line) || isNote(line)) continue
    if (line.startsWith('@') || (line === '' && paragraph.length > 0)) break
    if (line !== '') paragraph.push(line)
  }
  return paragraph.length > 0 ? paragraph.join(' ') : undefined
}

/** `group_by: pin, month` in the comments at the head of a file; `group_by: []` is the whole table as one group. */
export function groupByIn(
  comments: readonly { readonly text: string; readonly start: number }[],
): { readonly names: readonly string[]; readonly span: { readonly start: number; readonly end: number } } | undefined {
  for (const comment of comments) {
    for (const { text, start } of commentLines(comment.text)) {
      const match = /^(\s*group_by\s*:\s*)(\S.*)$/.exec(text)
      if (!match) continue
      const value = (match[2] as string).trimEnd()
      const at = comment.start + start + (match[1] as string).length
      const list = /^\[(.*)\]$/.exec(value)?.[1] ?? value
      const names = list.split(',').map((name) => name.trim().replace(/^(["'`])(.*)\1$/, '$2'))
      return { names: names.filter((name) => name !== ''), span: { start: at, end: at + value.length } }
    }
  }
  return undefined
}

function isNote(line: string): boolean {
  return /^(md-ignore|group_by\s*:|biome-ignore|eslint-|prettier-ignore|@ts-)/.test(line)
}

export interface CommentLine {
  readonly text: string
  /** Where the text begins in the comment. */
  readonly start: number
  /** It stands right after `//`, `/*` or `*`. */
  readonly leads: boolean
}

/** The lines of a comment without what makes it one. */
export function commentLines(comment: string): readonly CommentLine[] {
  if (!comment.startsWith('/*')) {
    const lead = /^\/\/+/.exec(comment)?.[0].length ?? 0
    return [{ text: comment.slice(lead), start: lead, leads: true }]
  }
  const closed = comment.length > 3 && comment.endsWith('*/') ? comment.slice(0, -2) : comment
  const lines: CommentLine[] = []
  let start = 0
  let blank = true
  for (const line of closed.split('\n')) {
    const lead = (start === 0 ? /^\/\*+/ : /^\s*\*+|^\s*/).exec(line)?.[0].length ?? 0
    const text = line.slice(lead)
    lines.push({ text, start: start + lead, leads: blank || line.trimStart().startsWith('*') })
    blank &&= text.trim() === ''
    start += line.length + 1
  }
  return lines
}
