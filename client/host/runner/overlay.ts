import * as vscode from 'vscode'
import { isCodeFile, isDataFile, isManifest, isOnDisk, portable } from '../files.ts'

/** The unsaved texts that may belong to a run: feature files and what they import, manifests and data files, by path. */
export function unsavedTexts(): Readonly<Record<string, string>> {
  const texts = vscode.workspace.textDocuments
    .filter(
      ({ uri, isDirty }) => isDirty && isOnDisk(uri) && [isCodeFile, isManifest, isDataFile].some((is) => is(uri.path)),
    )
    .map((document) => [portable(document.uri.fsPath), document.getText()] as const)
  return Object.fromEntries(texts)
}
