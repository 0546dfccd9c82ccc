import { isIgnored } from '../check/ignored.ts'
import { severityOf } from '../check/problems.ts'
import { aggregateOfScalar } from '../check/rules/md006-aggregate-of-scalar.ts'
import { typeMismatch } from '../check/rules/md019-type-mismatch.ts'
import { notTranslatable } from '../check/rules/md025-not-translatable.ts'
import { wrongResult } from '../check/rules/md027-wrong-result.ts'
import { isOfTexts } from '../check/rules/md037-suspicious-code.ts'
import { reasonOfType, withAdvice } from '../check/valueTypes.ts'
import type { Analysis } from '../ir/analysis.ts'
import type { Problem } from '../ir/problem.ts'
import type { Location } from '../ir/span.ts'
import type { TypeFinding } from './checker.ts'

/** What the type checker found as problems of the analysis it was made from; without what a rule says at the same place. */
export function typeProblems(
  { models, snapshot, problems }: Analysis,
  findings: readonly TypeFinding[],
): readonly Problem[] {
  return findings.flatMap(({ model, path, feature, span, message, code, input, suggestions, wanted }) => {
    const rule = code === wrongResult.code ? wrongResult : typeMismatch
    const severity = severityOf(rule, snapshot)
    if (severity === 'off') return []
    const isSaid = problems.some(
      (each) => (!isWeaker(each) && isSamePlace(each, { path, span })) || isItsCause(each, { path, span }),
    )
    const analysed = models.find((each) => each.model.name === model)
    if (isSaid || !analysed) return []
    const { related = [], advice } =
      (input !== undefined && reasonOfType(models, analysed, input, snapshot, wanted)) || {}
    const data = {
      ...(input !== undefined && { name: input }),
      ...(wanted && { wanted }),
      ...(suggestions && { suggestions }),
    }
    const problem = {
      code: rule.code,
      severity,
      message: withAdvice(message, advice),
      path,
      span,
      model,
      feature,
      related,
      data,
    }
    return isIgnored(snapshot, problem) ? [] : [problem]
  })
}

/** Problems of rules and of types together: where a value cannot do what is asked of it, nobody asks for a formula, or for another order. */
export function withTypeProblems(problems: readonly Problem[], types: readonly Problem[]): readonly Problem[] {
  if (types.length === 0) return problems
  const isLeft = (problem: Problem) => !isWeaker(problem) || !types.some((each) => isSamePlace(each, problem))
  return [...problems.filter(isLeft), ...types]
}

const isWeaker = (problem: Problem): boolean => problem.code === notTranslatable.code || isOfTexts(problem)

/** A whole column in the calculation whose aggregate MD006 tells of. */
const isItsCause = ({ code, related }: Problem, place: Location): boolean =>
  code === aggregateOfScalar.code && related.some((each) => isSamePlace(each, place))

const isSamePlace = (one: Location, other: Location): boolean =>
  one.path === other.path && one.span.start < other.span.end && other.span.start < one.span.end
