import type { Formats, HeaderColumn } from '../ir/model.ts'
import { grown, textOf, utf8 } from './bytes.ts'
import { hasValues, makeTable } from './columns.ts'
import { textCollector } from './distinct.ts'
import {
  type Cells,
  cellsOf,
  declaredType,
  type InferOptions,
  numberFormats,
  numbersColumn,
  type ReadColumn,
  readColumn,
} from './infer.ts'
import { markEmptier, marksOf } from './missing.ts'
import { type NumberFormat, numberReader } from './numberReader.ts'
import { isMostly, isPresent, numberCollector } from './numbers.ts'
import { begin, headerBelowTitle, type Opening } from './opening.ts'
import {
  assemble,
  headerNames,
  knownType,
  type NamedColumn,
  type ReadAs,
  type ReadTable,
  repeatedHeaders,
  specsByHeader,
  type Wanted,
} from './reading.ts'
import { type Batch, cellBytes, createRecordCounter, longestRecord, nextRecord, type Scanner } from './scan.ts'
import type { Rejected } from './table.ts'

export interface DelimitedOptions extends Wanted {
  /** Found out from the first lines when not given: comma, semicolon, tab or bar. */
  readonly delimiter?: string
  readonly formats?: Formats
  /** The line of the header; what stands above is not read. */
  readonly headerRow?: number
  /** Read only so many data rows. */
  readonly limit?: number
  /** With `limit`: the rows behind them are counted. */
  readonly countsAll?: boolean
  /** The text is the head of a longer one: a quote that is not closed in it may be closed later. */
  readonly isHead?: boolean
  /** Bytes of the whole text, as far as is known: so that columns need not be moved when they grow. */
  readonly bytes?: number
}

/**
 * Reads comma-separated text and its kin (RFC 4180 and what Excel writes: byte order mark, `sep=;`, CRLF, `;`, decimal comma).
 * Types come from all rows; an empty cell is missing; what cannot be read is in `rejected` with line and reason.
 * A text without a header gives an empty table. Throws when a line is longer than anything that is meant.
 */
export function readDelimited(text: string, options: DelimitedOptions = {}): ReadTable {
  const bytes = utf8(text)
  return readTwice(options, (reader) => {
    reader.add(bytes)
    return reader.finish()
  })
}

/** Reads as often as it has to be: once, or twice when a column turns out otherwise than its first rows. */
function readTwice(
  options: DelimitedOptions,
  read: (reader: DelimitedReader) => ReadTable | Again,
  again?: Again,
): ReadTable {
  const result = read(delimitedReader(options, again))
  return 'table' in result ? result : readTwice(options, read, result)
}

/** Takes a text bit by bit, in UTF-8, and keeps only the values of its columns. */
export interface DelimitedReader {
  /** False when no more is needed. */
  readonly add: (bytes: Uint8Array) => boolean
  /** The table; or what to read the same text again with, because a column turned out otherwise than its first rows. */
  readonly finish: () => ReadTable | Again
}

/** What a reading of the text found, for the next one. */
export interface Again {
  /** The columns that are read already. */
  readonly collected: readonly (Collector | undefined)[]
  /** Columns that are of text, or of something that all their texts decide. */
  readonly isText: readonly boolean[]
  /** How a column writes its numbers shows in columns that are not wanted. */
  readonly asksOthers: boolean
}

interface Collector {
  readonly add?: (batch: Batch, column: number, firstRow: number) => void
  /** Undefined when the column has to be collected as text. */
  readonly finish: (options: InferOptions) => ReadColumn | undefined
}

interface Header {
  readonly cells: readonly string[]
  readonly headers: readonly string[]
  readonly columns: readonly ReadAs[]
  readonly spans: readonly { readonly start: number; readonly end: number }[]
}

/** Of a text of blank lines. */
const nothing = (): ReadTable => ({
  table: makeTable([], 0),
  rejected: [],
  header: [],
  rows: 0,
  notes: [],
  warnings: [],
  unread: 0,
})

/** How much is waited for before records are cut: at first, and then for each batch of them. */
const usual = { head: 1 << 16, batch: 1 << 20 }
const batchRecords = 256
const sampledRows = 1000

