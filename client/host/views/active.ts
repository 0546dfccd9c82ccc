import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isNamedAsOurs, isOurs } from '../files.ts'

/** The file a command without arguments is about: the active editor's, else a visible one's, when it is ours. */
export function activeUri(): vscode.Uri | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors]
  const uris = editors.flatMap((editor) => (editor === undefined ? [] : [editor.document.uri]))
  return uris.find(isOurs) ?? uris.find(isNamedAsOurs)
}

export async function sayNoFile(): Promise<undefined> {
  await vscode.window.showInformationMessage(
    t('Open a feature file (for example sales.features.ts) or a modeldriver.json first.'),
  )
  return undefined
}
