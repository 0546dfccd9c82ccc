import * as vscode from 'vscode'

/** At the cursor; where it cannot be done VS Code shows the reason there. */
export const convertToFeatures = async (): Promise<void> => {
  await vscode.commands.executeCommand('editor.action.codeAction', {
    kind: 'refactor.rewrite.modeldriver.features',
    apply: 'first',
  })
}
