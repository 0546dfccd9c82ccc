import type { Target } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { isOurs } from '../files.ts'
import { type Language, languageSelector } from '../language/client.ts'

/** The language status item: model of this file, its key, and what its columns are known from. */
export function createStatus(language: Language): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('modeldriver.status', languageSelector)
  item.name = 'ModelDriver'
  item.text = 'ModelDriver'

  const update = async (): Promise<void> => {
    const uri = vscode.window.activeTextEditor?.document.uri
    if (uri === undefined || !isOurs(uri.path)) return
    item.busy = true
    const target = await language.target(uri.toString())
    item.busy = false
    // The answer may be late: another editor is active by now, and its own update is on the way.
    if (vscode.window.activeTextEditor?.document.uri.toString() !== uri.toString()) return
    Object.assign(item, describeTarget(target))
  }
  void update()
  return vscode.Disposable.from(item, vscode.window.onDidChangeActiveTextEditor(update), language.onChanged(update))
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
