import type { Feature } from '../../ir/feature.ts'
import { addMarker, subjectOf } from '../edits.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD020: the level was guessed from the name alone. */
export const kindByName: Rule = {
  code: 'MD020',
  name: 'kind-by-name',
  severity: 'information',
  doc: `The body does not say whether the feature gives one value per row or per group, so its name decided.

\`\`\`ts
import { days } from './dates'
export const count_days = (opened, closed) => days(opened, closed) //#row
\`\`\`

**What to do:** say it: \`//#agg\` for one value per group, \`//#row\` for one value per row.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const [name, { rule, level }] of analysed.levels) {
        const feature = analysed.features.get(name) as Feature
        if (rule === 'name')
          yield atFeature(
            analysed,
            feature,
            feature.nameSpan,
            `'${name}' is treated as a ${level} feature only because of its name. Add //#agg or //#row to say it.`,
          )
      }
    }
  },
  *fixes(context, problem) {
    const feature = subjectOf(context, problem)?.feature
    const text = context.text(problem.path)
    if (!feature || text === undefined) return
    yield { title: 'Add #agg', edits: [addMarker(feature, 'group', text)] }
    yield { title: 'Add #row', edits: [addMarker(feature, 'row', text)] }
  },
}
