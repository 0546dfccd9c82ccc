/** What a value can be for TypeScript, as far as columns go. */
export type AnnotatedKind = 'number' | 'string' | 'boolean' | 'Date'

/** An annotation of a parameter that is understood: `number | null`, `Column<string>`, `readonly Date[]`. */
export interface Annotation {
  readonly kinds: readonly AnnotatedKind[]
  /** The same annotation for values of another kind. */
  readonly as: (kind: AnnotatedKind) => string
}

/** Reads the text of an annotation; undefined when a name in it could be anything. */
export function readAnnotation(text: string): Annotation | undefined {
  const written = text.trim()
  const list = listOf(written)
  if (list) {
    const inner = readAnnotation(list.of)
    return inner && { kinds: inner.kinds, as: (kind) => list.as(inner.as(kind)) }
  }
  const parts = splitUnion(written)
  const nothing = parts.filter((part) => part === 'null' || part === 'undefined')
  const values = parts.filter((part) => part !== 'null' && part !== 'undefined')
  if (values.length === 0) return undefined
  const [only] = values
  const wrapped = values.length === 1 && only !== undefined && parts.length > 1 ? readAnnotation(only) : undefined
  const kinds = wrapped?.kinds ?? values.map(kindOf)
  if (kinds.some((kind) => kind === undefined)) return undefined
  const as = wrapped?.as ?? ((kind: AnnotatedKind) => kind)
  return { kinds: kinds.filter((kind) => kind !== undefined), as: (kind) => [as(kind), ...nothing].join(' | ') }
}

/** The values that a type is, when it is nothing but values: `'low' | 'high'`, `boolean`. */
export function valuesOf(text: string): readonly (string | number | boolean)[] | undefined {
  const values = splitUnion(text.trim()).flatMap((part): (string | number | boolean | undefined)[] => {
    if (part === 'boolean') return [true, false]
    const kind = kindOf(part)
    if (kind === 'boolean') return [part === 'true']
    if (part === kind || kind === undefined) return [undefined]
    return [kind === 'number' ? Number(part.replaceAll('_', '')) : part.slice(1, -1)]
  })
  return values.every((value) => value !== undefined) ? values : undefined
}

/** What stands between the brackets of a list or column of values, and how to write one of others. */
function listOf(text: string): { readonly of: string; readonly as: (inner: string) => string } | undefined {
  const generic = /^(Column|ReadonlyArray|Array)\s*<([\s\S]*)>$/.exec(text)
  if (generic && isBalanced(generic[2] as string))
    return { of: generic[2] as string, as: (inner) => `${generic[1]}<${inner}>` }
  const array = /^(readonly\s+)?([\s\S]*)\[\]$/.exec(text)
  if (!array) return undefined
  const [, prefix = '', inner = ''] = array
  const held = /^\(([\s\S]*)\)$/.exec(inner.trim())?.[1]
  if (held === undefined && splitUnion(inner).length > 1) return undefined
  return {
    of: held ?? inner,
    as: (written) => `${prefix}${splitUnion(written).length > 1 ? `(${written})` : written}[]`,
  }
}

function kindOf(part: string): AnnotatedKind | undefined {
  if (part === 'number' || part === 'string' || part === 'boolean' || part === 'Date') return part
  if (part === 'true' || part === 'false') return 'boolean'
  if (/^-?\d[\d_]*(\.\d+)?(e[+-]?\d+)?$/i.test(part)) return 'number'
  return /^(['"`])[^'"`]*\1$/.test(part) && !part.includes('${') ? 'string' : undefined
}

/** The parts between `|` that stand in no brackets and no quotes. */
function splitUnion(text: string): readonly string[] {
  const parts = ['']
  let depth = 0
  let quote = ''
  for (const letter of text) {
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (/['"`]/.test(letter)) quote = letter
    else if (/[<([{]/.test(letter)) depth++
    else if (/[>)\]}]/.test(letter)) depth--
    else if (letter === '|' && depth === 0) {
      parts.push('')
      continue
    }
    parts[parts.length - 1] += letter
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Every bracket in it is closed in it, in order. */
function isBalanced(text: string): boolean {
  let depth = 0
  for (const letter of text) {
    if (letter === '<') depth++
    else if (letter === '>' && --depth < 0) return false
  }
  return depth === 0
}
