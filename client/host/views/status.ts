import type { Target } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { isManifest, isOurs } from '../files.ts'
import { type Language, languageSelector } from '../language/client.ts'

/** The language status item: model of this file, its key, and what its columns are known from. */
export function createStatus(language: Language): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('modeldriver.status', languageSelector)
  item.name = 'ModelDriver'
  item.text = 'ModelDriver'

  let updates = 0
  const update = async (): Promise<void> => {
    const editor = vscode.window.activeTextEditor
    if (editor === undefined || !isOurs(editor.document.uri.path)) return
    const own = ++updates
    item.busy = true
    const target = await language.target(editor.document.uri.toString(), editor.selection.active)
    // The answer may be late: the next update is on the way.
    if (own !== updates) return
    item.busy = false
    Object.assign(item, describeTarget(target))
  }
  void update()
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (isManifest(textEditor.document.uri.path)) void update()
    }),
    language.onChanged(update),
  )
}

type Described = Pick<vscode.LanguageStatusItem, 'text' | 'detail' | 'severity' | 'command'>

function describeTarget(target: Target | undefined): Described {
  if (target === undefined)
    return {
      text: 'No model',
      detail: 'no modeldriver.json lists this file',
      severity: warning,
      command: createManifest,
    }
  const { model, groupBy, columnsFrom } = target
  const key = groupBy === undefined ? 'no group_by' : groupBy.length === 0 ? 'one group' : `per ${groupBy.join(', ')}`
  if (columnsFrom === undefined)
    return {
      text: model,
      detail: `${key} · inputs unchecked: choose sample data`,
      severity: warning,
      command: createManifest,
    }
  const severity = vscode.LanguageStatusSeverity.Information
  return { text: model, detail: `${key} · columns from ${columnsFrom}`, severity, command: run }
}

const warning = vscode.LanguageStatusSeverity.Warning
const run: vscode.Command = { title: 'Run on sample', command: 'modeldriver.run' }
const createManifest: vscode.Command = { title: 'Choose sample data', command: 'modeldriver.createManifest' }
