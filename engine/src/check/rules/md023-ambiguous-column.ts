import type { Feature } from '../../ir/feature.ts'
import { atFeature, orList, type Rule } from '../rule.ts'

/** MD023: a name that could mean two columns. */
export const ambiguousColumn: Rule = {
  code: 'MD023',
  name: 'ambiguous-column',
  severity: 'error',
  doc: `No column has exactly this name, and more than one would fit when case and separators do not count.

**What to do:** say which one is meant, in the manifest: \`"columns": { "unit_price": { "from": "Unit Price" } }\`.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const [name, inputs] of analysed.unresolved) {
        for (const input of inputs) {
          const headers = analysed.ambiguous.get(input.name)
          const feature = analysed.features.get(name) as Feature
          if (headers) {
            const where = analysed.columnsFrom?.replace(/ \(.*/, '') ?? 'the data'
            yield {
              ...atFeature(analysed, feature, input.span, `'${input.name}' could be ${orList(headers)} in ${where}.`),
              data: { name: input.name, suggestions: headers },
            }
          }
        }
      }
    }
  },
}
