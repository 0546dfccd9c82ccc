import type { TracedCell } from '@modeldriver/protocol'
import { config } from '@vscode/l10n'
import * as vscode from 'vscode'
import { convertToFeatures } from './commands/convertToFeatures.ts'
import { createManifest } from './commands/createManifest.ts'
import { generateTypes } from './commands/generateTypes.ts'
import type { CommandId } from './commands/ids.ts'
import { rename } from './commands/rename.ts'
import { showInputs } from './commands/showInputs.ts'
import { showUsers } from './commands/showUsers.ts'
import type { Language } from './language/client.ts'
import { restartTypeScriptForSettings } from './language/typescript.ts'
import type { GraphPanel } from './panels/graph.ts'
import type { LastRun } from './runner/lastRun.ts'
import type { Runs } from './runner/runs.ts'
import type { Supervisor } from './runner/supervisor.ts'
import { createExplorer } from './tests/explorer.ts'
import { saveExpectation } from './tests/save.ts'
import { registerTools } from './tools/tools.ts'
import { runLive } from './values/live.ts'
import { TraceMarks } from './values/traced.ts'
import type { RunValues } from './values/values.ts'

export { replaceOrphans } from './panels/orphans.ts'

export interface Parts {
  readonly log: vscode.LogOutputChannel
  readonly language: Language
  readonly supervisor: Supervisor
  readonly runs: Runs
  readonly last: LastRun
  readonly values: RunValues
  readonly graph: GraphPanel
}

/** Commands that ask the server, or what is made here. */
export type LaterCommand = Extract<
  CommandId,
  `modeldriver.${'showInputs' | 'showUsers' | 'rename' | 'convertToFeatures' | 'createManifest' | 'generateTypes' | 'saveExpectation'}`
>

export interface Extras extends vscode.Disposable {
  readonly commands: Readonly<Record<LaterCommand, (...args: unknown[]) => unknown>>
  /** Marks the cell that the results trace in graph and code; nothing: no longer. */
  readonly trace: (cell: TracedCell | undefined) => void
}

/** What is not needed for the first diagnostics: a file of its own (dist/extras.js), loaded once the language server answers. */
export function startExtras({ log, language, supervisor, runs, last, values, graph }: Parts): Extras {
  config({ contents: vscode.l10n.bundle ?? {} })
  const traced = new TraceMarks({ language, last, values, graph })
  const parts = vscode.Disposable.from(
    createExplorer(supervisor),
    registerTools(language, runs),
    runLive(language, runs, values),
    restartTypeScriptForSettings(log),
    traced,
  )
  return {
    commands: {
      'modeldriver.showInputs': showInputs(language, graph),
      'modeldriver.showUsers': showUsers(language, graph),
      'modeldriver.rename': rename(language),
      'modeldriver.convertToFeatures': convertToFeatures(language),
      'modeldriver.createManifest': createManifest(language),
      'modeldriver.generateTypes': generateTypes(language),
      'modeldriver.saveExpectation': () => saveExpectation(last, supervisor),
    },
    trace: (cell) => traced.show(cell),
    dispose: () => parts.dispose(),
  }
}
