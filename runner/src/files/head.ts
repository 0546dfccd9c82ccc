import { type DataKind, dataKind, dataText, Unreadable, unzipped, withFile } from './disk.ts'

/** How much of a text file is read for its header, types and sample values. An array says its names again in each item. */
const headBytes: Readonly<Record<'lines' | 'array', number>> = { lines: 256 * 1024, array: 4 * 1024 * 1024 }
/** When not even one record ends in the head, more is read: so many times as much, until there is this much. */
const growth = 8
const longestRecord = 128 * 1024 * 1024

/** The part of a text file of data that its header is read from: whole records only. @throws Unreadable */
export function readHead(path: string): string {
  const { kind, isZipped } = dataKind(path)
  return withFile(path, (file) => {
    for (let limit = headBytes[shapeOf(kind, path)]; ; limit *= growth) {
      const bytes = new Uint8Array(file.read(0, limit))
      const isWhole = file.size <= limit
      const text = dataText(isZipped ? unzipped(bytes, isWhole) : bytes)
      if (isWhole && (!isZipped || text.length <= limit)) return text
      const head = wholeRecords(text, kind)
      if (head !== undefined) return head
      if (text.includes('\0')) throw new Unreadable('it is not a text file')
      if (limit >= longestRecord) throw new Unreadable('its first record does not end')
    }
  })
}

/** The same part of a text that is open in an editor. */
export function headOf(text: string, path: string): string {
  const { kind } = dataKind(path)
  const limit = headBytes[shapeOf(kind, path)]
  return text.length > limit ? (wholeRecords(text.slice(0, limit), kind) ?? text) : text
}

const shapeOf = (kind: DataKind, path: string): 'lines' | 'array' =>
  kind === 'json' && /\.json(\.gz)?$/i.test(path) ? 'array' : 'lines'

/** A text that goes on, up to the end of a record; undefined when none ends in it. */
function wholeRecords(text: string, kind: DataKind): string | undefined {
  if (kind === 'json' && /^\uFEFF?\s*\[/.test(text)) return wholeItems(text)
  const end = text.lastIndexOf('\n')
  return end < 0 ? undefined : text.slice(0, end + 1)
}

/** An array that goes on, closed after its last whole item. */
function wholeItems(text: string): string | undefined {
  let depth = 0
  let end = -1
  for (let at = text.indexOf('['); at < text.length; at++) {
    const c = text[at]
    if (c === '"') {
      at = endOfString(text, at)
      if (at < 0) break
    } else if (c === '[' || c === '{') depth++
    else if (c === ']' || c === '}') {
      depth--
      if (depth === 1) end = at + 1
      if (depth === 0) return text
    }
  }
  return end < 0 ? undefined : `${text.slice(0, end)}]`
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}
