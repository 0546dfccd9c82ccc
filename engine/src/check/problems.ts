import type { AnalysedModel, RuleFailure, Snapshot } from '../ir/analysis.ts'
import type { Problem, ProblemCode, Severity } from '../ir/problem.ts'
import { type Earlier, featureFindings } from './featureProblems.ts'
import { applyIgnores } from './ignored.ts'
import type { Finding, Rule, RuleContext } from './rule.ts'

export interface FoundProblems {
  readonly problems: readonly Problem[]
  readonly failures: readonly RuleFailure[]
}

/** Asks every rule. What a rule found before it failed counts, and the others are asked all the same. */
export function findProblems(
  snapshot: Snapshot,
  models: readonly AnalysedModel[],
  rules: readonly Rule[],
  earlier: ReadonlyMap<AnalysedModel, Earlier> = new Map(),
): FoundProblems {
  const context: RuleContext = { snapshot, models, catalogue: rules }
  const found: Problem[] = [...snapshot.manifestProblems]
  const failures = new Map<ProblemCode, RuleFailure>()
  const failed = (rule: Rule, error: unknown) => {
    if (!failures.has(rule.code)) failures.set(rule.code, failureOf(rule, error))
  }
  const asked = rules.filter((rule) => severityOf(rule, snapshot) !== 'off')
  const ofFeatures = asked.filter(({ checkFeature }) => checkFeature)
  const inFeatures = models.map((analysed) =>
    featureFindings(context, analysed, ofFeatures, earlier.get(analysed), failed),
  )
  for (const rule of asked) {
    const severity = severityOf(rule, snapshot) as Severity
    const say = (finding: Finding) => void found.push({ related: [], ...finding, code: rule.code, severity })
    for (const findings of inFeatures) findings.get(rule)?.forEach(say)
    try {
      for (const finding of rule.check?.(context) ?? []) say(finding)
    } catch (error) {
      failed(rule, error)
    }
  }
  return {
    problems: applyIgnores(found, snapshot, rules, new Set(failures.keys())),
    failures: [...failures.values()],
  }
}

/** What the manifest says of a code, or the rule itself. */
export const severityOf = ({ code, severity, isFixed }: Rule, { project }: Snapshot): Severity | 'off' =>
  isFixed === undefined ? (project.rules[code] ?? severity) : severity

function failureOf({ code }: Rule, error: unknown): RuleFailure {
  if (!(error instanceof Error)) return { code, message: String(error) }
  return { code, message: error.message, ...(error.stack !== undefined && { stack: error.stack }) }
}
