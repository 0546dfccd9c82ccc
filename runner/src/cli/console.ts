import type { Style } from './style.ts'

/** Where a command writes: results to `out`, progress and notes to `note`. */
export interface Console {
  readonly out: (text: string) => void
  readonly note: (text: string) => void
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
