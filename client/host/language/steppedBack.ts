/** What of a diagnostic of VS Code decides, in its own numbers: severity 0 is an error, 2 an information. */
export interface Said {
  readonly source?: string | undefined
  readonly severity: number
  readonly code?: unknown
  readonly range: { readonly start: Point; readonly end: Point }
}

interface Point {
  readonly line: number
  readonly character: number
}

/** Mistakes that TypeScript's own service may say too: an unknown name, a name twice, a value that cannot do what is asked of it. */
const shared: ReadonlySet<string> = new Set(['MD001', 'MD003', 'MD012', 'MD019', 'MD024', 'MD036'])
const typeScript: ReadonlySet<string> = new Set(['ts', 'js', 'typescript', 'javascript'])

/**
 * Which of our problems are only information beside an error of TypeScript at the same place. TypeScript's cannot be taken away, and
 * ours says what TypeScript does not know (the column, the repair), so it stays, but the mistake counts once.
 */
export function steppedBack<Own extends Said>(own: readonly Own[], all: readonly Said[]): ReadonlySet<Own> {
  const errors = all.filter(({ source, severity }) => severity === 0 && typeScript.has(source ?? ''))
  return new Set(
    own.filter((each) => shared.has(codeOf(each)) && errors.some((error) => isSamePlace(each.range, error.range))),
  )
}

/** The code itself, or the one with an address. */
function codeOf({ code }: Said): string {
  const value = typeof code === 'object' && code !== null && 'value' in code ? code.value : code
  return String(value)
}

/** They begin together, or one stands within the other. */
const isSamePlace = (one: Said['range'], other: Said['range']): boolean =>
  (isBefore(one.start, other.start) && isBefore(other.end, one.end)) ||
  (isBefore(other.start, one.start) && isBefore(one.end, other.end))

const isBefore = (a: Point, b: Point): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character)
