import type { AnalysedModel } from '../ir/analysis.ts'
import { originOf } from './origins.ts'

/**
 * The features that some selected output needs, in its own model or in a later one, as keys of `originOf`. A model without
 * `outputs` selects all of its features.
 */
export function neededFeatures(models: readonly AnalysedModel[]): ReadonlySet<string> {
  const needed = new Set<string>()
  const work: { readonly analysed: AnalysedModel; readonly name: string }[] = models.flatMap((analysed) =>
    wanted(models, analysed).map((name) => ({ analysed, name })),
  )
  for (const { analysed, name } of work) {
    const origin = originOf(models, analysed, name)
    const feature = origin.analysed.features.get(origin.name)
    if (!feature || needed.has(origin.key)) continue
    needed.add(origin.key)
    work.push(...feature.inputs.map((input) => ({ analysed: origin.analysed, name: input.name })))
  }
  return needed
}

/** What a model is asked for by the manifest itself. */
function wanted(
  models: readonly AnalysedModel[],
  { model, joins, features, frames, columns }: AnalysedModel,
): readonly string[] {
  const { groupBy = [], groupOrder = [], outputs, target } = model
  const isOpen = [...frames.values()].some(({ declared }) => !declared)
  return [
    ...[...groupBy, ...groupOrder, ...joins.flatMap(({ keys }) => keys), ...(target ? [target] : [])].map(
      ({ name }) => name,
    ),
    ...(outputs && !isOpen ? outputs.map(({ name }) => name) : features.keys()),
    // A table function may read every column there is.
    ...(isOpen ? (columns?.keys() ?? allOfInput(models, model.input)) : []),
  ]
}

const allOfInput = (models: readonly AnalysedModel[], input: AnalysedModel['model']['input']): Iterable<string> =>
  input.kind === 'model' ? (models.find(({ model }) => model.name === input.model)?.features.keys() ?? []) : []
