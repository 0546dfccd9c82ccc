import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isManifest } from '../files.ts'
import type { Language } from '../language/client.ts'
import type { Runs } from '../runner/runs.ts'
import type { RunOutcome } from '../runner/supervisor.ts'
import { sayNoFile } from '../views/active.ts'
import { atCursor, fileOf, nameOf } from './subject.ts'

/**
 * `[uri, feature?]`: runs the file's model, and those it depends on, on the sample, and shows the feature; without any
 * argument that at the cursor. A manifest runs every model.
 */
export const runModel =
  (language: Language, runs: Runs) =>
  async (file?: unknown, name?: unknown): Promise<RunOutcome | undefined> => {
    const uri = fileOf(file)
    if (uri === undefined) return sayNoFile()
    const [target, graph] = await Promise.all([
      language.target(uri),
      file === undefined ? language.graph(uri) : undefined,
    ])
    if (target === undefined) {
      await vscode.window.showWarningMessage(t('No model is known for this file: no modeldriver.json lists it.'))
      return undefined
    }
    const { project, model } = target
    const feature = nameOf(file, name) ?? (graph ? atCursor(graph, uri)?.name : undefined)
    const whole = isManifest(vscode.Uri.parse(uri).path)
    return runs.start({ project, ...(!whole && { model }), ...(feature !== undefined && { feature }) })
  }
