import type { AnalysedModel, Analysis, Feature, Input, Span } from '@modeldriver/engine'
import { featuresIn } from './sources.ts'

/** What stands at a position of a feature file, as far as columns and features go. */
export type At =
  | { readonly kind: 'name'; readonly model: AnalysedModel; readonly feature: Feature; readonly span: Span }
  | {
      readonly kind: 'input'
      readonly model: AnalysedModel
      readonly feature: Feature
      readonly input: Input
      readonly span: Span
    }

/** The feature name or parameter that `offset` touches; elsewhere nothing, so that TypeScript's answers stand alone. */
export function at(analysis: Analysis, path: string, offset: number): At | undefined {
  for (const { model, feature } of featuresIn(analysis, path)) {
    if (!touches(feature.span, offset)) continue
    if (touches(feature.nameSpan, offset)) return { kind: 'name', model, feature, span: feature.nameSpan }
    const input = feature.inputs.find(({ span }) => touches(span, offset))
    if (input) return { kind: 'input', model, feature, input, span: input.span }
  }
  return undefined
}

const touches = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end
