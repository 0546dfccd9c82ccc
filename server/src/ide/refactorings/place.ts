import type { AnalysedModel, Feature } from '@modeldriver/engine'
import { featuresIn } from '../sources.ts'
import type { RefactoringPlace } from './refactoring.ts'

/** The feature whose head (all of it before the body) the range touches, with its model. A table function is none. */
export function featureAt({
  analysis,
  path,
  range,
}: RefactoringPlace): { readonly model: AnalysedModel; readonly feature: Feature } | undefined {
  return featuresIn(analysis, path).find(
    ({ feature: { span, bodySpan, frame } }) => !frame && span.start <= range.start && range.end <= bodySpan.start,
  )
}
