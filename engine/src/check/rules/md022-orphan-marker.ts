import type { Rule } from '../rule.ts'

/** MD022: a marker that belongs to no feature. */
export const orphanMarker: Rule = {
  code: 'MD022',
  name: 'orphan-marker',
  severity: 'warning',
  doc: `A \`#agg\`, \`#group\` or \`#row\` comment stands where it belongs to no feature, so it has no effect.

**What to do:** put it inside the function, on its last line, or directly above it without a blank line between.`,
  *check({ models, snapshot }) {
    for (const { model } of models) {
      for (const path of model.featureFiles) {
        for (const { text, span } of snapshot.files.get(path)?.orphanDirectives ?? []) {
          yield {
            message: `This ${text} belongs to no feature; put it in the function or directly above it.`,
            path,
            span,
            model: model.name,
          }
        }
      }
    }
  },
}
