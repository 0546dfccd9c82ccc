import type { RunSummary } from '@modeldriver/protocol'
import type { RunTarget, RunView } from './runs.ts'

/** Remembers the last run that came to an end. */
export class LastRun implements RunView {
  summary: RunSummary | undefined
  target: RunTarget | undefined
  readonly #changed: () => void

  constructor(changed: () => void = () => {}) {
    this.#changed = changed
  }

  running(): void {}
  failed(): void {}

  ran(summary: RunSummary, target: RunTarget): void {
    this.summary = summary
    this.target = target
    this.#changed()
  }
}
