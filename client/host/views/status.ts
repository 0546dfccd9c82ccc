import type { RunSummary, Target } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isManifest, isOurs } from '../files.ts'
import { type Language, languageSelector } from '../language/client.ts'
import type { LastRun } from '../runner/lastRun.ts'
import { duration } from '../values/texts.ts'
import { keyWords } from '../words.ts'

/** The language status item: model of this file, its key, what its columns are known from, and how its last run ended. */
export function createStatus(language: Language, last: LastRun): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('modeldriver.status', languageSelector)
  item.name = 'ModelDriver'
  item.text = 'ModelDriver'

  let updates = 0
  const update = async (): Promise<void> => {
    const editor = vscode.window.activeTextEditor
    if (editor === undefined || !isOurs(editor.document.uri)) return
    const own = ++updates
    item.busy = true
    const target = await language.target(editor.document.uri.toString(), editor.selection.active)
    // The answer may be late: the next update is on the way.
    if (own !== updates) return
    item.busy = false
    Object.assign(item, language.alive ? describeTarget(target, last.summary) : withoutServer())
  }
  void update()
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (isManifest(textEditor.document.uri.path)) void update()
    }),
    language.onChanged(update),
    language.onState(update),
    last.onChanged(update),
  )
}

type Described = Pick<vscode.LanguageStatusItem, 'text' | 'detail' | 'severity' | 'command'>

const withoutServer = (): Described => ({
  text: t('Not running'),
  detail: t('the language server ended'),
  severity: vscode.LanguageStatusSeverity.Error,
  command: { title: t('Restart Server'), command: 'modeldriver.restartServer' },
})

function describeTarget(target: Target | undefined, run: RunSummary | undefined): Described {
  if (target === undefined)
    return {
      text: t('No model'),
      detail: t('no modeldriver.json lists this file'),
      severity: warning,
      command: createManifest(),
    }
  const { model, groupBy, columnsFrom } = target
  const key = keyWords(groupBy) ?? t('no group_by')
  if (columnsFrom === undefined)
    return {
      text: model,
      detail: `${key} · ${t('inputs unchecked: choose sample data')}`,
      severity: warning,
      command: createManifest(),
    }
  const severity = vscode.LanguageStatusSeverity.Information
  const parts = [key, t('columns from {0}', columnsFrom), ...lastRun(target, run)]
  return { text: model, detail: parts.join(' · '), severity, command: runModel() }
}

function lastRun({ project, model }: Target, run: RunSummary | undefined): readonly string[] {
  const own = run?.project === project ? run.models.find((each) => each.model === model) : undefined
  if (own === undefined) return []
  const failed = own.features.filter(({ error }) => error && error.cause === undefined).length
  const failures = failed === 1 ? t('1 feature failed') : t('{0} features failed', failed)
  return [t('last run: {0}', failed === 0 ? duration(own.ms) : failures)]
}

const warning = vscode.LanguageStatusSeverity.Warning
const runModel = (): vscode.Command => ({ title: t('Run on sample'), command: 'modeldriver.run' })
const createManifest = (): vscode.Command => ({
  title: t('Choose sample data'),
  command: 'modeldriver.createManifest',
})
