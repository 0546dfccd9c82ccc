import { closest } from '../../model/suggest.ts'
import { didYouMean, inManifest, type Rule } from '../rule.ts'

/** MD016: `outputs` names something that does not exist. */
export const unknownOutput: Rule = {
  code: 'MD016',
  name: 'unknown-output',
  severity: 'error',
  doc: `A name in \`outputs\` is neither a feature nor a column of the model.

**What to do:** correct the name, or write the feature.`,
  *check(context) {
    for (const { model, features, columns } of context.models) {
      for (const output of model.outputs ?? []) {
        if (features.has(output.name) || !columns || columns.has(output.name)) continue
        const suggestions = closest(output.name, [...features.keys(), ...columns.keys()])
        const message = `Output '${output.name}' is not a feature or column.${didYouMean(suggestions)}`
        yield {
          ...inManifest(context, output.span, message),
          model: model.name,
          data: { name: output.name, suggestions },
        }
      }
    }
  },
}
