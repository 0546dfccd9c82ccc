import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Body, Feature, FeatureFile, Obstacle } from '../../ir/feature.ts'
import type { Sites } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { absolute } from '../edits.ts'
import { atFeature, type Finding, type Rule } from '../rule.ts'
import { isWrongUse } from './md006-aggregate-of-scalar.ts'
import { isUnreadable } from './unreadable.ts'

/** MD025: a body that runs, but cannot be read as a formula. */
export const notTranslatable: Rule = {
  code: 'MD025',
  name: 'not-translatable',
  severity: 'hint',
  doc: `ModelDriver reads bodies as formulas: that is how it knows what a feature's values are, and computes aggregates in one pass over
the rows; and only a formula can become SQL. Some of JavaScript has no place in a formula: loops, variables that change, regular
expressions, functions of other files. Such a body is right and gives its values, but only by being called.

\`\`\`ts
export function total(revenue) {
  let sum = 0 // revenue.sum() says the same as a formula
  for (const amount of revenue) sum += amount
  return sum
}
\`\`\`

**What to do:** nothing, where it is fast enough; the hint is shown in the editor, and \`check\` leaves it out of its text. Else write
what the message names, or take the part that is no formula into a feature of its own, so that the others stay formulas.`,
  checkFeature({ snapshot }, analysed, feature) {
    const { body, path, span } = feature
    if (body.kind !== 'opaque' || !body.obstacle || analysed.graph.inCycle.has(feature.name)) return []
    const file = snapshot.files.get(path)
    if (!file || isUnreadable(file, span) || isSaidElsewhere(analysed, feature, body.obstacle, file)) return []
    return [finding(analysed, feature, body, body.obstacle, file)]
  },
}

function finding(
  analysed: AnalysedModel,
  feature: Feature,
  { reason }: Extract<Body, { readonly kind: 'opaque' }>,
  { span, within, instead }: Obstacle,
  file: FeatureFile,
): Finding {
  const { name } = feature
  const isInside = within !== undefined && !reason.includes(`'${within}'`)
  const how = analysed.levels.get(name)?.level === 'group' ? 'group by group' : 'row by row'
  const message = `'${name}' is no formula, because of ${reason}${isInside ? ` in '${within}'` : ''}. It runs as JavaScript, ${how}: slower, and it cannot become SQL.${instead === undefined ? '' : ` ${instead}`}`
  const helper = isInside ? helperNamed(file, within) : undefined
  return {
    ...atFeature(analysed, feature, span ? absolute(span, feature.span.start) : feature.nameSpan, message),
    ...(helper && { related: [{ path: file.path, span: helper.span, message: `'${within}' is written here` }] }),
  }
}

/** MD037, MD024, MD008 or MD006 stand at the same place, and what they ask for changes it. */
function isSaidElsewhere(
  analysed: AnalysedModel,
  feature: Feature,
  { span, within }: Obstacle,
  file: FeatureFile,
): boolean {
  if (!span) return false
  const { sites } = feature
  const helper = within === undefined ? undefined : helperNamed(file, within)
  return (
    isSlip(sites, span) ||
    isFaulty(sites, (place) => overlap(place, span)) ||
    (helper !== undefined && isFaulty(helper.sites, () => true)) ||
    sites.own.some((site) => site.isOperand && overlap(site.span, span) && analysed.features.has(site.name)) ||
    sites.columnUses.some((use) => overlap(use.span, span) && isWrongUse(analysed, feature, use))
  )
}

/** Only types make a slip of some, which is not asked here. */
const isSlip = ({ slips }: Sites, place: Span): boolean =>
  slips?.some(({ kind, span }) => kind !== 'truth' && kind !== 'place' && overlap(span, place)) ?? false

const isFaulty = ({ free, effects }: Pick<Sites, 'free' | 'effects'>, isThere: (place: Span) => boolean): boolean =>
  free.some(({ known, span }) => known !== 'language' && isThere(span)) || effects.some(({ span }) => isThere(span))

const helperNamed = ({ helpers }: FeatureFile, name: string) => helpers.find((helper) => helper.name === name)

const overlap = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end
