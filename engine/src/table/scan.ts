/**
 * The cells of a delimited text as places in it. Cell `i` is `text[starts[i], ends[i])`; an end below zero is `~end` of a
 * quoted cell with doubled quotes. Record `r` has the cells `[firstCell[r], firstCell[r + 1])` and begins at line `lines[r]`.
 */
export interface Scan {
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly firstCell: Int32Array
  readonly lines: Int32Array
  readonly records: number
  /** Records that open a quote which is not closed where a cell ends: they end with their line. */
  readonly unclosed: ReadonlySet<number>
  /** The first of them after whose quote no other stands alone: in a longer text it may be closed. */
  readonly open?: number
}

/** Where cutting starts: behind a byte order mark, or behind a line that is no record. */
export interface ScanStart {
  readonly offset: number
  readonly line: number
}

const quote = 34
const lineFeed = 10
const carriageReturn = 13

/** Cuts at most `limit` records. Empty lines are no records. */
export function scanDelimited(text: string, from: ScanStart, delimiter: string, limit: number): Scan {
  const separator = delimiter.charCodeAt(0)
  const length = text.length
  let starts = new Int32Array(1024)
  let ends = new Int32Array(1024)
  let firstCell = new Int32Array(256)
  let lines = new Int32Array(256)
  let cells = 0
  let records = 0
  let { line, offset: at } = from
  const unclosed = new Set<number>()
  let open: number | undefined

  while (at < length && records < limit) {
    const first = text.charCodeAt(at)
    if (first === lineFeed || first === carriageReturn) {
      at = afterLineEnd(text, at)
      line++
      continue
    }
    if (records + 1 >= firstCell.length) {
      firstCell = grown(firstCell)
      lines = grown(lines)
    }
    firstCell[records] = cells
    lines[records] = line
    for (;;) {
      if (cells === starts.length) {
        starts = grown(starts)
        ends = grown(ends)
      }
      let start = at
      let end = at
      let doubled = false
      if (text.charCodeAt(at) === quote) {
        start = at + 1
        let close = text.indexOf('"', start)
        while (close >= 0 && text.charCodeAt(close + 1) === quote) {
          doubled = true
          close = text.indexOf('"', close + 2)
        }
        const after = close < 0 ? length : endOfCell(text, close + 1, separator)
        const isQuoted = close >= 0 && (after === close + 1 || text.slice(close + 1, after).trim() === '')
        let feeds = 0
        for (let feed = text.indexOf('\n', start); feed >= 0 && feed < close; feed = text.indexOf('\n', feed + 1))
          feeds++
        if (isQuoted) {
          end = close
          at = after
          line += feeds
        } else {
          // Not a quoted cell after all ("5" wide): the text stands as it is, up to the end of its line.
          start = at
          doubled = false
          if (close < 0) open ??= records
          if (close < 0 || feeds > 0) unclosed.add(records)
          at = close < 0 || feeds > 0 ? endOfCell(text, start, separator) : after
          end = at
        }
      } else {
        at = endOfCell(text, at, separator)
        end = at
      }
      starts[cells] = start
      ends[cells] = doubled ? ~end : end
      cells++
      if (at < length && text.charCodeAt(at) === separator) at++
      else break
    }
    at = afterLineEnd(text, at)
    line++
    records++
  }
  firstCell[records] = cells
  return { starts, ends, firstCell, lines, records, unclosed, ...(open !== undefined && { open }) }
}

/** The text of one cell, quotes undone. */
export function cellText(text: string, scan: Scan, cell: number): string {
  const start = scan.starts[cell] as number
  const end = scan.ends[cell] as number
  return end < 0 ? text.slice(start, ~end).replaceAll('""', '"') : text.slice(start, end)
}

function endOfCell(text: string, from: number, separator: number): number {
  let at = from
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === separator || c === lineFeed || c === carriageReturn) break
  }
  return at
}

function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
