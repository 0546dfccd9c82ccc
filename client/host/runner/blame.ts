import type { RunProblem } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'

/** What the runner was about to do when it was last heard of. */
export interface Progress {
  readonly model: string
  readonly feature?: string
  readonly path?: string
}

/** A run, or one feature of it, took longer than it may. */
export function tooLong(progress: Progress | undefined, limitMs: number): RunProblem {
  const limit = `${limitMs / 1000} s`
  const message =
    progress?.feature === undefined
      ? t(
          'The run took longer than {0} and was stopped. Use a smaller sample (modeldriver.sample.rows) or allow more time (modeldriver.run.timeoutSeconds).',
          limit,
        )
      : t(
          "'{0}' was still running after {1} and was stopped. Look for a loop that does not end, or allow more time (modeldriver.run.featureTimeoutSeconds).",
          progress.feature,
          limit,
        )
  return { message, ...at(progress) }
}

/** The process ended by itself. `how`: signal or exit code; `errors`: what it wrote to its error stream. */
export function brokenEnd(progress: Progress | undefined, how: string, errors: string, memoryMb: number): RunProblem {
  const doing = progress?.feature === undefined ? t('the run') : `'${progress.feature}'`
  const error = errors.split('\n').find((line) => /error/i.test(line))
  const message = /heap out of memory|allocation failed/i.test(errors)
    ? t(
        'Memory ran out in {0} (limit {1} MB). Use a smaller sample (modeldriver.sample.rows) or allow more memory (modeldriver.run.memoryMb).',
        doing,
        memoryMb,
      )
    : isFromOutside(how)
      ? t(
          'The run process was stopped from outside in {0} ({1}): by somebody, or by the system because memory was short. Run again, or use a smaller sample (modeldriver.sample.rows).',
          doing,
          how,
        )
      : error === undefined
        ? t(
            'The run process ended in {0} ({1}). Run again; its last words are in the log (ModelDriver: Show Log).',
            doing,
            how,
          )
        : t(
            'The run process ended in {0} ({1}): {2}. Run again; its last words are in the log (ModelDriver: Show Log).',
            doing,
            how,
            error.trim(),
          )
  return { message, ...at(progress) }
}

/** What a process does to itself has other signals. */
const isFromOutside = (how: string): boolean => ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'].includes(how)

function at(progress: Progress | undefined): Partial<RunProblem> {
  if (progress === undefined) return {}
  const { model, feature, path } = progress
  return { model, ...(feature === undefined ? {} : { feature }), ...(path === undefined ? {} : { path }) }
}
