import type { Feature } from '../../ir/feature.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD003: two features of one model with one name. */
export const duplicateFeature: Rule = {
  code: 'MD003',
  name: 'duplicate-feature',
  severity: 'error',
  doc: `Two features of a model have the same name, so the column they make would be ambiguous. They may stand in different files.

**What to do:** rename or delete one of them.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const feature of analysed.duplicates) {
        const first = analysed.features.get(feature.name) as Feature
        const message = `Feature '${feature.name}' is defined twice in model '${analysed.model.name}'.`
        const places = [first, feature]
        for (const [i, place] of places.entries()) {
          const other = places[1 - i] as Feature
          yield {
            ...atFeature(analysed, place, place.nameSpan, message),
            related: [{ path: other.path, span: other.nameSpan, message: `the other '${feature.name}'` }],
          }
        }
      }
    }
  },
}
