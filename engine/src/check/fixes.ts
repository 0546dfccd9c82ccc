import type { Analysis } from '../ir/analysis.ts'
import type { Fix } from '../ir/edit.ts'
import type { Problem } from '../ir/problem.ts'
import type { FixContext } from './rule.ts'
import { rules } from './rules.ts'

/** The texts that were analysed, and what lies beside them. */
export type FixFiles = Pick<FixContext, 'text' | 'list'>

/** The repairs of a problem of this analysis, the likeliest first. */
export function fixesOf({ snapshot, models }: Analysis, problem: Problem, files: FixFiles): readonly Fix[] {
  const rule = rules.find(({ code }) => code === problem.code)
  const context: FixContext = { snapshot, models, catalogue: rules, ...files }
  return [...(rule?.fixes?.(context, problem) ?? [])].filter(({ edits }) => edits.length > 0)
}