export function delimitedReader(options: DelimitedOptions, again?: Again, bytes = usual): DelimitedReader {
  const formats = options.formats ?? {}
  const limit = options.limit ?? Number.POSITIVE_INFINITY
  const rest = createRecordCounter()
  const rejected: Rejected[] = []
  /** Rows from which on the line is so far from the row. */
  const lines: { readonly row: number; readonly line: number }[] = []
  let buffer = new Uint8Array(bytes.batch)
  let size = 0
  /** As many bytes are waited for: a long record is not cut again and again. */
  let wanted = bytes.head
  let scan: Scanner | undefined
  let opening: Opening | undefined
  let header: Header | undefined
  /** Of the columns that are read. */
  let collectors: (Collector | undefined)[] = []
  let samples: (Set<string> | undefined)[] = []
  /** Of the columns in which texts stand for a missing value. */
  let emptiers: (ReturnType<typeof markEmptier> | undefined)[] = []
  let length = 0
  let rows = 0
  let isDone = false
  /** Rows with more cells than the header, and the line of the first. */
  let wider = { count: 0, line: 0 }
  let isCutOff = false

  const infer = (column: number): InferOptions => ({
    spec: header?.columns[column]?.spec ?? {},
    formats,
    guessDecimalComma: scan?.separator === 59,
  })

  const reject = (of: Scanner, width: number, first: number): void => {
    const { cells, isUnclosed, recordLine: row, starts, ends } = of
    const last = ends[first + cells - 1] as number
    const end = last < 0 ? ~last : last
    // A sign between cells at the end of each line makes no title of the header.
    if (cells > width && end > (starts[first + cells - 1] as number))
      wider = { count: wider.count + 1, line: wider.line || row }
    const start = starts[first] as number
    const text = textOf(buffer, start, Math.min(end, start + 800)).slice(0, 200)
    const reason = isUnclosed
      ? 'a quote is opened here and not closed'
      : `has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header has ${width}`
    rejected.push({ row, column: '', text, reason, kind: 'row' })
  }

  /** Cuts the records that are there as a whole. */
  const cut = (isLast: boolean): void => {
    if (scan === undefined) {
      opening = begin(buffer.subarray(0, size), options, isLast)
      scan = opening?.scan
    }
    if (scan === undefined) {
      refuseLongLine(isLast)
      return
    }
    const from = scan.at
    let filled = 0
    let records = 0
    while (!isDone && nextRecord(scan, buffer, size, isLast, filled)) {
      if (options.isHead && scan.isOpen) isDone = true
      else if (header === undefined) {
        if (scan.recordLine < (options.headerRow ?? 0)) continue
        header = headerOf(buffer, scan, options)
        emptiers = header.columns.map(({ spec, isWanted }) => {
          const marks = isWanted || again?.asksOthers ? marksOf(spec, formats) : undefined
          return marks && markEmptier(marks)
        })
        wanted = Math.min(Math.max(bytes.batch, batchRecords * scan.at), 16 * bytes.batch)
        isDone = limit < 1
      } else {
        const width = header.cells.length
        rows++
        if (scan.cells === width && !scan.isUnclosed) {
          const { row, line } = lines.at(-1) ?? { row: 0, line: 2 }
          if (line - row !== scan.recordLine - length) lines.push({ row: length, line: scan.recordLine })
          filled += width
          records++
          length++
        } else {
          reject(scan, width, filled)
          const endsHere = isLast && scan.at >= size && !isLineEnd(buffer[size - 1])
          isCutOff = endsHere && (scan.isOpen || scan.cells < width)
        }
        isDone = rows >= limit
      }
    }
    if (header !== undefined && records > 0) {
      const { starts, ends } = scan
      collect({ bytes: buffer, starts, ends, width: header.cells.length, records }, length - records)
    }
    if (scan.at === from) refuseLongLine(isLast)
  }

  const refuseLongLine = (isLast: boolean): void => {
    if (size >= longestRecord && !isLast)
      throw new Error(
        `line ${scan?.line ?? 1} is longer than ${longestRecord / 1024 / 1024} MB; look there for line ends that are missing`,
      )
  }

  const collect = (batch: Batch, firstRow: number): void => {
    for (const [column, empty] of emptiers.entries()) empty?.(batch, column)
    if (collectors.length === 0) {
      const expected = expectedRows(batch)
      collectors = (header as Header).columns.map(({ isWanted }, column) =>
        isWanted || again?.asksOthers
          ? (again?.collected[column] ??
            collectorFor(batch, column, infer(column), expected, again?.isText[column] === true))
          : undefined,
      )
      samples = collectors.map((collector, column) => collector && samplesOf(batch, column))
    }
    for (const [column, collector] of collectors.entries()) {
      if (again?.collected[column] === undefined) collector?.add?.(batch, column, firstRow)
    }
  }

  /** As many as there are if all rows are as long as the first ones, and some more. */
  const expectedRows = ({ records }: Batch): number => {
    const rows = ((options.bytes ?? 0) / Math.max(1, scan?.at ?? 0)) * records * 1.1
    return Math.ceil(Math.max(records, Math.min(rows, limit)))
  }

  return {
    add(more) {
      if (isDone) {
        if (options.countsAll) rest.add(more)
        return options.countsAll === true
      }
      if (size + more.length > buffer.length) buffer = grown(buffer, size + more.length)
      buffer.set(more, size)
      size += more.length
      if (size < wanted) return true
      cut(false)
      if (scan !== undefined && header !== undefined) {
        buffer.copyWithin(0, scan.at, size)
        size -= scan.at
        scan.at = 0
      }
      wanted = Math.max(wanted, size * 2)
      if (isDone && options.countsAll) rest.add(buffer.subarray(0, size))
      return !isDone || options.countsAll === true
    },
    finish() {
      if (!isDone) {
        cut(true)
        if (isDone && options.countsAll) rest.add(buffer.subarray(scan?.at ?? 0, size))
      }
      if (header === undefined) return nothing()
      const { columns, spans, cells, headers } = header
      if (collectors.length === 0) collect({ ...emptyBatch, width: columns.length }, 0)
      const first = collectors.map((collector, column) => collector?.finish(infer(column)))
      const isText = collectors.map((collector, column) => collector !== undefined && first[column] === undefined)
      const collected = collectors.map(
        (collector, column) => first[column] && collector && { finish: collector.finish },
      )
      if (isText.includes(true)) return { collected, isText, asksOthers: again?.asksOthers ?? false }

      const withCommas = (read: ReadColumn, column: number) =>
        withDecimalComma(read, () => collectors[column]?.finish({ ...infer(column), prefersDecimalComma: true }))
      const isBlank =
        cells.every((cell) => cell.trim() === '') &&
        rejected.length === 0 &&
        limit > 0 &&
        (rows === 0 || first.every((read) => read && !hasValues(read.data)))
      if (isBlank) return nothing()

      const hasCommas =
        columns.some(({ spec }) => spec.number?.decimal === ',') || first.some((read) => read?.hasDecimalComma)
      const mayHave = !hasCommas && scan?.separator === 59 && collectors.includes(undefined)
      if (mayHave && first.some((read, column) => read && withCommas(read, column) !== read))
        return { collected, isText: again?.isText ?? [], asksOthers: true }

      const named = columns.map(({ name, spec, isWanted }, column): NamedColumn | undefined => {
        const found = first[column]
        if (!found || !isWanted) return undefined
        const other = withCommas(found, column)
        const read = hasCommas || other === found ? other : withThousandsNote(found, other)
        const span = spans[column] as Header['spans'][number]
        const header: HeaderColumn = { name, ...knownType(spec, read), span, samples: [...(samples[column] ?? [])] }
        return { name, spec, read, header }
      })
      const nameless = cells.filter((cell) => cell.trim() === '').length
      const isShort = wider.count > length || (nameless * 2 > cells.length && length > 0)
      const isTitle = isShort && options.headerRow === undefined
      const below = isTitle && opening ? headerBelowTitle(opening.records) : undefined
      const title = isTitle ? [titleText(cells, below ?? (wider.line || lineOf(0)))] : []
      const table = assemble(named, { count: length, rows: rows + rest.count(), lineOf, unit: 'line', rejected })
      return {
        ...table,
        ...(isCutOff && { isCutOff }),
        ...(below !== undefined && { headerRow: below }),
        warnings: [...title, ...repeatedHeaders(cells, headers), ...table.warnings],
      }
    },
  }

  function lineOf(row: number): number {
    let [low, high] = [0, lines.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((lines[middle] as { row: number }).row <= row) low = middle + 1
      else high = middle
    }
    const known = lines[low - 1] ?? { row: 0, line: 2 }
    return known.line + row - known.row
  }
}

