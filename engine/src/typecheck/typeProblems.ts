import { isIgnored } from '../check/ignored.ts'
import { typeMismatch } from '../check/rules/md019-type-mismatch.ts'
import { reasonOfType } from '../check/valueTypes.ts'
import type { Analysis } from '../ir/analysis.ts'
import type { Problem } from '../ir/problem.ts'
import type { TypeFinding } from './checker.ts'

/** What the type checker found as problems of the analysis it was made from; without what a rule says at the same place. */
export function typeProblems(
  { models, snapshot, problems }: Analysis,
  findings: readonly TypeFinding[],
): readonly Problem[] {
  const severity = snapshot.project.rules[typeMismatch.code] ?? typeMismatch.severity
  if (severity === 'off') return []
  return findings.flatMap(({ model, path, feature, span, message, input, suggestions }) => {
    const isSaid = problems.some(
      (each) => each.path === path && each.span.start < span.end && span.start < each.span.end,
    )
    const analysed = models.find((each) => each.model.name === model)
    if (isSaid || !analysed) return []
    const related = (input !== undefined && reasonOfType(models, analysed, input, snapshot)?.related) || []
    const data = { ...(input !== undefined && { name: input }), ...(suggestions && { suggestions }) }
    const problem = { code: typeMismatch.code, severity, message, path, span, model, feature, related, data }
    return isIgnored(snapshot, problem) ? [] : [problem]
  })
}
