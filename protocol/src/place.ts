/** Line and character (UTF-16), both from 0, as in LSP. */
export interface Position {
  readonly line: number
  readonly character: number
}
export interface Place {
  readonly uri: string
  readonly range: { readonly start: Position; readonly end: Position }
}
