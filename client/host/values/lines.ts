/** A change of a text: the lines that it replaced, and what stands there now. */
export interface LineChange {
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } }
  readonly text: string
}

/** Where a line is after a change; the line of a feature's name goes with it unless it is deleted. */
export function movedLine(line: number, { range, text }: LineChange): number | undefined {
  const { start, end } = range
  if (line < start.line || (line === start.line && start.line === end.line)) return line
  const added = text.split('\n').length - 1
  if (line > end.line) return line + added - (end.line - start.line)
  if (line === start.line) return line
  return line === end.line ? start.line + added : undefined
}