/** Most rows have more cells than the first one. */
const titleText = ([first = '', ...others]: readonly string[], line: number): string =>
  `The first line (${JSON.stringify(first.slice(0, 60))}${others.length > 0 ? ', …' : ''}) fills fewer cells than most others: it looks like a title, not like the header. Say which line is the header, for example "header_row": ${line} in the manifest.`

const emptyBatch = { bytes: new Uint8Array(), starts: new Int32Array(), ends: new Int32Array(), records: 0 }
const isLineEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13

/** What a column is collected as: numbers when its first rows are, else text. */
function collectorFor(
  batch: Batch,
  column: number,
  options: InferOptions,
  expectedRows: number,
  isText: boolean,
): Collector {
  const declared = declaredType(options.spec)
  const isNumber = declared === 'number' || declared === 'integer'
  if (isNumber || (declared === undefined && !isText && looksNumeric(batch, column, options))) {
    const formats = isNumber ? likelyFormats(batch, column, options) : numberFormats(options)
    const { add, finish } = numberCollector(formats, expectedRows, isNumber ? declared : undefined)
    return {
      add,
      finish: (now) => {
        const read = finish(now.prefersDecimalComma ? 'last' : 'first')
        return read && numbersColumn(read, now)
      },
    }
  }
  const { add, finish } = textCollector(expectedRows)
  let cells: Cells | undefined
  return {
    add,
    finish: (now) => {
      cells ??= cellsOf(finish())
      return readColumn(cells, now)
    },
  }
}

