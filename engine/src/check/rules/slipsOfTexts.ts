import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import type { Slip } from '../../ir/sites.ts'
import { orMakeManifest, type RuleContext } from '../rule.ts'
import {
  isDeclaredOtherwise,
  kindOfType,
  likenessIn,
  readsMonthFirst,
  reasonOfType,
  typeOfName,
} from '../valueTypes.ts'

/** A column of texts that look like others, and what is to be said of it. */
export type TextSlip = Slip & { readonly name: string; readonly wanted: 'number' | 'Date'; readonly does: string }

/** Texts that are numbers or dates to their author are ordered by their letters, joined, or taken for American dates. */
export function textsOrdered(
  { models, snapshot }: RuleContext,
  analysed: AnalysedModel,
  feature: Feature,
  slip: Slip,
): TextSlip | undefined {
  const { by = '' } = slip
  const inputs = (slip.inputs ?? []).map((local) => feature.inputs.find((input) => input.local === local))
  const likenesses = inputs.map((input) => input && likenessIn(analysed, input.name, snapshot))
  const at = likenesses.findIndex((likeness) => likeness !== undefined)
  const [input, wanted] = [inputs[at], likenesses[at]]
  if (!input || !wanted || isDeclaredOtherwise(analysed, input)) return undefined
  const against = inputs[1 - at]
  const type = against && typeOfName(analysed, against.name)
  const kind = type && kindOfType(type)
  // True texts are joined on purpose; what is compared with numbers or dates is an error, which is told as that.
  if (by === '+' && kind === 'string' && likenesses[1 - at] === undefined) return undefined
  if (/^[<>]/.test(by) && (kind === 'number' || kind === 'Date')) return undefined
  if (by === 'Date' && (wanted !== 'Date' || readsMonthFirst(analysed, input.name, snapshot))) return undefined
  const reason = reasonOfType(models, analysed, input.name, snapshot, wanted)
  if (!reason) return undefined
  const how = orMakeManifest(snapshot.project.kind)
  const advice = reason.advice === undefined ? '' : ` ${reason.advice.slice(0, reason.advice.length - how.length)}`
  const header = analysed.aliases.get(input.name) ?? input.name
  const isJoined = analysed.columns?.get(input.name)?.joined !== undefined
  const meant = isJoined
    ? ' If it is meant as text, say so above it: // md-ignore MD037: because …'
    : ` If it is meant as text, "columns": { ${JSON.stringify(header)}: "string" } says so.`
  return {
    ...slip,
    name: input.name,
    wanted,
    does: `${doingOfTexts(by, wanted)}: '${input.name}' ${reason.clause}.${advice}${meant}${how}`,
  }
}

/** `price.sum() + km.max()` is told once, at `km.max()`. */
export function innermostTexts(slips: readonly Slip[] = []): readonly Slip[] {
  const texts = slips.filter(({ kind }) => kind === 'text')
  const isWithin = (inner: Slip, { span, inputs }: Slip): boolean =>
    inner.span.start >= span.start &&
    inner.span.end <= span.end &&
    inner.span.end - inner.span.start < span.end - span.start &&
    inner.inputs?.some((name) => inputs?.includes(name)) === true
  return texts.filter((slip) => !texts.some((each) => isWithin(each, slip)))
}

/** What is done to texts that look like others, as a phrase. */
export function doingOfTexts(by: string, wanted: TextSlip['wanted']): string {
  if (by === '+') return 'joins texts and adds nothing'
  if (by === 'Date') return 'takes the first number for the month'
  return `${/^[<>]/.test(by) ? 'compares' : 'orders'} texts letter by letter, not as ${wanted === 'number' ? 'numbers' : 'dates'}`
}
