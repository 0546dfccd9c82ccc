import type { Rule } from '../rule.ts'
import { rejectedAs } from './rejected.ts'

/** MD014: a default export without a name. */
export const nameless: Rule = {
  code: 'MD014',
  name: 'nameless',
  severity: 'warning',
  doc: `The function's name is the column it makes; this default export has none.

**What to do:** name it: \`export default function margin(revenue, cost) { … }\`.`,
  check: (context) =>
    rejectedAs('nameless', context, () => 'The default export needs a name: the name is the output column.'),
}