function looksNumeric(batch: Batch, column: number, options: InferOptions): boolean {
  return numberFormats(options).some((format) => {
    const { good, bad, reader } = firstCells(batch, column, format)
    return isMostly(good, bad) && !reader.sawCode() && !reader.sawInexact()
  })
}

/** So many of the first cells tell how a declared column is not written. */
const decisive = 100

/** How the numbers of a declared column may be written: not as most of its first cells are not, when more are otherwise. */
function likelyFormats(batch: Batch, column: number, options: InferOptions): readonly NumberFormat[] {
  const formats = numberFormats(options)
  if (formats.length === 1) return formats
  const tried = formats.map((format) => ({ format, ...firstCells(batch, column, format) }))
  const isUnlikely = ({ good, bad }: { good: number; bad: number }): boolean =>
    bad >= decisive && bad > good && tried.some((other) => other.bad < bad)
  return tried.filter((each) => !isUnlikely(each)).map(({ format }) => format)
}

/** How many of the first cells are numbers in a format, and how many are not. */
function firstCells(batch: Batch, column: number, format: NumberFormat) {
  const reader = numberReader(format)
  let good = 0
  let bad = 0
  for (let record = 0; record < Math.min(batch.records, sampledRows); record++) {
    const bytes = cellBytes(batch, record * batch.width + column)
    if (!Number.isNaN(reader.read(bytes, 0, bytes.length))) good++
    else if (isPresent(textOf(bytes, 0, bytes.length).trim())) bad++
  }
  return { good, bad, reader }
}

/** A column in a file where another has decimal commas: `1.234` is no small number there. */
function withDecimalComma(read: ReadColumn, readAgain: () => ReadColumn | undefined): ReadColumn {
  if (read.hasDecimalComma || (read.data.type !== 'number' && read.data.type !== 'integer')) return read
  const again = readAgain()
  const isOther = again?.hasDecimalComma && again.bad.length <= read.bad.length && firstOther(again, read) >= 0
  return isOther ? again : read
}

/** A column of which nobody knows whether its points stand between thousands: what it would be then is `other`. */
function withThousandsNote(read: ReadColumn, other: ReadColumn): ReadColumn {
  const noteCell = firstOther(other, read)
  return noteCell < 0 ? read : { ...read, note: thousandsNote, noteCell }
}

/** The first cell with a number that is another one, or none, in another reading of the column. */
function firstOther(read: ReadColumn, other: ReadColumn): number {
  const others = numbersOf(other)
  return numbersOf(read).findIndex((value, row) => value !== others[row] && !Number.isNaN(value))
}

const thousandsNote =
  'Each point in it stands before three digits and is read as a decimal point. If it separates thousands, give the column "decimal": "," and "thousands": "." in the manifest.'

const numbersOf = ({ data }: ReadColumn): Float64Array =>
  data.type === 'number' || data.type === 'integer' ? data.values : new Float64Array()

function headerOf(bytes: Uint8Array, scan: Scanner, wanted: Wanted): Header {
  const { starts, ends } = scan
  const cells: string[] = []
  const spans: { start: number; end: number }[] = []
  let place = 0
  let letters = 0
  for (let cell = 0; cell < scan.cells; cell++) {
    const start = starts[cell] as number
    const stored = ends[cell] as number
    const raw = textOf(bytes, start, stored < 0 ? ~stored : stored)
    letters += textOf(bytes, place, start).length
    place = start
    const begin = letters + raw.length - raw.trimStart().length
    spans.push({ start: begin, end: Math.max(begin, letters + raw.trimEnd().length) })
    cells.push(stored < 0 ? raw.replaceAll('""', '"') : raw)
  }
  const headers = headerNames(cells)
  return { cells, headers, spans, columns: specsByHeader(headers, wanted) }
}

/** Up to five different texts, from the first thousand rows. */
function samplesOf(batch: Batch, column: number): Set<string> {
  const samples = new Set<string>()
  for (let row = 0; row < Math.min(batch.records, sampledRows) && samples.size < 5; row++) {
    const bytes = cellBytes(batch, row * batch.width + column)
    const text = textOf(bytes, 0, bytes.length).trim()
    if (text !== '') samples.add(text.slice(0, 100))
  }
  return samples
}
