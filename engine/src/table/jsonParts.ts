/** The text of one row and its number: of its line, or in its list. False when no more are wanted. */
export type TakePart = (text: string, number: number) => boolean

/** Cuts a JSON text that comes bit by bit into the texts of its rows. */
export interface JsonParts {
  readonly add: (text: string, take: TakePart) => boolean
  readonly finish: (take: TakePart) => void
}

/** The lines that are not blank. */
export function createLines(): JsonParts {
  let rest = ''
  let line = 0
  const add = (more: string, take: TakePart): boolean => {
    const text = rest + more
    let start = 0
    for (let end = text.indexOf('\n', rest.length); end >= 0; end = text.indexOf('\n', start)) {
      const part = text.slice(start, end).trim()
      start = end + 1
      line++
      if (part !== '' && !take(part, line)) return false
    }
    rest = text.slice(start)
    return true
  }
  return {
    add,
    finish: (take) => {
      add('\n', take)
    },
  }
}

/** The items of a list behind its `[`. Throws an Error with this message when it is none to the end. */
export function createItems(message: string): JsonParts {
  let rest = ''
  let next: 'first' | 'item' | 'comma' | 'nothing' = 'first'
  let number = 0
  const add = (more: string, take: TakePart, isLast: boolean): boolean => {
    const text = rest + more
    let at = 0
    for (;;) {
      while (at < text.length && isSpace(text.charCodeAt(at))) at++
      if (at === text.length) break
      const c = text[at]
      if (next === 'comma' || (next === 'first' && c === ']')) {
        if (c !== ',' && c !== ']') throw new Error(message)
        next = c === ',' ? 'item' : 'nothing'
        at++
        continue
      }
      if (next === 'nothing') throw new Error(message)
      const end = endOfValue(text, at)
      if (end < 0) break
      next = 'comma'
      number++
      const part = text.slice(at, end)
      at = end
      if (!take(part, number)) return false
    }
    rest = text.slice(at)
    if (isLast && (next !== 'nothing' || rest !== '')) throw new Error(message)
    return true
  }
  let isWanted = true
  return {
    add: (more, take) => {
      isWanted &&= add(more, take, false)
      return isWanted
    },
    finish: (take) => {
      if (isWanted) add('', take, true)
    },
  }
}

const isSpace = (c: number): boolean => c === 32 || c === 10 || c === 13 || c === 9

/** Behind a value; -1 when its end is not there. Brackets are counted, whichever they are: parsing finds those that do not fit. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === 34) {
      at = endOfString(text, at)
      if (at < 0) return -1
      if (depth === 0) return at + 1
    } else if (c === 123 || c === 91) depth++
    else if (c === 125 || c === 93) {
      if (depth === 0) return at
      if (--depth === 0) return at + 1
    } else if (depth === 0 && (c === 44 || isSpace(c))) return at
  }
  return -1
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return -1
}
