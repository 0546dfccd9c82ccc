// Conditions as people write them who come from SQL, Excel or pandas.

const name = String.raw`[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*(?:\(\))?)*`
const text = '«\\d+»'
const value = `(?:${text}|-?\\d[\\d.]*|${name})`
const comparison = `${value}\\s*(?:[<>]=?|[!=]==?)\\s*${value}`

/** What stands in a condition outside of texts, and what is written for it here; each pattern sees what those before it left. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^\s*=(?!=)|;\s*$/g, ''],
  [/\bis\s+not\s+(?:null|none|na|nan)\b/gi, '!= null'],
  [/\bis\s+(?:null|none|na|nan)\b/gi, '== null'],
  [/\bis\s+not\b/gi, '!='],
  [new RegExp(`(${name})\\s+between\\s+(${value})\\s+and\\s+(${value})`, 'gi'), '$1 >= $2 && $1 <= $3'],
  [new RegExp(`(${name})\\s+not\\s+in\\s*[[(]([^()[\\]]*)[\\])]`, 'gi'), '![$2].includes($1)'],
  [new RegExp(`\\bnot\\s+(${name})\\s+in\\s*[[(]([^()[\\]]*)[\\])]`, 'gi'), '![$2].includes($1)'],
  [new RegExp(`(${name})\\s+in\\s*[[(]([^()[\\]]*)[\\])]`, 'gi'), '[$2].includes($1)'],
  [new RegExp(`(${name})\\.isin\\(\\[([^\\]]*)\\]\\)`, 'gi'), '[$2].includes($1)'],
  [new RegExp(`(${name})\\s+not\\s+like\\s+(${text})`, 'gi'), '!like($1, $2)'],
  [new RegExp(`(${name})\\s+like\\s+(${text})`, 'gi'), 'like($1, $2)'],
  [/<>|!\s+=/g, '!='],
  [/=<(?!=)/g, '<='],
  [/=>/g, '>='],
  [/(?<![=!<>])=(?!=)/g, '=='],
  [new RegExp(`(${value})\\s*([<>]=?)\\s*(${name})\\s*([<>]=?)\\s*(${value})`, 'gi'), '$1 $2 $3 && $3 $4 $5'],
  [/\b\d{4}-\d\d-\d\d\b/g, "'$&'"],
  [/(?<!&)&(?!&)|\s\band\b/gi, ' &&'],
  [/(?<!\|)\|(?!\|)|\s\bor\b/gi, ' ||'],
  [new RegExp(`(?:\\bnot\\b\\s*|!\\s*|~\\s*)(${comparison})`, 'gi'), '!($1)'],
  [/\bnot\b\s*|~\s*/gi, '!'],
  [/\b(?:None|NULL|NaN|NA)\b/gi, 'null'],
  [/ {2,}/g, ' '],
]

/** A condition with what other languages write as it is written here; texts are left as they are. */
export function inOwnWords(condition: string): string {
  const texts: string[] = []
  const masked = condition
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g, (found) => `«${texts.push(found) - 1}»`)
  return words
    .reduce((said, [pattern, own]) => said.replace(pattern, own), masked)
    .replace(/\b(?:true|false)\b/gi, (found) => found.toLowerCase())
    .replace(/like\(([^,()]+), «(\d+)»\)/g, (all, column, at) => like(column, texts[at] as string) ?? all)
    .replace(/«(\d+)»/g, (_, at) => texts[at] as string)
    .trim()
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
