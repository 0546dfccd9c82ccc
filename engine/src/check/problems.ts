import type { AnalysedModel, RuleFailure, Snapshot } from '../ir/analysis.ts'
import type { Problem, Severity } from '../ir/problem.ts'
import { applyIgnores } from './ignored.ts'
import type { Rule, RuleContext } from './rule.ts'

export interface FoundProblems {
  readonly problems: readonly Problem[]
  readonly failures: readonly RuleFailure[]
}

/** Asks every rule. What a rule found before it failed counts, and the others are asked all the same. */
export function findProblems(
  snapshot: Snapshot,
  models: readonly AnalysedModel[],
  rules: readonly Rule[],
): FoundProblems {
  const context: RuleContext = { snapshot, models, catalogue: rules }
  const found: Problem[] = [...snapshot.manifestProblems]
  const failures: RuleFailure[] = []
  for (const rule of rules) {
    const severity = severityOf(rule, snapshot)
    if (severity === 'off') continue
    try {
      for (const finding of rule.check(context)) found.push({ related: [], ...finding, code: rule.code, severity })
    } catch (error) {
      failures.push(failureOf(rule, error))
    }
  }
  const failed = new Set(failures.map(({ code }) => code))
  return { problems: applyIgnores(found, snapshot, rules, failed), failures }
}

/** What the manifest says of a code, or the rule itself. */
export const severityOf = ({ code, severity, isFixed }: Rule, { project }: Snapshot): Severity | 'off' =>
  isFixed === undefined ? (project.rules[code] ?? severity) : severity

function failureOf({ code }: Rule, error: unknown): RuleFailure {
  if (!(error instanceof Error)) return { code, message: String(error) }
  return { code, message: error.message, ...(error.stack !== undefined && { stack: error.stack }) }
}
