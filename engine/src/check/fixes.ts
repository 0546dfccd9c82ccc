import type { Analysis } from '../ir/analysis.ts'
import type { Fix } from '../ir/edit.ts'
import type { Problem } from '../ir/problem.ts'
import type { FixContext } from './rule.ts'
import { rules } from './rules.ts'

/** The repairs of a problem of this analysis, the likeliest first; `files` hold the texts that were analysed. */
export function fixesOf(
  { snapshot, models }: Analysis,
  problem: Problem,
  files: Pick<FixContext, 'text' | 'list'>,
): readonly Fix[] {
  const rule = rules.find(({ code }) => code === problem.code)
  const context: FixContext = { snapshot, models, ...files }
  return [...(rule?.fixes?.(context, problem) ?? [])].filter(({ edits }) => edits.length > 0)
}
