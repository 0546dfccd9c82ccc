import type { RunSummary, Target } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isManifest, isOurs } from '../files.ts'
import { type Language, languageSelector } from '../language/client.ts'
import type { LastRun } from '../runner/lastRun.ts'
import { statusOf } from './statusText.ts'

/** The language status item: model of this file, what its columns are known from, and how its last run ended. */
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
  const { isWarning, ...said } = statusOf(target, run)
  const { Information, Warning } = vscode.LanguageStatusSeverity
  return { ...said, severity: isWarning ? Warning : Information, command: isWarning ? createManifest() : runModel() }
}

const runModel = (): vscode.Command => ({ title: t('Run'), command: 'modeldriver.run' })
const createManifest = (): vscode.Command => ({
  title: t('Choose sample data'),
  command: 'modeldriver.createManifest',
})
