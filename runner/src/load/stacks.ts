/** A place in an author's file, 0-based. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly character: number
}

/** File and 0-based position of one line of a stack: `at name (/a/b.ts:3:9)`. */
export function frameOf(line: string): Place | undefined {
  const match = /^\s*at (?:.*\()?(?:file:\/\/)?(.+):(\d+):(\d+)\)?$/.exec(line)
  if (match === null) return undefined
  const [, path = '', at, column] = match
  return { path, line: Number(at) - 1, character: Number(column) - 1 }
}

/** The place of an offset of a text. */
export function placeAt(path: string, text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { path, line: before.split('\n').length - 1, character: offset - lineStart }
}
