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
    yield* rejectedAs(
      'parameter-form',
      context,
      (text) =>
        `A feature cannot take '${text}': each input must be named. Write one parameter per column, or { revenue, cost }.`,
    )
    yield* rejectedAs(
      'repeated',
      context,
      (text) =>
        `'${text}' is a parameter twice, so the file cannot be loaded. Remove one, or name the column that was meant.`,
    )
  },
}
