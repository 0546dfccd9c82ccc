import type { RunSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import type { RunTarget, RunView } from './runs.ts'

/** Remembers the last run that came to an end. */
export class LastRun implements RunView, vscode.Disposable {
  summary: RunSummary | undefined
  target: RunTarget | undefined
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onChanged = this.#changed.event

  running(): void {}
  failed(): void {}

  ran(summary: RunSummary, target: RunTarget): void {
    this.summary = summary
    this.target = target
    this.#changed.fire()
  }

  dispose(): void {
    this.#changed.dispose()
  }
}
