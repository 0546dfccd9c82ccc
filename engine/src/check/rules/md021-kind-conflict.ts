import { atFeature, type Rule } from '../rule.ts'

/** MD021: two markers, or marker and manifest, that contradict each other. */
export const kindConflict: Rule = {
  code: 'MD021',
  name: 'kind-conflict',
  severity: 'error',
  doc: `A feature is marked as a row feature and as a group feature, or the manifest's \`kinds\` says the opposite of the comment.

**What to do:** remove one of the two.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const [name, feature] of analysed.features) {
        const [first] = feature.directives
        if (!first) continue
        const other = feature.directives.find((directive) => directive.level !== first.level)
        const kind = analysed.model.kinds[name]
        if (other) {
          yield {
            ...atFeature(analysed, feature, other.span, `'${name}' is marked both ${first.text} and ${other.text}.`),
            related: [{ path: feature.path, span: first.span, message: 'the other marker' }],
          }
        } else if (kind && kind !== first.level) {
          yield atFeature(
            analysed,
            feature,
            first.span,
            `modeldriver.json says '${name}' is a ${kind} feature, but the comment says ${first.text}.`,
          )
        }
      }
    }
  },
}
