import type { Rule } from '../rule.ts'

/** MD027: found while a model runs, or by the types of what a feature gives; the rule itself has nothing to look for. */
export const wrongResult: Rule = {
  code: 'MD027',
  name: 'wrong-result',
  severity: 'error',
  isFixed: 'it is found while a model runs',
  doc: `A feature gives something that is no single value (an object, a list, a \`Column\`, a promise), or numbers in some
rows and text in others. Where its types show that, \`check\` and the editor say it; else a run does, as when a feature throws an error or does not
end in time.

\`\`\`ts
export function prices(unit_price) { //#agg
  return unit_price.unique() // a list; unit_price.nunique() is one value
}
\`\`\`

**What to do:** give one number, text, true/false or date per row or group, or nothing where the value is missing. The message names
the row or group and the inputs with which it happened.`,
  check: () => [],
}
