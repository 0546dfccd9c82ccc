/** A half-open range of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place in a file. `path` is absolute, with `/` as separator on every system. */
export interface Location {
  readonly path: string
  readonly span: Span
}
