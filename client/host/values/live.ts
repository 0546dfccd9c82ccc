import * as vscode from 'vscode'
import { isFeatureFile, isOurs } from '../files.ts'
import type { Language } from '../language/client.ts'
import type { Runs } from '../runner/runs.ts'
import { valuesShown } from '../settings.ts'
import type { RunValues } from './values.ts'

const afterMs = 300

/**
 * With `modeldriver.values: live` an edit runs its model again, once the typing pauses, and another change of what a run was made from the
 * models of its project; what the change does not concern is kept.
 */
export function runLive(language: Language, runs: Runs, values: RunValues): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined
  const waiting = new Map<string, vscode.Uri>()

  const later = (uri?: vscode.Uri): void => {
    if (uri) waiting.set(uri.toString(), uri)
    clearTimeout(timer)
    timer = setTimeout(() => void run(), afterMs)
  }
  const run = async (): Promise<void> => {
    const uris = [...waiting.values()]
    // Of a project all models come after single ones: what was found last is what is shown.
    const uri = uris.find(({ path }) => isFeatureFile(path)) ?? uris[0]
    if (uri === undefined) return
    if (runs.running) return later()
    waiting.delete(uri.toString())
    const target = await language.target(uri.toString())
    if (target !== undefined && valuesShown() === 'live') {
      if (runs.running) return later(uri)
      const { project, model } = target
      await runs.start({ project, ...(isFeatureFile(uri.path) && { model }) }, true)
    }
    // What was typed meanwhile, and what else changed.
    if (waiting.size > 0) later()
  }
  const edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0 && isOurs(document.uri) && valuesShown() === 'live') later(document.uri)
  })
  const others = values.onChangedElsewhere((project) => {
    if (valuesShown() === 'live') later(vscode.Uri.file(project))
  })
  return vscode.Disposable.from(edits, others, { dispose: () => clearTimeout(timer) })
}
