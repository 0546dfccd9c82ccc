import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import type { Slip } from '../../ir/sites.ts'
import type { RuleContext } from '../rule.ts'
import { isDeclaredOtherwise, isWholeInput, reasonOfType, seenTexts, typeOfName } from '../valueTypes.ts'
import { yesAndNoOf } from '../yesAndNo.ts'

// Slips that only the type of an input makes one.

const no = /^(no|n|false|f|off|0|nein|non)$/i

export type TruthSlip = Slip & { readonly clause: string; readonly advice?: string }

/**
 * Texts that say no are true as any other. Without one among the values a condition asks whether there is a text at all, which is
 * how a missing one is found.
 */
export function truthOf(
  { models, snapshot }: RuleContext,
  analysed: AnalysedModel,
  feature: Feature,
  slip: Slip,
): TruthSlip | undefined {
  const reads = feature.sites.reads.get(slip.text)
  const input = feature.inputs.find(({ local }) => local === slip.text)
  const isRead = reads?.some(({ span }) => span.start >= slip.span.start && span.end <= slip.span.end)
  if (!input || !isRead || typeOfName(analysed, input.name) !== 'string') return undefined
  // Its type is told where it is declared.
  if (isDeclaredOtherwise(analysed, input) && snapshot.project.rules.MD019 !== 'off') return undefined
  // A condition of a column asks whether there is a column; a filter asks each of its values.
  if (isWholeInput(analysed, feature, input.name) === (slip.by !== undefined)) return undefined
  const texts = seenTexts(analysed, input.name, snapshot)
  const words = yesAndNoOf(texts)
  const refusal = texts.find((text) => no.test(text) || text === words?.no)
  if (refusal === undefined) return undefined
  const reason = reasonOfType(models, analysed, input.name, snapshot, 'boolean')
  const clause = (reason?.clause ?? 'is text').replace(/\(e\.g\. .*\)/, `(e.g. ${JSON.stringify(refusal)})`)
  const [only, other] = texts.filter((text) => text !== refusal && !no.test(text))
  const yes = other === undefined ? only : words?.yes
  const found = { ...slip, clause, ...(reason?.advice !== undefined && { advice: reason.advice }) }
  if (yes === undefined || slip.by === undefined) return found
  return { ...found, instead: `${slip.text} ${slip.by} '${yes.replace(/['\\]/g, '\\$&')}'` }
}

/** `Math.max(revenue)` where `revenue` is all rows of a group. */
export function columnAlone(analysed: AnalysedModel, feature: Feature, slip: Slip): Slip {
  const input = feature.inputs.find(({ local }) => local === slip.text)
  const isColumn = input && isWholeInput(analysed, feature, input.name)
  return isColumn ? { ...slip, instead: `${slip.text}.${slip.by}()` } : slip
}
