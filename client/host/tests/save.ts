import type { ModelSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { LastRun } from '../runner/lastRun.ts'
import { unsavedTexts } from '../runner/overlay.ts'
import type { Supervisor } from '../runner/supervisor.ts'
import { runSettings } from '../settings.ts'

/** Rows of the input that an expectation is made of: few enough to be read. */
const rows = 10

/** Adds what the last run's model makes of its first rows to the expectations beside its features. */
export async function saveExpectation(last: LastRun, supervisor: Supervisor): Promise<vscode.Uri | undefined> {
  const { summary, target } = last
  const model = summary && (await chosen(summary.models, target?.model))
  const features = model?.features.find(({ file }) => file.path)?.file.path
  if (summary === undefined) {
    await vscode.window.showInformationMessage(t('Run a model first: an expectation is made of what it computes.'))
    return undefined
  }
  if (model === undefined || features === undefined) return undefined
  const name = await vscode.window.showInputBox({
    title: t('Save This Run as Expectation'),
    prompt: t(
      'The first {0} rows of {1} and what its features make of them. What should it be called?',
      rows,
      model.model,
    ),
    value: t('first rows of {0}', model.model),
    validateInput: (text) => (text.trim() === '' ? t('A name is needed.') : undefined),
  })
  if (name === undefined) return undefined
  const path = features.replace(/\.features\.\w+$/, '.expect.json')
  const { featureTimeoutMs } = runSettings()
  const answer = await supervisor.ask({
    kind: 'record',
    run: summary.run,
    model: model.model,
    name: name.trim(),
    rows,
    path,
    overlay: unsavedTexts(),
    featureTimeoutMs,
  })
  if (answer?.kind !== 'recorded') {
    const why =
      answer?.kind === 'failed'
        ? answer.problems.map((problem) => problem.message).join('\n')
        : t('The run process that held the results has ended. Run the model again.')
    await vscode.window.showErrorMessage(why)
    return undefined
  }
  const uri = vscode.Uri.file(path)
  await vscode.window.showTextDocument(uri)
  return uri
}

async function chosen(models: readonly ModelSummary[], asked: string | undefined): Promise<ModelSummary | undefined> {
  const known = models.find(({ model }) => model === asked)
  if (known || models.length === 1) return known ?? models[0]
  const picked = await vscode.window.showQuickPick(
    models.map(({ model }) => model),
    { title: t('Save This Run as Expectation'), placeHolder: t('Of which model?') },
  )
  return models.find(({ model }) => model === picked)
}
