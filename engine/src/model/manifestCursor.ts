import { createScanner, getLocation, type Node } from 'jsonc-parser'
import type { Span } from '../ir/span.ts'
import { type ManifestPath, nodeAt } from './manifestPlaces.ts'

/** A place in `modeldriver.json` where a name or a value may be written. The text may be broken. */
export interface ManifestCursor {
  /** Names and numbers from the top; the last one is the property or the entry that the cursor is in. */
  readonly path: ManifestPath
  /** The name of a property is written here; else a value. */
  readonly isKey: boolean
  /** What is there already, without its quotes. */
  readonly word: Span
  /** `open`: a text that does not end. */
  readonly quotes: 'none' | 'both' | 'open'
  /** The property has its value already. */
  readonly hasValue: boolean
  /** Something follows without a comma before it. */
  readonly needsComma: boolean
  /** Names of the other properties, or the texts among the other entries. */
  readonly others: readonly string[]
}

/** Nothing in comments, behind a value that has no comma yet, and in numbers. */
export function manifestCursor(text: string, offset: number): ManifestCursor | undefined {
  const tokens = tokensOf(text)
  const own = tokens.find((token) => touches(token, text, offset))
  if (own?.kind === 'comment' || (own?.kind === 'other' && /[\d.-]/.test(text[own.start] ?? ''))) return undefined
  const { start, end } = own ?? { start: offset, end: offset }
  const before = tokens.findLast((token) => token.end <= start && token.kind !== 'comment')
  if (!before || !openers.has(before.kind)) return undefined
  const after = tokens.find((token) => token.start >= end && token.kind !== 'comment')
  if (before.kind === ':' && after && !closers.has(after.kind) && !isKey(tokens, after)) return undefined
  const { path, isAtPropertyKey } = getLocation(text, offset)
  const isText = own?.kind === 'text'
  const isOpen = isText && own.isOpen
  return {
    path,
    isKey: isAtPropertyKey,
    word: isText ? { start: start + 1, end: isOpen ? offset : end - 1 } : { start, end },
    quotes: isOpen ? 'open' : isText ? 'both' : 'none',
    hasValue: after?.kind === ':',
    needsComma: after !== undefined && !closers.has(after.kind),
    others: othersAt(text, path, isAtPropertyKey, offset),
  }
}

interface Token extends Span {
  /** A sign of JSON by itself; what is none is unfinished or a number. */
  readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'text' | 'comment' | 'other'
  /** A text or comment that does not end. */
  readonly isOpen: boolean
}

const openers: ReadonlySet<Token['kind']> = new Set(['{', '[', ',', ':'])
const closers: ReadonlySet<Token['kind']> = new Set(['}', ']', ',', ':'])

/** Every token but blanks. */
function tokensOf(text: string): readonly Token[] {
  const scanner = createScanner(text, false)
  const tokens: Token[] = []
  for (;;) {
    scanner.scan()
    const start = scanner.getTokenOffset()
    const end = start + scanner.getTokenLength()
    if (start === end) return tokens
    const kind = kindOf(text, start)
    if (kind) tokens.push({ kind, start, end, isOpen: scanner.getTokenError() !== 0 })
  }
}

function kindOf(text: string, start: number): Token['kind'] | undefined {
  const sign = text[start] as string
  if (/\s/.test(sign)) return undefined
  if (sign === '"') return 'text'
  if (sign === '/') return 'comment'
  return /[{}[\],:]/.test(sign) ? (sign as Token['kind']) : 'other'
}

function touches({ kind, start, end, isOpen }: Token, text: string, offset: number): boolean {
  if (offset <= start || offset > end) return false
  if (kind === 'comment') return offset < end || isOpen || text[start + 1] === '/'
  return kind === 'text' ? offset < end || isOpen : kind === 'other'
}

/** A text that a colon follows. */
function isKey(tokens: readonly Token[], token: Token): boolean {
  const next = tokens.slice(tokens.indexOf(token) + 1).find(({ kind }) => kind !== 'comment')
  return token.kind === 'text' && next?.kind === ':'
}

function othersAt(text: string, path: ManifestPath, isKey: boolean, offset: number): readonly string[] {
  const children = nodeAt(text, path.slice(0, -1))?.children ?? []
  const isOther = ({ offset: start, length }: Node) => offset < start || start + length < offset
  const named = isKey
    ? children.flatMap(({ children: [key] = [] }) => (key && isOther(key) ? [key] : []))
    : children.filter((child) => child.type === 'string' && isOther(child))
  return named.map(({ value }) => String(value))
}
