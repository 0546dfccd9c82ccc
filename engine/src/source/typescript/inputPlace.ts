import type { Span } from '../../ir/span.ts'
import { ts } from './parse.ts'
import { isComment, isWord, type Token, tokensFrom } from './tokens.ts'

/** A place in the inputs of a function where a name may be written. */
export interface InputPlace {
  /** The function's name; a function that exports under other names has it too. */
  readonly name: string
  readonly form: 'positional' | 'destructured'
  /** The name that is there already, whole; empty where none is. A text with its quotes. */
  readonly word: Span
  /** A local name, a type or a default stands behind the word. */
  readonly isContinued: boolean
  /** The other names in the list. */
  readonly others: readonly string[]
  /** The list has no end yet: the edit that ends the function, so that what follows can be read. */
  readonly closing?: { readonly span: Span; readonly text: string }
}

/**
 * Where in the inputs of an exported function `offset` stands, judged by tokens: the text may be broken, and is while it is
 * written. `known` are whole declarations in the order of the text, behind which nothing is a text or a comment.
 */
export function inputPlaceAt(text: string, offset: number, known: readonly Span[]): InputPlace | undefined {
  const line = declarationBefore(text, offset)
  const statement = statementAt(text, offset, known.findLast(({ end }) => end <= line)?.end ?? 0)
  const head = statement && headOf(statement)
  if (!head || !(head.isExported || isListed(text, head.name))) return undefined
  return placeIn(statement, head, offset)
}

/** Where the last line starts that a declaration may begin. */
function declarationBefore(text: string, offset: number): number {
  let start = offset
  do start = start === 0 ? 0 : text.lastIndexOf('\n', start - 1)
  while (start > 0 && !opening.test(text.slice(start + 1, start + 12)))
  return Math.max(0, start)
}

const opening = /^(export|function|const|let|var|async)\b/

/** The tokens from the declaration around `offset` to the next one. None when `offset` is in a comment or an end is missing. */
function statementAt(text: string, offset: number, from: number): readonly Token[] | undefined {
  let tokens: Token[] = []
  for (const token of tokensFrom(text, from)) {
    const isStart = isFirstInLine(text, token) && opens(token)
    if (isStart && token.start > offset) break
    if (isStart) tokens = []
    if (isComment(token.kind)) {
      const isLine = token.kind === ts.SyntaxKind.SingleLineCommentTrivia
      if (token.start < offset && (offset < token.end || ((isLine || token.isOpen) && offset === token.end)))
        return undefined
      continue
    }
    tokens.push(token)
  }
  return tokens
}

const isFirstInLine = (text: string, { start }: Token): boolean => start === 0 || text[start - 1] === '\n'

const opens = ({ kind, value }: Token): boolean => isWord(kind) && openers.has(value)

const openers: ReadonlySet<string> = new Set(
  'export function const let var async import type interface class enum declare'.split(' '),
)

interface Head {
  readonly name: string
  readonly isExported: boolean
  readonly isArrow: boolean
  /** The number of the token that opens the list of parameters. */
  readonly open: number
  /** Parentheses that are open around it: of `agg(` and its kin. */
  readonly around: number
}

const wrappers: ReadonlySet<string> = new Set(['row', 'agg', 'feature'])

/** The beginning of a declaration up to its list of parameters. */
function headOf(tokens: readonly Token[]): Head | undefined {
  let at = 0
  const is = (kind: ts.SyntaxKind) => tokens[at]?.kind === kind
  const takes = (...kinds: readonly ts.SyntaxKind[]) => kinds.some(is) && at++ >= 0
  const isExported = takes(ts.SyntaxKind.ExportKeyword)
  takes(ts.SyntaxKind.DefaultKeyword)
  takes(ts.SyntaxKind.AsyncKeyword)
  const isFunction = takes(ts.SyntaxKind.FunctionKeyword)
  if (isFunction) takes(ts.SyntaxKind.AsteriskToken)
  else if (!takes(ts.SyntaxKind.ConstKeyword, ts.SyntaxKind.LetKeyword, ts.SyntaxKind.VarKeyword)) return undefined
  const name = tokens[at]?.value ?? ''
  if (!takes(ts.SyntaxKind.Identifier)) return undefined
  if (!isFunction) {
    at = afterAnnotation(tokens, at)
    if (!takes(ts.SyntaxKind.EqualsToken)) return undefined
  }
  let around = 0
  let isInner = isFunction
  if (!isFunction) {
    if (wrappers.has(tokens[at]?.value ?? '') && tokens[at + 1]?.kind === ts.SyntaxKind.OpenParenToken) {
      at += 2
      around++
    }
    takes(ts.SyntaxKind.AsyncKeyword)
    isInner = takes(ts.SyntaxKind.FunctionKeyword)
    if (isInner) takes(ts.SyntaxKind.Identifier)
  }
  at = afterTypeParameters(tokens, at)
  if (!isInner)
    while (is(ts.SyntaxKind.OpenParenToken) && tokens[at + 1]?.kind === ts.SyntaxKind.OpenParenToken) {
      at++
      around++
    }
  return is(ts.SyntaxKind.OpenParenToken) ? { name, isExported, isArrow: !isInner, open: at, around } : undefined
}

/** Behind `: Type` of a variable: at the `=` that follows. */
function afterAnnotation(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.kind !== ts.SyntaxKind.ColonToken) return at
  const equals = tokens.findIndex(({ kind }, index) => index > at && kind === ts.SyntaxKind.EqualsToken)
  return equals < 0 ? tokens.length : equals
}

