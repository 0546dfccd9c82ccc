import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { columnOf } from '../views/open.ts'

/** Set while a window opens that is to begin with the sample. */
const begunKey = 'modeldriver.sample.begun'
const first = 'daily.features.ts'

/** Puts the packaged retail sample into the open folder when that is empty, else into a folder that is picked, and opens it. */
export const openSample = (context: vscode.ExtensionContext) => async (): Promise<void> => {
  const sample = vscode.Uri.joinPath(context.extensionUri, 'samples', 'retail')
  const here = await emptyWorkspace()
  if (here !== undefined) {
    for (const [name] of await vscode.workspace.fs.readDirectory(sample))
      await vscode.workspace.fs.copy(vscode.Uri.joinPath(sample, name), vscode.Uri.joinPath(here, name))
    return begin(here)
  }
  const picked = await vscode.window.showOpenDialog({
    title: t('Folder to put the sample in'),
    openLabel: t('Copy Sample Here'),
    canSelectFolders: true,
    canSelectFiles: false,
  })
  const folder = picked?.[0]
  if (folder === undefined) return
  const copy = vscode.Uri.joinPath(folder, 'modeldriver-retail')
  if (!(await exists(copy))) await vscode.workspace.fs.copy(sample, copy)
  await context.globalState.update(begunKey, copy.toString())
  await vscode.commands.executeCommand('vscode.openFolder', copy)
}

/** In the window that `openSample` opened: its first file and the walkthrough, once. */
export async function beginSample(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri
  if (folder === undefined || context.globalState.get(begunKey) !== folder.toString()) return
  await context.globalState.update(begunKey, undefined)
  await begin(folder)
}

/** Makes the mistake that the walkthrough speaks of: a letter is missing in a parameter of the sample, unsaved. */
export async function showProblem(): Promise<void> {
  const [file] = await vscode.workspace.findFiles(`**/${first}`, '**/node_modules/**', 1)
  if (file === undefined) {
    await vscode.window.showInformationMessage(t('Open the sample first: ModelDriver: Open Sample.'))
    return
  }
  const editor = await vscode.window.showTextDocument(file, { viewColumn: columnOf(file) })
  const { document } = editor
  const at = document.getText().indexOf('day_revenue(revenue)')
  if (at < 0) {
    await vscode.window.showInformationMessage(
      t('The mistake is there already: a letter is missing in the parameter of day_revenue.'),
    )
    return
  }
  const end = document.positionAt(at + 'day_revenue(revenue'.length)
  const start = end.translate(0, -1)
  await editor.edit((edit) => edit.delete(new vscode.Range(start, end)))
  editor.selection = new vscode.Selection(start, start)
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport)
}

/** The code at the left, where it stays; the walkthrough beside it, where graph and results will be. */
async function begin(folder: vscode.Uri): Promise<void> {
  const show = () =>
    vscode.window.showTextDocument(vscode.Uri.joinPath(folder, first), { viewColumn: vscode.ViewColumn.One })
  await show()
  const next = { category: 'modeldriver.modeldriver#start', step: 'problem' }
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', next, true)
  // Ticks the first step: commands from before a walkthrough was first shown are not known to it.
  await vscode.commands.executeCommand('setContext', 'modeldriver.hasOpenedSample', true)
  await show() // VS Code works out the lines above features only where the cursor is.
}

/** The one folder of the window, when nothing is in it but what tools keep (`.git`, `.vscode`). */
async function emptyWorkspace(): Promise<vscode.Uri | undefined> {
  const [folder, ...others] = vscode.workspace.workspaceFolders ?? []
  if (folder === undefined || others.length > 0 || folder.uri.scheme !== 'file') return undefined
  const entries = await vscode.workspace.fs.readDirectory(folder.uri)
  return entries.every(([name]) => name.startsWith('.')) ? folder.uri : undefined
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  )
}
