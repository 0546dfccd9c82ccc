import { identifierOf } from '../model/names.ts'

// Conditions as people write them who come from SQL, Excel or pandas.

const name = String.raw`[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*(?:\(\))?)*`
const text = String.raw`«\d+»`
const value = String.raw`(?:${text}|-?\d[\d.]*|${name})`
const list = String.raw`\s*[[({]([^()[\]{}]*)[\])}]`
const comparison = String.raw`${value}\s*(?:[<>]=?|[!=]==?)\s*${value}`

const anyCase = (source: string): RegExp => new RegExp(source, 'gi')

/** What stands in a condition outside of texts, and what is written for it here; each pattern sees what those before it left. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^\s*=(?!=)|;\s*$/g, ''],
  [anyCase(String.raw`\bdate\s+(${text})`), '$1'],
  [/\bis\s+not\s+(?:null|none|na|nan)\b/gi, '!= null'],
  [/\bis\s+(?:null|none|na|nan)\b/gi, '== null'],
  [/\bis\s+not\b/gi, '!='],
  [anyCase(String.raw`(${name})\.(?:isna|isnull)\(\)`), '$1 == null'],
  [anyCase(String.raw`(${name})\.(?:notna|notnull)\(\)`), '$1 != null'],
  [anyCase(String.raw`(${name})\.between\(\s*(${value})\s*,\s*(${value})\s*\)`), '($1 >= $2 && $1 <= $3)'],
  [anyCase(String.raw`(${name})\s+not\s+between\s+(${value})\s+and\s+(${value})`), '!($1 >= $2 && $1 <= $3)'],
  [anyCase(String.raw`\bnot\s+(${name})\s+between\s+(${value})\s+and\s+(${value})`), '!($1 >= $2 && $1 <= $3)'],
  [anyCase(String.raw`(${name})\s+between\s+(${value})\s+and\s+(${value})`), '$1 >= $2 && $1 <= $3'],
  [anyCase(String.raw`(${name})\s+not\s+in${list}`), '![$2].includes($1)'],
  [anyCase(String.raw`\bnot\s+(${name})\s+in${list}`), '![$2].includes($1)'],
  [anyCase(String.raw`(${name})\s+in${list}`), '[$2].includes($1)'],
  [anyCase(String.raw`(${name})\.isin\(${list}\s*\)`), '[$2].includes($1)'],
  [anyCase(String.raw`(${name})\s+not\s+(i?like)\s+(${text})`), '!$2($1, $3)'],
  [anyCase(String.raw`(${name})\s+(i?like)\s+(${text})`), '$2($1, $3)'],
  [/<>|!\s+=/g, '!='],
  [/=<(?!=)/g, '<='],
  [/=>/g, '>='],
  [/(?<![=!<>])=(?!=)/g, '=='],
  [anyCase(String.raw`(${value})\s*([<>]=?)\s*(${name})\s*([<>]=?)\s*(${value})`), '$1 $2 $3 && $3 $4 $5'],
  [/\b\d{4}-\d\d-\d\d\b/g, "'$&'"],
  [/(?<!&)&(?!&)|\s\band\b/gi, ' &&'],
  [/(?<!\|)\|(?!\|)|\s\bor\b/gi, ' ||'],
  [anyCase(String.raw`(?:\bnot\b\s*|!\s*|~\s*)(${comparison})`), '!($1)'],
  [/\bnot\b\s*|~\s*/gi, '!'],
  [/\b(?:None|NULL|NaN|NA)\b/gi, 'null'],
  [/ {2,}/g, ' '],
]

/** Functions of one column in SQL and Excel, as they are asked here. */
const functions: ReadonlyMap<string, string> = new Map([
  ['lower', '.toLowerCase()'],
  ['lcase', '.toLowerCase()'],
  ['upper', '.toUpperCase()'],
  ['ucase', '.toUpperCase()'],
  ['trim', '.trim()'],
  ['length', '.length'],
  ['len', '.length'],
  ['isblank', ' == null'],
])
const functionCall = anyCase(String.raw`(?<![.\w$])(${[...functions.keys()].join('|')})\(\s*(${name})\s*\)`)

/** What pandas asks texts behind `.str`. */
const methods: ReadonlyMap<string, string> = new Map([
  ['lower', '.toLowerCase()'],
  ['upper', '.toUpperCase()'],
  ['strip', '.trim()'],
  ['len', '.length'],
])
const methodCall = anyCase(String.raw`(${name})\.str\.(${[...methods.keys()].join('|')})\(\)`)

const searches: ReadonlyMap<string, string> = new Map([
  ['contains', 'includes'],
  ['startswith', 'startsWith'],
  ['endswith', 'endsWith'],
])
const search = anyCase(String.raw`(${name})\.str\.(${[...searches.keys()].join('|')})\(\s*(${text})([^()]*)\)`)

/** A condition with what other languages write as it is written here; texts are left as they are. */
export function inOwnWords(condition: string): string {
  const texts: string[] = []
  const mask = (found: string): string => `«${texts.push(found) - 1}»`
  const textAt = (masked: string): string => texts[Number(masked.slice(1, -1))] as string
  const masked = condition
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g, mask)
    .replace(/\bdf\[(«\d+»)\]/g, (_, found) => identifierOf(textAt(found).slice(1, -1)))
    .replace(/\bdf\.(?=[A-Za-z_])/g, '')
  const asked = untilSame(masked, (said) =>
    said
      .replace(functionCall, (_, called, of) => of + functions.get(called.toLowerCase()))
      .replace(methodCall, (_, of, called) => of + methods.get(called.toLowerCase()))
      .replace(search, (all, of, called, found, options) => {
        const sought = textAt(found)
        const isPattern =
          called === 'contains' && !/regex\s*=\s*False/.test(options) && /[\\^$.|?*+()[\]{}]/.test(sought)
        if (isPattern) return all
        const anyCase = /case\s*=\s*False/.test(options)
        return `${of}${anyCase ? '.toLowerCase()' : ''}.${searches.get(called.toLowerCase())}(${anyCase ? mask(sought.toLowerCase()) : found})`
      }),
  )
  return words
    .reduce((said, [pattern, own]) => said.replace(pattern, own), asked)
    .replace(/\b(?:true|false)\b/gi, (found) => found.toLowerCase())
    .replace(
      /\b(i?)like\(([^,]+), («\d+»)\)/gi,
      (all, anyCase, column, found) =>
        (anyCase ? like(`${column}.toLowerCase()`, textAt(found).toLowerCase()) : like(column, textAt(found))) ?? all,
    )
    .replace(/«\d+»/g, textAt)
    .trim()
}

function untilSame(said: string, change: (said: string) => string): string {
  const next = change(said)
  return next === said ? said : untilSame(next, change)
}

/** `region like 'N%'`, of patterns with a `%` at an end or both. */
function like(column: string, quoted: string): string | undefined {
  const [, quote, before, inner, after] = /^(['"])(%?)([^%_]*)(%?)\1$/.exec(quoted) ?? []
  if (quote === undefined) return undefined
  const asked = `${quote}${inner}${quote}`
  if (before && after) return `${column}.includes(${asked})`
  if (before) return `${column}.endsWith(${asked})`
  return after ? `${column}.startsWith(${asked})` : `${column} == ${asked}`
}
