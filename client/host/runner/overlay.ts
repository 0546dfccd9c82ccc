import * as vscode from 'vscode'
import { isDataFile, isOurs, portable } from '../files.ts'

/** The unsaved texts that belong to a run: feature files, manifests and data files, by path. */
export function unsavedTexts(): Readonly<Record<string, string>> {
  const texts = vscode.workspace.textDocuments
    .filter((document) => document.isDirty && (isOurs(document.uri.path) || isDataFile(document.uri.path)))
    .map((document) => [portable(document.uri.fsPath), document.getText()] as const)
  return Object.fromEntries(texts)
}
