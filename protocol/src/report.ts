import type { RunProblem, RunSummary } from './run.ts'

/** The problems of a run: its own, then those of its features, of which only the roots: not what follows from them. */
export function problemsOf(summary: RunSummary): readonly RunProblem[] {
  const ofFeatures = summary.models.flatMap((model) =>
    model.features.flatMap(({ feature, file, line, error }) =>
      error === undefined || error.cause !== undefined
        ? []
        : [{ path: file.path, line, model: model.model, feature, ...error }],
    ),
  )
  /** The check says the same, often with what to do. */
  const isSaid = ({ model, feature, message }: RunProblem): boolean =>
    summary.problems.some((own) => own.model === model && own.feature === feature && own.message.startsWith(message))
  return [...summary.problems, ...ofFeatures.filter((problem) => !isSaid(problem))]
}

/** One line for people: `daily · margin: message`; a message that already begins with the feature is not told twice. */
export function problemLine({ model, feature, message }: RunProblem): string {
  const named = feature !== undefined && message.startsWith(`'${feature}'`)
  const where = [model, named ? undefined : feature].filter((part) => part !== undefined).join(' · ')
  return where === '' ? message : `${where}: ${message}`
}
