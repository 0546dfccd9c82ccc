import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isOurs } from '../files.ts'

/** The file a command without arguments is about: the active editor's, else a visible one's, when it is ours. */
export function activeUri(): vscode.Uri | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors]
  return editors.find((editor) => editor !== undefined && isOurs(editor.document.uri.path))?.document.uri
}

export async function sayNoFile(): Promise<undefined> {
  await vscode.window.showInformationMessage(
    t('Open a feature file (for example sales.features.ts) or a modeldriver.json first.'),
  )
  return undefined
}
