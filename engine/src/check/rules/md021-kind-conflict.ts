import type { Fix } from '../../ir/edit.ts'
import { removeMarkers } from '../declarationEdits.ts'
import { setInModel } from '../manifestEdits.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD021: two markers, or marker and manifest, that contradict each other. */
export const kindConflict: Rule = {
  code: 'MD021',
  name: 'kind-conflict',
  severity: 'error',
  doc: `A feature is marked as a row feature and as a group feature, or the manifest's \`kinds\` says the opposite of the comment.

\`\`\`ts
//#row
export const total = (revenue) => revenue.sum() //#agg
\`\`\`

**What to do:** remove one of the two.`,
  checkFeature({ snapshot }, analysed, feature) {
    const { name, directives } = feature
    const [first] = directives
    if (!first) return []
    const other = directives.find((directive) => directive.level !== first.level)
    const kind = analysed.model.kinds[name]
    if (other) {
      const message = `'${name}' is marked both ${first.text} and ${other.text}. Remove one of the two.`
      const related = [{ path: feature.path, span: first.span, message: 'the other marker' }]
      return [{ ...atFeature(analysed, feature, other.span, message), related }]
    }
    if (!kind || kind === first.level) return []
    const said =
      snapshot.project.kind === 'code'
        ? `'${name}' is registered as ${kind === 'row' ? 'a filter' : 'an attribute'}`
        : `modeldriver.json says '${name}' is a ${kind} feature`
    const message = `${said}, but the comment says ${first.text}. Remove one of the two.`
    return [atFeature(analysed, feature, first.span, message)]
  },
  *fixes(context, problem): Iterable<Fix> {
    const analysed = context.models.find(({ model }) => model.name === problem.model)
    const feature = analysed?.features.get(problem.feature ?? '')
    const text = context.text(problem.path)
    if (!analysed || !feature || text === undefined) return
    const { directives, name } = feature
    for (const level of ['row', 'group'] as const) {
      const own = directives.filter((directive) => directive.level === level)
      const others = own.length < directives.length || (analysed.model.kinds[name] ?? level) !== level
      const isInComments = own.every((directive) => !directive.text.endsWith(')'))
      if (own[0] && others && isInComments)
        yield { title: `Remove ${own[0].text}`, edits: removeMarkers(feature.path, own, text) }
    }
    const [first, ...more] = directives
    const isByManifest = first && more.every(({ level }) => level === first.level)
    if (isByManifest)
      yield {
        title: `Remove '${name}' from "kinds"`,
        edits: setInModel(context, analysed.model, ['kinds', name], undefined),
      }
  },
}
