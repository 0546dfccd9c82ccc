/** How a header in the data and a parameter in the code find each other. */

const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if ' +
    'import in instanceof new null return super switch this throw true try typeof var void while with yield let static await ' +
    'and as assert async def del elif except from global is lambda nonlocal not or pass raise False None True'
  ).split(' '),
)

/** A header as data may write it: without byte order mark and outer blanks, in Unicode form NFC. */
export const cleanHeader = (header: string): string =>
  header
    .replace(/^\uFEFF/, '')
    .trim()
    .normalize('NFC')

/** The identifier a header becomes: `Unit Price` is `Unit_Price`, `margin %` is `margin_pct`, `class` is `class_`. */
export function identifierOf(header: string): string {
  const words = header.replaceAll('%', ' pct ').replaceAll('#', ' num ')
  const name = words.trim().replace(/[^\p{L}\p{N}_$]+/gu, '_')
  if (/^\p{N}/u.test(name)) return `_${name}`
  return reserved.has(name) ? `${name}_` : name
}

/** What is left of a name when case and separators do not count: `UnitPrice`, `unit-price` and `unit_price` are alike. */
export const foldName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

export type HeaderMatch =
  | { readonly kind: 'one'; readonly header: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly headers: readonly string[] }

/** The header that `name` means: exactly, else the only one that is alike as an identifier or by its folded name. */
export const matchHeader = (name: string, headers: readonly string[]): HeaderMatch => headerMatcher(headers)(name)

/** The same for many names: the headers are looked through once. */
export function headerMatcher(headers: Iterable<string>): (name: string) => HeaderMatch {
  const exact = new Set(headers)
  const alike = new Map<string, Set<string>>()
  const places = new Map([...exact].map((header, i) => [header, i]))
  for (const header of exact) {
    for (const key of [`identifier ${identifierOf(header)}`, `folded ${foldName(header)}`]) {
      const others = alike.get(key)
      if (others) others.add(header)
      else alike.set(key, new Set([header]))
    }
  }
  return (name) => {
    const wanted = cleanHeader(name)
    if (exact.has(wanted)) return { kind: 'one', header: wanted }
    const found = new Set([
      ...(alike.get(`identifier ${wanted}`) ?? []),
      ...(alike.get(`folded ${foldName(wanted)}`) ?? []),
    ])
    const [only, ...others] = [...found].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
    if (only === undefined) return { kind: 'none' }
    return others.length > 0 ? { kind: 'ambiguous', headers: [only, ...others] } : { kind: 'one', header: only }
  }
}

const matchers = new WeakMap<ReadonlyMap<string, unknown>, (name: string) => HeaderMatch>()

/** The column that `name` means. */
export function matchColumn(name: string, columns: ReadonlyMap<string, unknown>): HeaderMatch {
  if (columns.has(name)) return { kind: 'one', header: name }
  const match = matchers.get(columns) ?? headerMatcher(columns.keys())
  matchers.set(columns, match)
  return match(name)
}
