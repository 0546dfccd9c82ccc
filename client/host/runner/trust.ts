import { t } from '@vscode/l10n'
import * as vscode from 'vscode'

/** Running executes the author's code. In a restricted window people are told so and led to where trust is given. */
export async function mayRun(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true
  const manage = t('Manage Workspace Trust')
  const message = t(
    'Running a model executes the code of its feature files, so it needs a trusted workspace. Checks, lineage and the graph work without.',
  )
  if ((await vscode.window.showWarningMessage(message, manage)) === manage)
    await vscode.commands.executeCommand('workbench.trust.manage')
  return vscode.workspace.isTrusted
}
