import type { RunProblem, RunSummary } from '@modeldriver/protocol'

/** The problems of a run: its own, then those of its features, of which only the roots: not what follows from them. */
export function problemsOf(summary: RunSummary): readonly RunProblem[] {
  const ofFeatures = summary.models.flatMap((model) =>
    model.features.flatMap(({ feature, path, line, error }) =>
      error === undefined || error.cause !== undefined ? [] : [{ path, line, model: model.model, feature, ...error }],
    ),
  )
  const key = (problem: RunProblem): string => `${problem.model}\n${problem.feature}\n${problem.message}`
  const seen = new Set(summary.problems.map(key))
  return [...summary.problems, ...ofFeatures.filter((problem) => !seen.has(key(problem)))]
}

/** One line for people: `daily · margin: message`; a message that already begins with the feature is not told twice. */
export function describe({ model, feature, message }: RunProblem): string {
  const named = feature !== undefined && message.startsWith(`'${feature}'`)
  const where = [model, named ? undefined : feature].filter((part) => part !== undefined).join(' · ')
  return where === '' ? message : `${where}: ${message}`
}
