import type { AnalysedFrame } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import type { Model } from '../ir/model.ts'

export interface Functions {
  readonly features: ReadonlyMap<string, Feature>
  readonly frames: ReadonlyMap<string, AnalysedFrame>
}

/**
 * Tells table functions from features in a model in `legacy_mode`: those that the manifest declares, and those whose one
 * parameter is the name of no column and no feature.
 */
export function splitFrames(
  model: Model,
  features: ReadonlyMap<string, Feature>,
  isColumn: (name: string) => boolean,
): Functions {
  const frames = new Map<string, AnalysedFrame>()
  if (!model.legacyMode) return { features, frames }
  const own = new Map(features)
  for (const [name, feature] of features) {
    const declared = model.frames?.find((frame) => frame.name === name)
    const [input, ...others] = feature.inputs
    const takesTable =
      feature.form === 'positional' &&
      input !== undefined &&
      others.length === 0 &&
      !isColumn(input.name) &&
      !features.has(input.name)
    if (!declared && !takesTable) continue
    frames.set(name, { feature, ...(declared && { declared }) })
    own.delete(name)
  }
  return { features: own, frames }
}
