import * as vscode from 'vscode'
import { isDataFile, isNamedAsOurs, isOnDisk, portable } from '../files.ts'

/** The unsaved texts that belong to a run: feature files, manifests and data files, by path. */
export function unsavedTexts(): Readonly<Record<string, string>> {
  const texts = vscode.workspace.textDocuments
    .filter(({ uri, isDirty }) => isDirty && isOnDisk(uri) && (isNamedAsOurs(uri) || isDataFile(uri.path)))
    .map((document) => [portable(document.uri.fsPath), document.getText()] as const)
  return Object.fromEntries(texts)
}
