import { type ParseError, printParseErrorCode } from 'jsonc-parser'
import type { Span } from '../ir/span.ts'

/** Why a manifest is no JSON, with what can be written in the place of `span`. */
export interface SyntaxFault {
  readonly message: string
  readonly span: Span
  readonly write?: string
}

/** What broke the text off, said for somebody who does not know the rules of JSON. */
export function syntaxFault({ error, offset, length }: ParseError, text: string): SyntaxFault {
  const span = { start: offset, end: offset + Math.max(length, 1) }
  const written = text.slice(span.start, span.end)
  const name = printParseErrorCode(error)
  return (
    quotesFault(text, span) ?? wordFault(written, span) ?? backslashFault(name, text, span) ?? plainFault(name, span)
  )
}

/** `'data'`, also where the parser stops at its first or second part. */
function quotesFault(text: string, { start }: Span): SyntaxFault | undefined {
  if (text[start] !== "'") return undefined
  const end = /^'[^'\r\n]*'/.exec(text.slice(start))?.[0].length
  if (end === undefined) return undefined
  const inner = text.slice(start + 1, start + end - 1)
  const write = JSON.stringify(inner)
  return { message: `Text stands in double quotes here: ${write}.`, span: { start, end: start + end }, write }
}

const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null', undefined: 'null' }

function wordFault(written: string, span: Span): SyntaxFault | undefined {
  const write = words[written] ?? (/^[A-Za-z_$][\w$]*$/.test(written) ? JSON.stringify(written) : undefined)
  if (write === undefined) return undefined
  const what = words[written]
    ? `'${written}' is written ${write} here`
    : `Names and text stand in double quotes: ${write}`
  return { message: `${what}.`, span, write }
}

/** `"data\orders.csv"`: the parser names the whole text, or the rest of the line. */
function backslashFault(error: string, text: string, { start, end }: Span): SyntaxFault | undefined {
  if (error !== 'InvalidEscapeCharacter' && error !== 'InvalidUnicode') return undefined
  const from = text.lastIndexOf('"', start) >= 0 && text[start] !== '"' ? text.lastIndexOf('"', start) : start
  const found = /^"([^"\r\n]*)"/.exec(text.slice(from))
  if (!found) return { message: 'A backslash cannot stand alone here: write / between folders.', span: { start, end } }
  const write = `"${found[1]?.replaceAll(/\\+/g, '/')}"`
  const message = `A backslash cannot stand alone here. Write / between folders: ${write}.`
  return { message, span: { start: from, end: from + found[0].length }, write }
}

const plainFault = (error: string, span: Span): SyntaxFault => ({
  message: `This is not valid JSON: ${missing[error] ?? 'it breaks off here'}.`,
  span,
})

const missing: Readonly<Record<string, string>> = {
  InvalidSymbol: 'text stands in double quotes; true, false and numbers do not',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a name in double quotes belongs here',
  ValueExpected: 'a value is missing here',
  ColonExpected: "a ':' is missing before this",
  CommaExpected: "a ',' is missing before this",
  CloseBraceExpected: "a '}' is missing",
  CloseBracketExpected: "a ']' is missing",
  EndOfFileExpected: 'the manifest ended before this; take it away',
  UnexpectedEndOfComment: 'this comment has no end',
  UnexpectedEndOfString: 'this text has no closing quote',
  InvalidCharacter: 'this cannot stand in a text',
}
