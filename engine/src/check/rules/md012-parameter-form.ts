import type { Rule } from '../rule.ts'
import { rejectedAs } from './rejected.ts'

/** MD012: a parameter that does not name one input, or names one twice. */
export const parameterForm: Rule = {
  code: 'MD012',
  name: 'parameter-form',
  severity: 'error',
  doc: `Each input of a feature must be named: rest parameters (\`...cols\`), array patterns, nested patterns and computed names do
not say which columns are read. A name that stands there twice keeps the whole file from being loaded.

\`\`\`ts
export const all = (...cols) => 0                     // which columns?
export const profit = ({ revenue, cost }) => revenue - cost
\`\`\`

**What to do:** write one parameter per column, each once, or \`{ revenue, cost }\`.`,
  *check(context) {
    yield* rejectedAs('parameter-form', context, (text) => `A feature cannot take '${text}': ${howToWrite(text)}`)
    yield* rejectedAs(
      'repeated',
      context,
      (text) =>
        `'${text}' is a parameter twice, so the file cannot be loaded. Remove one, or name the column that was meant.`,
    )
  },
}

/** The form that the author was after. */
function howToWrite(text: string): string {
  if (text.startsWith('...')) return 'each input must be named. Write the columns out: (revenue, cost).'
  if (/^\[[^\]]*\](?!\s*:)/.test(text))
    return `columns have names and no order. Write (${namesIn(text)}), or ({ ${namesIn(text)} }).`
  if (text.startsWith('{'))
    return `inputs stand in one list, or in one pattern. Write all as (revenue, ${namesIn(text)}), or all as ({ revenue, ${namesIn(text)} }).`
  const key = /^[\p{L}_$][\p{L}\p{N}_$]*|^'[^']*'|^"[^"]*"/u.exec(text)?.[0]
  return key === undefined
    ? "each input must be named. Write the column's own name: { revenue } or { 'Unit Price': price }."
    : `the value of a column has no parts. Write { ${key} }.`
}

const namesIn = (pattern: string): string => pattern.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu)?.join(', ') ?? 'cost'
