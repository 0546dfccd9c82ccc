import { grown, isBlankByte, textOf } from './bytes.ts'

/**
 * Cuts records out of delimited text in UTF-8, wherever the text is cut itself. Cell `i` is `bytes[starts[i], ends[i])`; an end below
 * zero is `~end` of a quoted cell with doubled quotes.
 */
export interface Scanner {
  readonly separator: number
  starts: Int32Array<ArrayBuffer>
  ends: Int32Array<ArrayBuffer>
  /** Where the next record begins, and its line. */
  at: number
  line: number
  /** Of the record that was cut last. */
  cells: number
  recordLine: number
  /** It opens a quote that is not closed where a cell ends: it ends with its line. */
  isUnclosed: boolean
  /** No quote stands behind that one: in a longer text it may be closed. */
  isOpen: boolean
}

/** Longer than anything that is meant; what a quote has not closed until then is not closed. */
export const longestRecord = 128 * 1024 * 1024

const quote = 34
const lineFeed = 10
const carriageReturn = 13

export function createScanner(delimiter: string, at: number, line: number): Scanner {
  const own = { cells: 0, recordLine: line, isUnclosed: false, isOpen: false }
  const separator = delimiter.charCodeAt(0)
  return { separator, starts: new Int32Array(1024), ends: new Int32Array(1024), at, line, ...own }
}

/**
 * Cuts the next record of `bytes[0, end)`; its cells are kept from number `first` on. False when there is none, or none that is known
 * to be whole: more bytes may follow unless `isLast`. Empty lines are no records.
 */
export function nextRecord(scan: Scanner, bytes: Uint8Array, end: number, isLast: boolean, first: number): boolean {
  const { separator } = scan
  let at = scan.at
  for (; at < end; scan.at = at) {
    const c = bytes[at]
    if (c !== lineFeed && c !== carriageReturn) break
    const next = afterLineEnd(bytes, at, end, isLast)
    if (next < 0) return false
    at = next
    scan.line++
  }
  if (at >= end) return false
  let { starts, ends, line } = scan
  let cell = first
  let isUnclosed = false
  let isOpen = false
  for (;;) {
    let start = at
    let isDoubled = false
    if (at < end && bytes[at] === quote) {
      let close = bytes.indexOf(quote, at + 1)
      if (close >= end) close = -1
      while (close >= 0 && close + 1 < end && bytes[close + 1] === quote) {
        isDoubled = true
        close = bytes.indexOf(quote, close + 2)
        if (close >= end) close = -1
      }
      if (!isLast && (close < 0 || close + 1 >= end) && end - at < longestRecord) return false
      const after = close < 0 ? end : endOfCell(bytes, close + 1, end, separator)
      const isQuoted = close >= 0 && isBlank(bytes, close + 1, after)
      const feeds = close < 0 ? 0 : countFeeds(bytes, at + 1, close)
      if (isQuoted) {
        start = at + 1
        at = after
        line += feeds
        ends[cell] = isDoubled ? ~close : close
      } else {
        // Not a quoted cell after all ("5" wide): the text stands as it is, up to the end of its line.
        if (close < 0) isOpen = true
        const goesOn = close < 0 || feeds > 0
        if (goesOn) isUnclosed = true
        at = goesOn ? endOfCell(bytes, start, end, separator) : after
        ends[cell] = at
      }
    } else {
      while (at < end) {
        const c = bytes[at] as number
        if (c > carriageReturn ? c === separator : c === separator || c === lineFeed || c === carriageReturn) break
        at++
      }
      ends[cell] = at
    }
    starts[cell] = start
    cell++
    if (cell === starts.length) {
      starts = scan.starts = grown(starts)
      ends = scan.ends = grown(ends)
    }
    if (at < end && bytes[at] === separator) at++
    else break
  }
  const next = at < end ? afterLineEnd(bytes, at, end, isLast) : isLast ? end : -1
  if (next < 0) return false
  scan.recordLine = scan.line
  scan.line = line + 1
  scan.at = next
  scan.cells = cell - first
  scan.isUnclosed = isUnclosed
  scan.isOpen = isOpen
  return true
}

/** Records that were cut, all of as many cells: cell `record * width + column`. */
export interface Batch extends Pick<Scanner, 'starts' | 'ends'> {
  readonly bytes: Uint8Array
  readonly width: number
  readonly records: number
}

/** One cell, quotes undone. */
export function cellBytes({ bytes, starts, ends }: Omit<Batch, 'width' | 'records'>, cell: number): Uint8Array {
  const start = starts[cell] as number
  const stored = ends[cell] as number
  if (stored >= 0) return bytes.subarray(start, stored)
  const plain = new Uint8Array(~stored - start)
  let count = 0
  for (let at = start; at < ~stored; at++) {
    const c = bytes[at] as number
    plain[count++] = c
    if (c === quote && bytes[at + 1] === quote) at++
  }
  return plain.subarray(0, count)
}

/** Lines that are not blank, line ends inside quotes not counted: records of a text that nobody reads. */
export function createRecordCounter(): { readonly add: (bytes: Uint8Array) => void; readonly count: () => number } {
  let records = 0
  let isQuoted = false
  let isBlankLine = true
  return {
    add(bytes) {
      const { length } = bytes
      for (let i = 0; i < length; i++) {
        const c = bytes[i] as number
        if (c === quote) {
          isQuoted = !isQuoted
          isBlankLine = false
        } else if (c === lineFeed && !isQuoted) {
          if (!isBlankLine) records++
          isBlankLine = true
        } else if (c !== carriageReturn && c !== 32) isBlankLine = false
      }
    },
    count: () => records + (isBlankLine ? 0 : 1),
  }
}

function endOfCell(bytes: Uint8Array, from: number, end: number, separator: number): number {
  let at = from
  for (; at < end; at++) {
    const c = bytes[at]
    if (c === separator || c === lineFeed || c === carriageReturn) break
  }
  return at
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const c = bytes[at] as number
    if (!isBlankByte(c)) return c >= 0x80 && textOf(bytes, at, end).trim() === ''
  }
  return true
}

function countFeeds(bytes: Uint8Array, start: number, end: number): number {
  let feeds = 0
  for (let at = start; at < end; at++) if (bytes[at] === lineFeed) feeds++
  return feeds
}

/** Below zero when a line feed may follow that is not there yet. */
function afterLineEnd(bytes: Uint8Array, at: number, end: number, isLast: boolean): number {
  if (bytes[at] !== carriageReturn) return at + 1
  if (at + 1 >= end) return isLast ? at + 1 : -1
  return bytes[at + 1] === lineFeed ? at + 2 : at + 1
}
