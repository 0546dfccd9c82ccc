import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Runs } from '../runner/runs.ts'

/** Ends the run under way; where there is none, that is said. */
export const cancelRun = (runs: Runs) => (): void => {
  if (runs.running) runs.cancel()
  else void vscode.window.showInformationMessage(t('No run is under way, so there is nothing to cancel.'))
}
