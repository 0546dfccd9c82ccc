import type { AnalysedModel } from '../ir/analysis.ts'
import { nameIn } from './tables.ts'

/** Where a name of a model is made in the end: followed back through the tables of the models before it. */
export interface Origin {
  readonly analysed: AnalysedModel
  /** The feature or column there. */
  readonly name: string
  /** Equal when two names mean the same values; columns of a file are the same for every model that reads it. */
  readonly key: string
}

export function originOf(models: readonly AnalysedModel[], analysed: AnalysedModel, name: string): Origin {
  const here = (kind: string) => ({ analysed, name, key: `${kind}\0${analysed.model.name}\0${name}` })
  const column = analysed.columns?.get(name)
  if (!column) {
    if (analysed.features.has(name)) return here('feature')
    const { input } = analysed.model
    // Nothing is known of the columns: what is no feature can only come from the model before.
    const before = !analysed.columns && input.kind === 'model' ? earlier(models, analysed, input.model) : undefined
    return before && input.kind === 'model'
      ? originOf(models, before, nameIn(before, input.table, name))
      : here('unknown')
  }
  const { origin } = column
  if (origin.kind === 'file') return { analysed, name, key: `file\0${origin.path}\0${origin.header}` }
  const maker = origin.kind === 'model' ? earlier(models, analysed, origin.model) : undefined
  return maker && origin.kind === 'model'
    ? originOf(models, maker, nameIn(maker, origin.table, origin.column))
    : here(origin.kind)
}

const earlier = (models: readonly AnalysedModel[], analysed: AnalysedModel, name: string) =>
  models.slice(0, models.indexOf(analysed)).find(({ model }) => model.name === name)
