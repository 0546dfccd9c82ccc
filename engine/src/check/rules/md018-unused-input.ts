import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature, FeatureFile, Input } from '../../ir/feature.ts'
import { closest } from '../../model/suggest.ts'
import { removeInput, subjectOf } from '../edits.ts'
import { atFeature, type Rule } from '../rule.ts'
import { isReadable } from './known.ts'
import { isUnreadable } from './unreadable.ts'

/** MD018: an input that the body never reads. Not asked of a body that is still to be written. */
export const unusedInput: Rule = {
  code: 'MD018',
  name: 'unused-input',
  severity: 'hint',
  doc: `A feature takes an input that its body never reads. It still counts: it must be there, it is computed first, and where it is missing
the feature is missing too.

\`\`\`ts
export function profit(revenue, cost, qty) { // qty is never read
  return revenue - cost
}
\`\`\`

**What to do:** remove the input, or use it. A body that only says \`return null\` is one that is still to be written; nothing is
reported there.`,
  checkFeature({ snapshot }, analysed, feature) {
    const { reads } = feature.sites
    const unused = feature.inputs.filter(({ local }) => !reads.has(local))
    if (unused.length === 0 || isToBeWritten(feature, snapshot.files.get(feature.path))) return []
    return unused
      .filter(
        (input) =>
          !isUnknown(analysed, feature, input) &&
          !isInCycle(analysed, feature, input) &&
          !isMisspelt(analysed, feature, input),
      )
      .map((input) => ({
        ...atFeature(analysed, feature, input.span, messageOf(analysed, feature, input)),
        data: { name: input.name },
      }))
  },
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    const input = subject?.feature.inputs.find(({ span }) => span.start === problem.span.start)
    if (!subject || !input) return
    const text = context.text(problem.path) ?? ''
    yield {
      title: `Remove input '${input.name}'`,
      edits: [removeInput(subject.feature, input, text)],
      isPreferred: true,
    }
  },
}

/** Nothing but a missing value, or text that is no code yet. `arguments` reads every input. */
function isToBeWritten({ body, span, sites }: Feature, file: FeatureFile | undefined): boolean {
  if (body.kind === 'expression' && body.expression.kind === 'literal' && body.expression.value === null) return true
  return sites.free.some(({ name }) => name === 'arguments') || (file !== undefined && isUnreadable(file, span))
}

/** What MD001, MD009 or MD023 says of it comes first. */
const isUnknown = ({ unresolved }: AnalysedModel, { name }: Feature, input: Input): boolean =>
  unresolved.get(name)?.includes(input) ?? false

/** `f(cost) { return csot }`: MD024 says it. */
const isMisspelt = (analysed: AnalysedModel, { sites }: Feature, { local }: Input): boolean =>
  sites.free.some(({ name, known }) => !known && !isReadable(analysed, name) && closest(name, [local]).length > 0)

/** MD002 stands there, and removing the input is its repair. */
const isInCycle = ({ graph: { inCycle } }: AnalysedModel, { name }: Feature, input: Input): boolean =>
  inCycle.has(name) && inCycle.has(input.name)

function messageOf({ features, columns }: AnalysedModel, { name }: Feature, input: Input): string {
  const isMade = features.has(input.name) && !columns?.has(input.name)
  const cost = isMade
    ? `; it still forces '${input.name}' to be calculated`
    : input.acceptsMissing
      ? ''
      : `; where it is missing, '${name}' is missing too`
  return `'${input.name}' is an input of '${name}' but not used${cost}. Remove it.`
}
