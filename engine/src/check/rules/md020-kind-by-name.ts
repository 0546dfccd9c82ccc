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
  checkFeature(_, analysed, feature) {
    const { name, nameSpan } = feature
    const decision = analysed.levels.get(name)
    if (decision?.rule !== 'name') return []
    const message = `'${name}' is treated as a ${decision.level} feature only because of its name. Add //#agg or //#row to say it.`
    return [atFeature(analysed, feature, nameSpan, message)]
  },
  *fixes(context, problem) {
    const feature = subjectOf(context, problem)?.feature
    const text = context.text(problem.path)
    if (!feature || text === undefined) return
    yield { title: 'Add #agg', edits: [addMarker(feature, 'group', text)] }
    yield { title: 'Add #row', edits: [addMarker(feature, 'row', text)] }
  },
}
