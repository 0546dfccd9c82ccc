import type { Rule } from '../rule.ts'

/** MD030: found while the manifest is read (model/manifest.ts), so there is nothing left to look for. */
export const badManifest: Rule = {
  code: 'MD030',
  name: 'bad-manifest',
  severity: 'error',
  doc: `\`modeldriver.json\` does not say what it should: a word is misspelt, a value has the wrong form, two models have one name, or a
feature file is not there.

**What to do:** the message says which word and what it may be.`,
  check: () => [],
}
