/** 0-based line and character (UTF-16) of an offset. */
export interface Position {
  readonly line: number
  readonly character: number
}

/** Finds positions of offsets in texts of files; each text is cut into lines once. */
export interface Places {
  of(path: string, offset: number): Position
}

export function places(readText: (path: string) => string | undefined): Places {
  const starts = new Map<string, readonly number[]>()
  const startsOf = (path: string): readonly number[] => {
    const known = starts.get(path)
    if (known !== undefined) return known
    const text = readText(path) ?? ''
    const found = [0]
    for (const match of text.matchAll(/\r\n|\r|\n/g)) found.push(match.index + match[0].length)
    starts.set(path, found)
    return found
  }
  return {
    of(path, offset) {
      const lines = startsOf(path)
      let low = 0
      for (let high = lines.length - 1; low < high; ) {
        const middle = (low + high + 1) >> 1
        if ((lines[middle] as number) <= offset) low = middle
        else high = middle - 1
      }
      return { line: low, character: offset - (lines[low] as number) }
    },
  }
}
