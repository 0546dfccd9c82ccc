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
    if (wanted === undefined || (onlyIfNew === true && !wanted.isNew)) return undefined
    const target = vscode.Uri.parse(wanted.uri)
    if (!wanted.isCurrent) await write(target, wanted.text)
    if (wanted.isNew)
      void vscode.window.showInformationMessage(
        'modeldriver.d.ts is there, and follows your columns and features from now on. The tsconfig.json of the feature files must include it.',
      )
    if (onlyIfNew !== true) await vscode.window.showTextDocument(target, { preview: true })
    return wanted.uri
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
