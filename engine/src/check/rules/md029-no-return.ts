import type { AnalysedModel, Snapshot } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import { valuesOf } from '../../source/annotation.ts'
import { absolute, endOfBody, insert, subjectOf } from '../edits.ts'
import { literalTexts } from '../literals.ts'
import { atFeature, type Finding, type Rule } from '../rule.ts'
import { isUnreadable } from './unreadable.ts'

/** MD029: the end of the function can be reached without a `return`. */
export const noReturn: Rule = {
  code: 'MD029',
  name: 'no-return',
  severity: 'error',
  doc: `A function can come to its end without \`return\`. Its value is missing then, and nobody can see whether that is meant.

\`\`\`ts
export function margin(revenue, cost) {
  if (cost > 0) return revenue - cost
} // and when cost is 0?
\`\`\`

**What to do:** return a value there. Where there is none, say so: \`return null\`. A path that throws, or a loop that never ends, needs
no \`return\`.`,
  checkFeature: ({ snapshot }, analysed, feature) =>
    feature.sites.ending?.unless ? [] : [...noValue(snapshot, analysed, feature)],
  // What the values of an input can be is written in the body of another feature.
  *check({ models, snapshot }) {
    for (const analysed of models)
      for (const feature of analysed.features.values())
        if (feature.sites.ending?.unless && !isExhausted(analysed, feature)) yield* noValue(snapshot, analysed, feature)
  },
  *fixes(context, problem) {
    const { feature } = subjectOf(context, problem) ?? {}
    const { ending } = feature?.sites ?? {}
    if (!feature || !ending) return
    if (ending.value) {
      const at = absolute(ending.value, feature.span.start).start
      yield { title: 'Return the last calculation', edits: [insert(problem.path, at, 'return ')], isPreferred: true }
    }
    yield {
      title: "Add 'return null' at the end",
      edits: [endOfBody(feature, 'return null', context.text(problem.path) ?? '')],
      // A function that gives nothing at all is not repaired by saying so.
      ...(!ending.value && !ending.isAlways && { isPreferred: true }),
    }
  },
}

function* noValue(snapshot: Snapshot, analysed: AnalysedModel, feature: Feature): Iterable<Finding> {
  const { ending } = feature.sites
  const file = snapshot.files.get(feature.path)
  if (!ending || (file && isUnreadable(file, feature.span))) return
  const span = ending.span ? absolute(ending.span, feature.span.start) : feature.nameSpan
  yield atFeature(analysed, feature, span, messageOf(feature))
}

/** Every value that the input can have is asked for. */
function isExhausted({ columns, features }: AnalysedModel, { inputs, sites }: Feature): boolean {
  const { name, values } = sites.ending?.unless ?? {}
  const input = inputs.find(({ local }) => local === name)
  if (!input || input.acceptsMissing) return false
  const source = columns?.has(input.name) ? undefined : features.get(input.name)?.body
  const possible =
    input.type === undefined ? source?.kind === 'expression' && literalTexts(source.expression) : valuesOf(input.type)
  return possible ? possible.every((value) => values?.includes(value)) : false
}

function messageOf({ name, sites: { ending } }: Feature): string {
  if (ending?.isAlways) {
    const todo = ending.value ? "Write 'return' before its last calculation." : 'Return a value.'
    return `'${name}' returns nothing, so its column would be empty. ${todo}`
  }
  const when = ending?.when === undefined ? 'at its end' : `when ${ending.when}`
  return `'${name}' does not return a value ${when}. Return one there, or null where there is none.`
}