function afterTypeParameters(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.kind !== ts.SyntaxKind.LessThanToken) return at
  const close = tokens.findIndex(({ kind }, index) => index > at && kind === ts.SyntaxKind.OpenParenToken)
  return close < 0 ? tokens.length : close
}

/** One parameter or element of a pattern, as far as it is written. */
interface Entry {
  /** From the end of what separates it from the one before. */
  readonly start: number
  end: number
  word?: Token
  isContinued: boolean
  /** `...`, or what is no name. */
  isOther: boolean
}

/** Walks over the list of parameters and finds the entry that `offset` is in. */
function placeIn(tokens: readonly Token[], head: Head, offset: number): InputPlace | undefined {
  const [open, first] = [tokens[head.open] as Token, tokens[head.open + 1]]
  const isPattern = first?.kind === ts.SyntaxKind.OpenBraceToken
  const opener = isPattern ? first : open
  const { entries, close } = entriesOf(tokens, head.open + (isPattern ? 2 : 1), opener.end)
  if (offset < opener.end || (close && offset > close.start)) return undefined
  if (close && !isList(tokens, close, head, isPattern)) return undefined
  const own = entries.find(
    (entry, index) => entry.start <= offset && (offset <= entry.end || index === entries.length - 1),
  )
  if (!own || own.isOther) return undefined
  const { word } = own
  const isTouched = word !== undefined && word.start <= offset && offset <= word.end
  if (word && !isTouched && offset > word.end) return undefined
  const others = entries.flatMap((entry) => (entry.word && !(entry === own && isTouched) ? [entry.word.value] : []))
  const span = isTouched ? { start: word.start, end: word.isOpen ? offset : word.end } : { start: offset, end: offset }
  const closing = close ? undefined : closingOf(head, isPattern, span, word)
  return {
    name: head.name,
    form: isPattern ? 'destructured' : 'positional',
    word: span,
    isContinued: isTouched && own.isContinued,
    others,
    ...(closing && { closing }),
  }
}

interface Entries {
  readonly entries: readonly Entry[]
  /** What ends the list; absent while nothing does. */
  readonly close?: Token
}

/** Cuts a list at its commas; those in brackets, and in the angles of a type, belong to its parts. */
function entriesOf(tokens: readonly Token[], first: number, start: number): Entries {
  const entries: Entry[] = [{ start, end: start, isContinued: false, isOther: false }]
  let depth = 0
  let angles = 0
  let isType = false
  for (const token of tokens.slice(first)) {
    const entry = entries.at(-1) as Entry
    const { kind } = token
    if (depth === 0 && angles === 0 && isClosing(kind)) return { entries: ended(entries, token.start), close: token }
    if (depth === 0 && angles === 0 && kind === ts.SyntaxKind.CommaToken) {
      entry.end = token.start
      entries.push({ start: token.end, end: token.end, isContinued: false, isOther: false })
      isType = false
      continue
    }
    if (isOpening(kind)) depth++
    if (isClosing(kind)) depth--
    if (isType && kind === ts.SyntaxKind.LessThanToken) angles++
    if (isType && kind === ts.SyntaxKind.GreaterThanToken) angles = Math.max(0, angles - 1)
    if (kind === ts.SyntaxKind.ColonToken && depth === 0) isType = true
    if (kind === ts.SyntaxKind.EqualsToken && depth === 0) isType = false
    if (entry.word || entry.isOther) entry.isContinued = true
    else if (isWord(kind) || kind === ts.SyntaxKind.StringLiteral) entry.word = token
    else entry.isOther = true
    entry.end = token.end
  }
  return { entries }
}

function ended(entries: Entry[], end: number): readonly Entry[] {
  ;(entries.at(-1) as Entry).end = end
  return entries
}

const isOpening = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.OpenParenToken ||
  kind === ts.SyntaxKind.OpenBraceToken ||
  kind === ts.SyntaxKind.OpenBracketToken

const isClosing = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.CloseParenToken ||
  kind === ts.SyntaxKind.CloseBraceToken ||
  kind === ts.SyntaxKind.CloseBracketToken

/** Whether what is closed can be a list of parameters: `(1 + 2)` behind `=` is none. */
function isList(tokens: readonly Token[], close: Token, { isArrow }: Head, isPattern: boolean): boolean {
  if (!isArrow || isPattern) return true
  const next = tokens[tokens.indexOf(close) + 1]?.kind
  return (
    next === undefined ||
    next === ts.SyntaxKind.EqualsGreaterThanToken ||
    next === ts.SyntaxKind.ColonToken ||
    isClosing(next)
  )
}

/** Ends list, function and wrappers at the word; a text without an end goes with the rest of its line. */
function closingOf(
  { isArrow, around }: Head,
  isPattern: boolean,
  { end }: Span,
  word: Token | undefined,
): InputPlace['closing'] {
  const text = `${isPattern ? '}' : ''})${isArrow ? ' => 0' : ' {}'}${')'.repeat(around)}\n`
  return word?.isOpen ? { span: { start: word.start, end: word.end }, text } : { span: { start: end, end }, text }
}

/** `export { name }`, `export default name`. */
const isListed = (text: string, name: string): boolean =>
  [...text.matchAll(/^export\s*(?:\{([^}]*)\}(?!\s*from)|default\s+([\w$]+)\s*;?\s*$)/gm)].some(
    ([, list = '', single]) =>
      [single, ...list.split(',').map((each) => each.trim().split(/\s+as\s+/)[0])].includes(name),
  )
