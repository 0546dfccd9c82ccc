import type { Location, Span } from './span.ts'

export type Severity = 'error' | 'warning' | 'information' | 'hint'

/** Stable codes; a code is never reused for another meaning. */
export type ProblemCode = `MD${string}`

/** One thing that is wrong, with its cause as a sentence and the places that matter. */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly message: string
  readonly path: string
  readonly span: Span
  readonly model?: string
  readonly feature?: string
  readonly related: readonly RelatedPlace[]
  /** What a repair needs: the wrong name, the suggestions. Plain data. */
  readonly data?: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

export interface RelatedPlace extends Location {
  readonly message: string
}

/** Every stage gives what it could make, and what was wrong. */
export interface Outcome<T> {
  readonly value: T
  readonly problems: readonly Problem[]
}
