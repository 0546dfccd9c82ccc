import type { Rule } from '../rule.ts'
import { rejectedAs } from './rejected.ts'

/** MD013: async functions and generators. */
export const asyncFeature: Rule = {
  code: 'MD013',
  name: 'async-feature',
  severity: 'error',
  doc: `Features run once per row or per group, in order, and give a value at once; \`async\` functions and generators do not.

**What to do:** remove \`async\` or \`*\`. Data from elsewhere belongs into the input table.`,
  check: (context) => rejectedAs('async', context, () => 'Features cannot be async: they run once per row, in order.'),
}
