import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'
import { sayNoFile } from '../views/active.ts'
import { fileOf } from './subject.ts'

/**
 * `[uri?, onlyIfNew?]`: writes modeldriver.d.ts beside the project of the file, for features that take `({ revenue, cost }: Row)`, and
 * shows it. As part of another change it is only made where there is none, and the editor stays where it is.
 */
export const generateTypes =
  (language: Language) =>
  async (file?: unknown, onlyIfNew?: unknown): Promise<string | undefined> => {
    const uri = fileOf(file)
    if (uri === undefined) return sayNoFile()
    const wanted = await language.declarations(uri, false)
    if (wanted === undefined) return undefined
    const target = vscode.Uri.parse(wanted.uri)
    const keeps = onlyIfNew === true && !wanted.isNew
    if (!keeps && !wanted.isCurrent) await write(target, wanted.text)
    if (keeps || wanted.isNew) await addTsconfig(language, uri, target)
    if (keeps) return undefined
    if (onlyIfNew === true)
      void vscode.window.showInformationMessage(t('Made modeldriver.d.ts: the types of columns and features.'))
    else await vscode.window.showTextDocument(target, { preview: true })
    return wanted.uri
  }

/** TypeScript knows a file of types that is not open only where a tsconfig.json includes it. */
async function addTsconfig(language: Language, feature: string, beside: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(beside, '..')
  if (await hasConfig(folder)) return
  const texts = await language.newProject({ uri: feature })
  if (texts === undefined) return
  const edit = new vscode.WorkspaceEdit()
  edit.createFile(vscode.Uri.joinPath(folder, 'tsconfig.json'), { contents: Buffer.from(texts.tsconfig) })
  await vscode.workspace.applyEdit(edit)
}

/** In a folder of the workspace or one above. */
async function hasConfig(folder: vscode.Uri): Promise<boolean> {
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name)
  if (names.includes('tsconfig.json') || names.includes('jsconfig.json')) return true
  const above = vscode.Uri.joinPath(folder, '..')
  return vscode.workspace.getWorkspaceFolder(above) !== undefined && hasConfig(above)
}

const waitMs = 1500

/** Writes an existing modeldriver.d.ts anew a moment after columns, feature files or levels changed. Never makes one. */
export function keepTypesCurrent(language: Language, log: vscode.LogOutputChannel): vscode.Disposable {
  const waiting = new Map<string, NodeJS.Timeout>()
  const update = async (project: string): Promise<void> => {
    waiting.delete(project)
    try {
      const wanted = await language.declarations(vscode.Uri.file(project).toString(), true)
      if (wanted && !wanted.isCurrent) await write(vscode.Uri.parse(wanted.uri), wanted.text)
    } catch (error) {
      log.error(`modeldriver.d.ts: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const changed = language.onChanged(({ project }) => {
    clearTimeout(waiting.get(project))
    waiting.set(
      project,
      setTimeout(() => void update(project), waitMs),
    )
  })
  return {
    dispose: () => {
      changed.dispose()
      for (const timer of waiting.values()) clearTimeout(timer)
    },
  }
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text))
}
