/** A place in an author's file, 0-based. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly character: number
}

/** A known file and a 0-based position in it, from one line of a stack: `at name (/a/b.ts:3:9)`. */
export function frameOf(line: string, isKnown: (path: string) => boolean): Place | undefined {
  const match = /^\s*at (?:async )?(.+):(\d+):(\d+)\)?$/.exec(line)
  if (match === null) return undefined
  const [, where = '', at, column] = match
  // Folders may have parentheses in their names, too.
  const starts = [0, ...Array.from(where.matchAll(/\(/g), ({ index }) => index + 1)]
  const path = starts.map((start) => where.slice(start).replace(/^file:\/\//, '')).find(isKnown)
  return path === undefined ? undefined : { path, line: Number(at) - 1, character: Number(column) - 1 }
}

/** The place of an offset of a text. */
export function placeAt(path: string, text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { path, line: before.split('\n').length - 1, character: offset - lineStart }
}
