/** A change of a text: the lines that it replaced, and what stands there now. */
export interface LineChange {
  readonly range: { readonly start: TextPlace; readonly end: TextPlace }
  readonly text: string
}

interface TextPlace {
  readonly line: number
  readonly character: number
}

/** The first and the last line of a feature. */
export interface Lines {
  readonly line: number
  readonly endLine: number
}

/** Where a feature is after changes, one after the other: nowhere when its first line is gone, in that one when its last is. */
export function movedBy({ line, endLine }: Lines, changes: readonly LineChange[]): Lines | undefined {
  const at = movedByAll(line, changes)
  return at === undefined ? undefined : { line: at, endLine: Math.max(at, movedByAll(endLine, changes) ?? at) }
}

function movedByAll(line: number, changes: readonly LineChange[]): number | undefined {
  let at: number | undefined = line
  for (const change of changes) at = at === undefined ? undefined : movedLine(at, change)
  return at
}

/** Where a line is after a change; the line of a feature's name goes with it unless it is deleted. */
export function movedLine(line: number, { range, text }: LineChange): number | undefined {
  const { start, end } = range
  const added = text.split('\n').length - 1
  if (line < start.line) return line
  // Put before all of it, such as Enter at the beginning of the line.
  if (line === start.line && line === end.line) return end.character === 0 ? line + added : line
  if (line > end.line) return line + added - (end.line - start.line)
  if (line === start.line) return line
  return line === end.line ? start.line + added : undefined
}
