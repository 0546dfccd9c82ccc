import { ts } from './parse.ts'

/** One token of a text, comments included. */
export interface Token {
  readonly kind: ts.SyntaxKind
  readonly start: number
  readonly end: number
  /** The name or the literal's value. */
  readonly value: string
  /** A text or comment that does not end. */
  readonly isOpen: boolean
}

/**
 * The tokens of `text` from `from` on, without a tree: what a text that is being written still has. `from` stands in no text,
 * template or comment.
 */
export function* tokensFrom(text: string, from: number): Generator<Token> {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text, undefined, from)
  /** Braces that are open, each with whether it belongs to a template. */
  const braces: boolean[] = []
  let before = ts.SyntaxKind.Unknown
  for (;;) {
    let kind = scanner.scan()
    if (kind === ts.SyntaxKind.EndOfFileToken) return
    if (isTrivia(kind)) {
      if (isComment(kind)) yield tokenOf(scanner, kind)
      continue
    }
    if ((kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.SlashEqualsToken) && !endsValue(before))
      kind = scanner.reScanSlashToken()
    if (kind === ts.SyntaxKind.CloseBraceToken && braces.pop()) kind = scanner.reScanTemplateToken(false)
    if (kind === ts.SyntaxKind.OpenBraceToken) braces.push(false)
    if (kind === ts.SyntaxKind.TemplateHead || kind === ts.SyntaxKind.TemplateMiddle) braces.push(true)
    before = kind
    yield tokenOf(scanner, kind)
  }
}

export const isComment = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia

/** An identifier, or a word that the language keeps. */
export const isWord = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.Identifier || (kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword)

const isTrivia = (kind: ts.SyntaxKind): boolean => kind <= ts.SyntaxKind.LastTriviaToken

const tokenOf = (scanner: ts.Scanner, kind: ts.SyntaxKind): Token => ({
  kind,
  start: scanner.getTokenStart(),
  end: scanner.getTokenEnd(),
  value: scanner.getTokenValue() ?? '',
  isOpen: scanner.isUnterminated(),
})

/** After these a `/` divides; elsewhere it begins a regular expression. */
function endsValue(kind: ts.SyntaxKind): boolean {
  switch (kind) {
    case ts.SyntaxKind.CloseParenToken:
    case ts.SyntaxKind.CloseBracketToken:
    case ts.SyntaxKind.CloseBraceToken:
    case ts.SyntaxKind.PlusPlusToken:
    case ts.SyntaxKind.MinusMinusToken:
    case ts.SyntaxKind.TemplateTail:
    case ts.SyntaxKind.ThisKeyword:
    case ts.SyntaxKind.SuperKeyword:
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
    case ts.SyntaxKind.NullKeyword:
      return true
    default:
      return (
        kind === ts.SyntaxKind.Identifier ||
        (kind >= ts.SyntaxKind.FirstLiteralToken && kind <= ts.SyntaxKind.LastLiteralToken)
      )
  }
}
