import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import type { LevelDecision, LevelRule } from '../ir/level.ts'

/**
 * A feature that people of the original system should mark. There, a function was per group when one of `originalWords` stood
 * anywhere in its text, comments included; here its level is what its result is.
 */
export interface Unmarked {
  readonly model: string
  readonly feature: Feature
  readonly now: LevelDecision
  readonly originally: 'row' | 'group'
  /** The word that made it per group. */
  readonly word?: string
  /** The marker that gives it the original level again, and the one that says that the level of now is meant. */
  readonly keep: Marker
  readonly accept: Marker
}

export type Marker = '#agg' | '#row'

const originalWords = [
  '.sum(',
  '.max(',
  '.min(',
  '.unique(',
  '.nunique(',
  '.mean(',
  '.median(',
  '.percentile(',
  'np.where(',
  'zip(',
  'Counter(',
  '#agg',
  '#gby',
  'flag1',
  'rows_out',
  'agg_out',
]

/** The author has said what is meant, in the manifest, by a marker, or by a type. */
const said: ReadonlySet<LevelRule> = new Set(['manifest', 'directive', 'type'])

/** The features whose level differs from the original one, and those whose level is a guess from their name. */
export function unmarkedFeatures(
  { models }: Analysis,
  textOf: (path: string) => string | undefined,
): readonly Unmarked[] {
  return models.flatMap((analysed) =>
    [...analysed.features.values()].flatMap((feature) => unmarked(analysed, feature, textOf) ?? []),
  )
}

function unmarked(
  { model, levels }: AnalysedModel,
  feature: Feature,
  textOf: (path: string) => string | undefined,
): Unmarked | undefined {
  const now = levels.get(feature.name)
  if (!now || said.has(now.rule) || feature.frame) return undefined
  const text = textOf(feature.path)?.slice(feature.span.start, feature.span.end) ?? ''
  const word = originalWords.find((each) => text.includes(each))
  const originally = word === undefined ? 'row' : 'group'
  const level = now.level === 'group' ? 'group' : 'row'
  if (level === originally && now.rule !== 'name') return undefined
  return {
    model: model.name,
    feature,
    now,
    originally,
    ...(word !== undefined && { word }),
    keep: markerOf(originally),
    accept: markerOf(level),
  }
}

const markerOf = (level: 'row' | 'group'): Marker => (level === 'group' ? '#agg' : '#row')
