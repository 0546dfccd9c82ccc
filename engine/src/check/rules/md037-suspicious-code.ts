import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature } from '../../ir/feature.ts'
import type { Problem } from '../../ir/problem.ts'
import type { Slip } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { absolute, replace, subjectOf } from '../edits.ts'
import { readOtherwise } from '../readOtherwise.ts'
import { atFeature, type FixContext, type Rule, type RuleContext } from '../rule.ts'
import { slipMessage } from './slipMessages.ts'
import { innermostTexts, type TextSlip, textsOrdered } from './slipsOfTexts.ts'
import { columnAlone, type TruthSlip, truthOf } from './slipTypes.ts'
import { isUnreadable } from './unreadable.ts'

/** MD037: code that runs, but does something else than it looks like. */
export const suspiciousCode: Rule = {
  code: 'MD037',
  name: 'suspicious-code',
  severity: 'warning',
  doc: `A body runs, but does something else than it looks like, so that its numbers are wrong without any error.

\`\`\`ts
export function band(revenue, status) {
  if (status = 1) return 'open' // sets status to 1; a comparison is ===
  if (0 < revenue < 10) return 'low' // compares true or false with 10; write 0 < revenue && revenue < 10
  if (status === 2 || 3) return 'done' // is always true; write status === 2 || status === 3
  return revenue ^ 2 // combines bits; a power is **
}
\`\`\`

Text that looks like numbers or dates, but for words such as \`-\` and \`NA\`, is ordered and joined as text: of \`10\` and \`9\` the \`max()\` is \`9\`, and
\`price + km\` is \`10010\`. What the message says to write into \`modeldriver.json\` makes numbers or dates of it; \`"columns": { "km": "string" }\` says that text is meant.

Found are: \`=\` where something is compared, a block in \`filter\` or \`map\` that returns nothing, a value on the line after its \`return\`, a
calculation that nobody takes, \`if (…);\`, \`^\` with a number, \`Math.max\` of one value, \`a < b < c\`, \`a == 1 || 2\`, \`a in [1, 2]\`, \`a == NaN\`,
texts such as "no" as a condition, \`test\` of a regular expression with \`g\` that is kept at the top of the file, and \`max\`, \`min\`, \`rank\`, \`sort\`, \`<\`, \`+\` and \`new Date\` of text that looks like
numbers or dates.

**What to do:** write what the message says. Where the code is meant as it is, say so: \`// md-ignore MD037: …\`.`,
  *checkFeature(context, analysed, feature) {
    const { sites, path, span } = feature
    if (!sites.slips) return
    const file = context.snapshot.files.get(path)
    if (file && isUnreadable(file, span)) return
    for (const slip of sites.slips) {
      const known = withTypes(context, analysed, feature, slip)
      if (!known) continue
      const finding = atFeature(analysed, feature, absolute(slip.span, span.start), slipMessage(known))
      yield 'wanted' in known ? { ...finding, data: { name: known.name, wanted: known.wanted } } : finding
    }
  },
  *fixes(context, problem) {
    if (isOfTexts(problem)) yield* readOtherwise(context, problem)
    const { analysed, feature } = subjectOf(context, problem) ?? {}
    const start = problem.span.start - (feature?.span.start ?? 0)
    const end = problem.span.end - (feature?.span.start ?? 0)
    const slip = feature?.sites.slips?.find(({ span }) => span.start === start && span.end === end)
    if (!analysed || !feature || !slip) return
    if (slip.kind === 'place') yield* withoutFlag(context, feature, slip)
    const known = withTypes(context, analysed, feature, slip)
    if (known?.instead === undefined) return
    const place = slip.kind === 'return' ? withGap(context.text(problem.path), problem.span) : problem.span
    yield { title: titleOf(known), edits: [replace(problem.path, place, known.instead)], isPreferred: true }
  },
}

/** The slip with what types say of it; undefined when it is none then, or another rule tells it. */
function withTypes(
  context: RuleContext,
  analysed: AnalysedModel,
  feature: Feature,
  slip: Slip,
): Slip | TruthSlip | TextSlip | undefined {
  const { sites } = feature
  if (slip.kind === 'text')
    return innermostTexts(sites.slips).includes(slip) ? textsOrdered(context, analysed, feature, slip) : undefined
  if (slip.kind === 'truth') return truthOf(context, analysed, feature, slip)
  if (slip.kind === 'alone') return columnAlone(analysed, feature, slip)
  // MD008 says that something outside is written.
  if (slip.kind === 'set' && sites.effects.some(({ span }) => span.start === slip.span.start)) return undefined
  if (slip.kind === 'place' && !sites.own.some(({ span }) => span.start === slip.span.start)) return undefined
  return slip
}

/** It speaks of a column that looks like another type than it has. */
export const isOfTexts = ({ code, data }: Pick<Problem, 'code' | 'data'>): boolean =>
  code === 'MD037' && data?.wanted !== undefined

function titleOf({ kind, instead = '' }: Slip): string {
  if (kind === 'if') return "Take out the ';'"
  if (kind === 'return') return "Put the value behind 'return'"
  const text = instead.replace(/\s+/g, ' ')
  return text.length > 60 ? 'Write what is meant' : `Write ${text}`
}

const withGap = (text = '', { start, end }: Span): Span => ({
  start,
  end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0),
})

/** The expression stands at the top of the file, without the flag that remembers a place. */
function* withoutFlag({ snapshot, text }: FixContext, { path }: Feature, slip: Slip): Iterable<Fix> {
  const helper = snapshot.files.get(path)?.helpers.find(({ name }) => name === slip.text)
  const regex = slip.by ?? ''
  const at = helper ? (text(path) ?? '').slice(helper.span.start, helper.span.end).indexOf(regex) : -1
  if (!helper || at < 0) return
  const bare = regex.replace(/[a-z]*$/, (flags) => flags.replace(/[gy]/g, ''))
  const start = helper.span.start + at
  yield {
    title: `Write ${bare}`,
    edits: [replace(path, { start, end: start + regex.length }, bare)],
    isPreferred: true,
  }
}
