import type { Problem, ProblemCode } from '@modeldriver/engine'
import type { ModelRun, ProjectRun } from '../run.ts'
import { counted } from './grid.ts'

/** What a run finds out itself, of all rows. */
const toldByRun: ReadonlySet<ProblemCode> = new Set(['MD038', 'MD039'])

/** Warnings of the check about what was computed: nothing failed, and the numbers may be wrong all the same. */
export function doubtsOf({ analysis, models }: Pick<ProjectRun, 'analysis' | 'models'>): readonly Problem[] {
  const isComputed = ({ model, feature }: Problem): boolean => {
    const runs = model === undefined ? models : models.filter(({ plan }) => plan.model === model)
    return runs.some((run) => feature === undefined || hasComputed(run, feature))
  }
  return analysis.problems.filter(
    (problem) => problem.severity === 'warning' && !toldByRun.has(problem.code) && isComputed(problem),
  )
}

const hasComputed = ({ plan, failures }: ModelRun, name: string): boolean =>
  plan.steps.some(({ feature }) => feature === name) && !failures.has(name)

const mostNames = 3

/** `2 warnings about 'band' and 'total'` */
export function countDoubts(doubts: readonly Problem[]): string {
  const names = [...new Set(doubts.flatMap(({ feature }) => (feature === undefined ? [] : `'${feature}'`)))]
  const others = names.length - mostNames
  const listed = others > 1 ? [...names.slice(0, mostNames), `${others} others`] : names
  const about = listed.length === 0 ? '' : ` about ${listed.join(', ').replace(/, ([^,]*)$/, ' and $1')}`
  return `${counted(doubts.length, 'warning')}${about}`
}
