import type { Rule } from '../rule.ts'

/** MD034: the file is no valid TypeScript or JavaScript, so it cannot be loaded. Editors hear it from their own language service. */
export const syntaxError: Rule = {
  code: 'MD034',
  name: 'syntax-error',
  severity: 'error',
  doc: `The file is not valid TypeScript or JavaScript. What can be read is still checked, but the file cannot be loaded, so none of its
features can be computed. In the editor TypeScript's own message stands at the place.

**What to do:** the message says what is missing or too much there.`,
  *check({ models, snapshot }) {
    for (const { model } of models) {
      for (const path of model.featureFiles) {
        for (const { message, span } of snapshot.files.get(path)?.syntaxErrors?.slice(0, 1) ?? [])
          yield { message: `This cannot be read: ${message}`, path, span, model: model.name }
      }
    }
  },
}
