import { config } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from './language/client.ts'
import type { LastRun } from './runner/lastRun.ts'
import type { Runs } from './runner/runs.ts'
import type { Supervisor } from './runner/supervisor.ts'
import { createExplorer } from './tests/explorer.ts'
import { saveExpectation } from './tests/save.ts'
import { registerTools } from './tools/tools.ts'

export interface Parts {
  readonly language: Language
  readonly supervisor: Supervisor
  readonly runs: Runs
  readonly last: LastRun
}

export interface Extras extends vscode.Disposable {
  readonly saveExpectation: () => Promise<vscode.Uri | undefined>
}

/** What is not needed for the first diagnostics: a file of its own (dist/extras.js), loaded once the language server answers. */
export function startExtras({ language, supervisor, runs, last }: Parts): Extras {
  config({ contents: vscode.l10n.bundle ?? {} })
  const parts = vscode.Disposable.from(createExplorer(supervisor), registerTools(language, runs))
  return { saveExpectation: () => saveExpectation(last, supervisor), dispose: () => parts.dispose() }
}
