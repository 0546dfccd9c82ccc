import type { ColumnSpec, Formats, HeaderColumn } from '../ir/model.ts'
import { makeTable } from './columns.ts'
import { type Cells, type ReadColumn, readColumn } from './infer.ts'
import { assemble, headerNames, type ReadTable, repeatedHeaders, samplesOf, specsByHeader } from './reading.ts'
import { cellText, type Scan, type ScanStart, scanDelimited } from './scan.ts'
import type { Rejected } from './table.ts'

export interface DelimitedOptions {
  /** Found out from the first lines when not given: comma, semicolon, tab or bar. */
  readonly delimiter?: string
  readonly formats?: Formats
  /** By column name; `from` is the header in the text when it differs. */
  readonly columns?: Readonly<Record<string, ColumnSpec>>
  /** Read only so many data rows. */
  readonly limit?: number
  /** The text is the head of a longer one: a quote that is not closed in it may be closed later. */
  readonly isHead?: boolean
}

/**
 * Reads comma-separated text and its kin (RFC 4180 and what Excel writes: byte order mark, `sep=;`, CRLF, `;`, decimal comma).
 * Types come from all rows; an empty cell is missing; what cannot be read is in `rejected` with line and reason.
 * Never throws: a text without a header gives an empty table.
 */
export function readDelimited(text: string, options: DelimitedOptions = {}): ReadTable {
  const { from, named } = start(text)
  const delimiter = named ?? options.delimiter ?? guessDelimiter(text, from)
  const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : options.limit + 1
  const all = scanDelimited(text, from, delimiter, limit)
  const scan = options.isHead && all.open !== undefined ? { ...all, records: all.open } : all
  if (scan.records === 0) return { table: makeTable([], 0), rejected: [], header: [], rows: 0, notes: [] }

  const width = scan.firstCell[1] as number
  const { records, rejected } = wellFormed(text, scan, width)
  const cells = Array.from({ length: width }, (_, column) => cellText(text, scan, column))
  const headers = headerNames(cells)
  const { names, specs } = specsByHeader(headers, options.columns ?? {})
  const formats = options.formats ?? {}
  const columnCells = names.map((_, column) => cellsOf(text, scan, records, column))
  const reads = readColumns(columnCells, specs, formats, delimiter === ';')
  const columns = names.map((name, column) => {
    const ofColumn = columnCells[column] as Cells
    const read = reads[column] as ReadColumn
    const header: HeaderColumn = {
      name,
      type: read.data.type,
      span: headerSpan(text, scan, column),
      samples: samplesOf(ofColumn),
    }
    return { name, spec: specs[column] ?? {}, cells: ofColumn, read, header }
  })
  const lineOf = (row: number): number => scan.lines[records[row] as number] as number
  const read = assemble(columns, { count: records.length, rows: scan.records - 1, lineOf, rejected })
  return { ...read, notes: [...repeatedHeaders(cells, headers), ...read.notes] }
}

/** Where one column has decimal commas, `1.234` in another is no small number. */
function readColumns(
  columns: readonly Cells[],
  specs: readonly ColumnSpec[],
  formats: Formats,
  guessDecimalComma: boolean,
): readonly ReadColumn[] {
  const optionsOf = (column: number) => ({ spec: specs[column] ?? {}, formats, guessDecimalComma })
  const reads = columns.map((cells, column) => readColumn(cells, optionsOf(column)))
  if (!reads.some(({ hasDecimalComma }) => hasDecimalComma)) return reads
  return reads.map((read, column) => {
    if (read.hasDecimalComma || read.data.type !== 'number') return read
    const again = readColumn(columns[column] as Cells, { ...optionsOf(column), prefersDecimalComma: true })
    return again.hasDecimalComma && again.bad.length <= read.bad.length ? again : read
  })
}

/** Numbers of the records that have as many cells as the header; the others are set aside. */
function wellFormed(text: string, scan: Scan, width: number): { records: Int32Array; rejected: Rejected[] } {
  const records = new Int32Array(Math.max(0, scan.records - 1))
  const rejected: Rejected[] = []
  let count = 0
  for (let record = 1; record < scan.records; record++) {
    const first = scan.firstCell[record] as number
    const cells = (scan.firstCell[record + 1] as number) - first
    const unclosed = scan.unclosed.has(record)
    if (cells === width && !unclosed) {
      records[count++] = record
      continue
    }
    const last = scan.ends[first + cells - 1] as number
    const source = text.slice(scan.starts[first] as number, last < 0 ? ~last : last).slice(0, 200)
    const reason = unclosed
      ? 'a quote is opened here and not closed'
      : `has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header has ${width}`
    rejected.push({ row: scan.lines[record] as number, column: '', text: source, reason, kind: 'row' })
  }
  return { records: records.subarray(0, count), rejected }
}

function cellsOf(text: string, scan: Scan, records: Int32Array, column: number): Cells {
  const { firstCell, starts, ends } = scan
  const place = (row: number): number => (firstCell[records[row] as number] as number) + column
  return {
    count: records.length,
    text: (row) => cellText(text, scan, place(row)),
    number: (reader, row) => {
      const cell = place(row)
      const end = ends[cell] as number
      return end < 0 ? Number.NaN : reader.read(text, starts[cell] as number, end)
    },
    time: (reader, row) => reader(cellText(text, scan, place(row)).trim()),
  }
}

function headerSpan(text: string, scan: Scan, column: number): { start: number; end: number } {
  let start = scan.starts[column] as number
  const stored = scan.ends[column] as number
  let end = stored < 0 ? ~stored : stored
  while (start < end && /\s/.test(text.charAt(start))) start++
  while (end > start && /\s/.test(text.charAt(end - 1))) end--
  return { start, end }
}

/** Where the records begin, and the delimiter if the text names it: Excel reads and writes `sep=;` as a line before the header. */
function start(text: string): { readonly from: ScanStart; readonly named?: string } {
  const offset = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const [line, named] = /^sep=(.)[ ,;\t|]*\r?(?:\n|$)/i.exec(text.slice(offset, offset + 200)) ?? []
  return line === undefined || named === undefined
    ? { from: { offset, line: 1 } }
    : { from: { offset: offset + line.length, line: 2 }, named }
}

/** The delimiter that cuts the first lines most evenly into the most cells. */
function guessDelimiter(text: string, from: ScanStart): string {
  let best = ','
  let bestScore = 0
  for (const delimiter of [',', ';', '\t', '|']) {
    const scan = scanDelimited(text, from, delimiter, 20)
    if (scan.records === 0) continue
    const width = scan.firstCell[1] as number
    if (width < 2) continue
    let even = 0
    for (let record = 0; record < scan.records; record++) {
      if ((scan.firstCell[record + 1] as number) - (scan.firstCell[record] as number) === width) even++
    }
    const score = (even / scan.records) * 1000 + width
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
