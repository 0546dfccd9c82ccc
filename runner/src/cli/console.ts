import type { Style } from './style.ts'

/** Where a command writes: results to `out`, progress and notes to `note`. */
export interface Console {
  readonly out: (text: string) => void
  readonly note: (text: string) => void
  /** Says what is being computed, where that can be wiped away again; without an argument wipes it. */
  readonly progress: (now?: { readonly model: string; readonly feature?: string }) => void
  /** Columns of the terminal. */
  readonly width: number
  readonly style: Style
  readonly noteStyle: Style
  readonly cwd: string
}

/** The command was called wrongly, or what it needs cannot be read: exit code 2. */
export class UsageError extends Error {}

export const exitCodes = { ok: 0, problems: 1, usage: 2 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A line that is written over as long as a run lasts; shown on terminals only, and only when it takes a while. */
export function progressLine(stream: { readonly isTTY?: boolean; write(text: string): unknown }): Console['progress'] {
  if (stream.isTTY !== true) return () => undefined
  const begun = performance.now()
  let isShown = false
  return (now) => {
    if (now === undefined || performance.now() - begun < 500) {
      if (isShown) stream.write('\r\u001b[2K')
      isShown = false
      return
    }
    stream.write(`\r\u001b[2K${now.model}${now.feature === undefined ? '' : ` · ${now.feature}`} …`)
    isShown = true
  }
}
