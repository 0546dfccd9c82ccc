import { dirname, relative } from 'node:path'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { dataEndings, dataFilePattern, isDataFile, isFeatureFile, portable } from '../files.ts'
import type { Language } from '../language/client.ts'
import { activeUri, sayNoFile } from '../views/active.ts'

/**
 * Writes down what is guessed of the active feature file: a modeldriver.json beside it, and a tsconfig.json and modeldriver.d.ts where there is none.
 * The data is asked for where none is known. Opens the manifest, also one that was there.
 */
export const createManifest = (language: Language) => async (): Promise<string | undefined> => {
  const file = activeUri()
  if (file === undefined) return sayNoFile()
  const target = await language.target(file.toString())
  const known = target && vscode.Uri.file(target.project)
  if (!isFeatureFile(file.path) || (known && !isFeatureFile(known.path))) return open(known ?? file)

  const picked = target?.columnsFrom === undefined ? await pickData(dirname(file.fsPath)) : undefined
  if (target?.columnsFrom === undefined && picked === undefined) return undefined
  const data = picked === undefined ? {} : { data: vscode.Uri.file(picked).toString() }
  const texts = await language.newProject({ uri: file.toString(), ...data })
  if (texts === undefined) return undefined
  const manifest = vscode.Uri.joinPath(file, '..', 'modeldriver.json')
  const edit = new vscode.WorkspaceEdit()
  const write = (uri: vscode.Uri, text: string): void =>
    edit.createFile(uri, { ignoreIfExists: true, contents: Buffer.from(text) })
  write(manifest, texts.manifest)
  write(vscode.Uri.joinPath(file, '..', 'tsconfig.json'), texts.tsconfig)
  write(vscode.Uri.joinPath(file, '..', 'modeldriver.d.ts'), texts.declarations)
  await vscode.workspace.applyEdit(edit)
  return open(manifest)
}

async function open(uri: vscode.Uri): Promise<string> {
  await vscode.window.showTextDocument(uri)
  return uri.toString()
}

/** Data files in the folder and below, then any other by a dialog. Resolves to a path. */
async function pickData(folder: string): Promise<string | undefined> {
  const near = new vscode.RelativePattern(vscode.Uri.file(folder), dataFilePattern)
  const found = (await vscode.workspace.findFiles(near, '**/node_modules/**', 50)).filter((uri) => isDataFile(uri.path))
  const items = found.map((uri) => ({ label: portable(relative(folder, uri.fsPath)), path: uri.fsPath }))
  const other = { label: `$(folder-opened) ${t('Other file…')}`, path: undefined }
  const picked = await vscode.window.showQuickPick([...items, other], { placeHolder: t('Sample data of the model') })
  if (picked === undefined || picked.path !== undefined) return picked?.path
  const filters = { [t('Data')]: [...dataEndings, 'gz'] }
  return (await vscode.window.showOpenDialog({ filters, defaultUri: vscode.Uri.file(folder) }))?.[0]?.fsPath
}
