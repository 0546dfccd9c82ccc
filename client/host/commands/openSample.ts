import * as vscode from 'vscode'

/** Copies the packaged retail sample into a folder that is picked, and opens it. */
export const openSample = (context: vscode.ExtensionContext) => async (): Promise<void> => {
  const picked = await vscode.window.showOpenDialog({
    title: 'Folder to put the sample in',
    openLabel: 'Copy Sample Here',
    canSelectFolders: true,
    canSelectFiles: false,
  })
  const folder = picked?.[0]
  if (folder === undefined) return
  const copy = vscode.Uri.joinPath(folder, 'modeldriver-retail')
  const sample = vscode.Uri.joinPath(context.extensionUri, 'samples', 'retail')
  if (!(await exists(copy))) await vscode.workspace.fs.copy(sample, copy)
  await vscode.commands.executeCommand('vscode.openFolder', copy)
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  )
}
