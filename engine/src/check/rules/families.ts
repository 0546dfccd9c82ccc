import type { AnalysedModel } from '../../ir/analysis.ts'
import { downstreamOf } from '../../plan/graph.ts'

// Names that differ in one word: twitter_clicks and youtube_clicks, twitter_views and youtube_views.

/** A word of a name, with what stands before and after it. */
export interface Slot {
  readonly word: string
  readonly before: string
  readonly after: string
}

/** The words of a name of several words; `_` is between them. */
export function slotsOf(name: string): readonly Slot[] {
  const slots: Slot[] = []
  for (let start = 0; start <= name.length; ) {
    const found = name.indexOf('_', start)
    const end = found < 0 ? name.length : found
    if (end > start) slots.push({ word: name.slice(start, end), before: name.slice(0, start), after: name.slice(end) })
    start = end + 1
  }
  return slots.length > 1 ? slots : []
}

export const withWord = ({ before, after }: Slot, word: string): string => before + word + after

export const isName = ({ columns, features }: AnalysedModel, name: string): boolean =>
  features.has(name) || (columns?.has(name) ?? false)

/** The pairs of columns and features that differ in nothing but `one` and `other`. */
export function pairsOf(analysed: AnalysedModel, one: string, other: string): readonly (readonly [string, string])[] {
  const { columns, features } = analysed
  const names = new Set([...(columns?.keys() ?? []), ...features.keys()])
  return [...names].flatMap((name) =>
    name.includes(one)
      ? slotsOf(name).flatMap((slot) => {
          const twin = withWord(slot, other)
          return slot.word === one && names.has(twin) ? [[name, twin] as const] : []
        })
      : [],
  )
}

/**
 * What the first names of the pairs say is made from what the second ones say, also crosswise: home_conceded from away_goals. Not
 * asked of `feature`, which is the one in question.
 */
export function isMadeCrosswise(
  { features }: AnalysedModel,
  feature: string,
  pairs: readonly (readonly [string, string])[],
): boolean {
  const others = new Set(pairs.map(([, other]) => other))
  const isMade = (name: string) =>
    name !== feature && features.get(name)?.inputs.some((input) => others.has(input.name))
  return pairs.every(([one]) => features.has(one)) && pairs.some(([one]) => isMade(one))
}

/** One of the names is made from the other, as net_revenue is from gross_revenue: reading it is no mistake. */
export const isTransformation = (
  { graph, features }: AnalysedModel,
  pairs: readonly (readonly [string, string])[],
): boolean =>
  pairs.some(
    ([one, other]) =>
      (features.has(one) && downstreamOf(graph, other).has(one)) ||
      (features.has(other) && downstreamOf(graph, one).has(other)),
  )
