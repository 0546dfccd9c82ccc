import type { Feature } from '../../ir/feature.ts'
import { numberedName, removeFunction, renameFunction } from '../declarationEdits.ts'
import { subjectOf } from '../edits.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD003: two features of one model with one name. */
export const duplicateFeature: Rule = {
  code: 'MD003',
  name: 'duplicate-feature',
  severity: 'error',
  doc: `Two features of a model have the same name, so the column they make would be ambiguous. They may stand in different files.

\`\`\`ts
export const margin = (revenue, cost) => revenue - cost
export const margin = (revenue, cost) => (revenue - cost) / revenue // another column: margin_share
\`\`\`

**What to do:** rename or delete one of them.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const feature of analysed.duplicates) {
        const first = analysed.features.get(feature.name) as Feature
        const twice = `twice in model '${analysed.model.name}'`
        const message =
          feature.frame || first.frame
            ? `'${feature.name}' is made ${twice}: by ${makerText(first)} and by ${makerText(feature)}. Rename or delete one of the two.`
            : `Feature '${feature.name}' is defined ${twice}. Rename or delete one of the two.`
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
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    const file = context.snapshot.files.get(problem.path)
    const text = context.text(problem.path)
    if (!subject || !file || text === undefined) return
    const { feature, analysed } = subject
    const name = numberedName(analysed, feature.name)
    yield { title: `Rename to '${name}'`, edits: renameFunction(feature, name, file, text) ?? [] }
    const removal = removeFunction(feature, text)
    if (removal) yield { title: `Delete this '${feature.name}'`, edits: [removal] }
  },
}

const makerText = ({ frame }: Feature): string => (frame ? `the table function '${frame.name}'` : 'a feature')
