import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'

/** The table function at the cursor becomes features; where it cannot, the reason is said. */
export const convertToFeatures =
  ({ conversion }: Language) =>
  async (): Promise<boolean> => {
    const editor = vscode.window.activeTextEditor
    const found = editor && (await conversion(editor.document.uri, editor.selection.active))
    if (found?.edit) return vscode.workspace.applyEdit(found.edit, { isRefactoring: true })
    const say = found?.refused ? vscode.window.showWarningMessage : vscode.window.showInformationMessage
    void say(
      found?.refused ?? t('Put the cursor into a function that takes a table, of a model with "legacy_mode", first.'),
    )
    return false
  }
