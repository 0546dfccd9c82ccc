import * as vscode from 'vscode'
import { isFeatureFile } from '../files.ts'

/**
 * TypeScript goes on without settings for files that are open when the first tsconfig.json comes above them, so it is started anew once
 * there is one with a text in it: an edit of an editor makes the file first and writes it then.
 */
export function restartTypeScriptForSettings(log: vscode.LogOutputChannel): vscode.Disposable {
  const empty = new Set<string>()
  const restart = async (): Promise<void> => {
    try {
      await vscode.commands.executeCommand('typescript.restartTsServer')
    } catch (error) {
      log.info(`TypeScript was not started anew: ${String(error)}`)
    }
  }
  return vscode.Disposable.from(
    vscode.workspace.onDidCreateFiles(async ({ files }) => {
      for (const uri of files.filter(isSettings)) {
        if ((await vscode.workspace.fs.stat(uri)).size > 0) await restart()
        else empty.add(uri.toString())
      }
    }),
    vscode.workspace.onDidSaveTextDocument(async ({ uri }) => {
      if (empty.delete(uri.toString())) await restart()
    }),
  )
}

/** A tsconfig.json above a feature file that is open. */
function isSettings(uri: vscode.Uri): boolean {
  if (!uri.path.endsWith('/tsconfig.json')) return false
  const folder = vscode.Uri.joinPath(uri, '..').path
  return vscode.workspace.textDocuments.some(
    ({ uri: { path } }) => isFeatureFile(path) && path.startsWith(`${folder}/`),
  )
}
