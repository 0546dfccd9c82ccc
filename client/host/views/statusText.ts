import type { RunSummary, Target } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { duration } from '../values/texts.ts'

export interface StatusText {
  readonly text: string
  readonly detail: string
  /** Something is to be chosen before the model can be checked whole. */
  readonly isWarning: boolean
}

/**
 * Model of a file, what its columns are known from, how its last run ended. VS Code shows one short line and cuts off what follows, the command
 * too: the key stands above the features.
 */
export function statusOf(target: Target | undefined, run: RunSummary | undefined): StatusText {
  if (target === undefined)
    return { text: t('No model'), detail: t('no modeldriver.json lists this file'), isWarning: true }
  const { model, columnsFrom } = target
  const source = columnsFrom?.replace(/ \(\d+ columns?\)$/, '')
  const from = source === undefined ? t('inputs unchecked') : t('reads {0}', source)
  return { text: model, detail: [from, ...lastRun(target, run)].join(' · '), isWarning: columnsFrom === undefined }
}

function lastRun({ project, model }: Target, run: RunSummary | undefined): readonly string[] {
  const own = run?.project === project ? run.models.find((each) => each.model === model) : undefined
  if (own === undefined) return []
  const failed = own.features.filter(({ error }) => error && error.cause === undefined).length
  const failures = failed === 1 ? t('1 feature failed') : t('{0} features failed', failed)
  return [t('last run: {0}', failed === 0 ? duration(own.ms) : failures)]
}
