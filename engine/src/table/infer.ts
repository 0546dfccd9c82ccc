import type { ColumnSpec, Formats } from '../ir/model.ts'
import type { ValueType } from '../ir/values.ts'
import { instantType, numberType, textCodes } from './build.ts'
import { type DateReader, dateReader, hasTime, readIsoDate } from './datePattern.ts'
import { type NumberFormat, type NumberReader, numberReader } from './numberReader.ts'
import type { ColumnData } from './table.ts'

/** The cells of one column as text; an empty (or blank) one is missing. */
export interface Cells {
  readonly count: number
  readonly text: (cell: number) => string
  readonly number: (reader: NumberReader, cell: number) => number
  readonly time: (reader: DateReader, cell: number) => number
}

export interface BadCell {
  readonly cell: number
  readonly reason: string
}

/** A column with the cells that could not be read (missing in it), and what the author should know about its type. */
export interface ReadColumn {
  readonly data: ColumnData
  readonly bad: readonly BadCell[]
  readonly note?: string
  /** Its numbers are written with decimal commas, which nobody had said. */
  readonly hasDecimalComma?: true
}

export interface InferOptions {
  readonly spec: ColumnSpec
  readonly formats: Formats
  /** Where `;` separates cells, Excel writes decimal commas: try them when points do not fit. */
  readonly guessDecimalComma: boolean
  /** Other columns have decimal commas: a point may stand between thousands. */
  readonly prefersDecimalComma?: boolean
}

/** A column is of a type when fewer than this share of its present cells are not. */
const tolerated = 0.05

/** Types one column from all its cells, or reads it as the type it is declared to have. */
export function readColumn(cells: Cells, options: InferOptions): ReadColumn {
  const { spec, formats } = options
  const type = spec.type ?? (spec.format === undefined ? undefined : hasTime(spec.format) ? 'datetime' : 'date')
  return type === undefined ? inferColumn(cells, options) : declaredColumn(cells, type, spec, formats)
}

function declaredColumn(cells: Cells, type: ValueType, spec: ColumnSpec, formats: Formats): ReadColumn {
  switch (type) {
    case 'string':
      return { data: textData(cells), bad: [] }
    case 'boolean': {
      const attempt = readValues(cells, (cell) => readFlag(cells.text(cell).trim()), 'boolean', cells.count)
      return { data: { type, values: flags(attempt.values) }, bad: attempt.bad }
    }
    case 'number':
    case 'integer': {
      const reader = numberReader(numberFormat(formats))
      const read = (cell: number): number => {
        const value = cells.number(reader, cell)
        return type === 'integer' && !Number.isSafeInteger(value) ? Number.NaN : value
      }
      const wanted = type === 'integer' ? 'whole number' : 'number'
      const { values, bad } = readValues(cells, read, wanted, cells.count)
      return { data: { type, values }, bad }
    }
    case 'date':
    case 'datetime': {
      const pattern = spec.format ?? formats[type]
      const read = pattern === undefined ? readIsoDate : dateReader(pattern)
      const wanted = pattern === undefined ? 'date' : `date like '${pattern}'`
      const { values, bad } = readValues(cells, (cell) => cells.time(read, cell), wanted, cells.count)
      return { data: { type, values: type === 'date' ? values.map(startOfDay) : values }, bad }
    }
  }
}

function inferColumn(cells: Cells, options: InferOptions): ReadColumn {
  const { formats } = options
  let note: string | undefined
  for (const format of numberFormats(options)) {
    const reader = numberReader(format)
    const attempt = attemptValues(cells, (cell) => cells.number(reader, cell), 'number')
    if (reader.sawInexact()) {
      note = 'It holds whole numbers beyond 2^53, which have no exact value as a number, so it is read as text.'
      break
    }
    if (reader.sawCode()) break
    if (attempt) {
      const isGuess = formats.number === undefined && format.decimal === ','
      const data = { type: numberType(attempt.values), values: attempt.values }
      return { data, bad: attempt.bad, ...(isGuess && { hasDecimalComma: true }) }
    }
  }
  if (note === undefined) {
    const truth = attemptValues(cells, (cell) => readTruth(cells.text(cell).trim()), 'boolean')
    if (truth) return { data: { type: 'boolean', values: flags(truth.values) }, bad: truth.bad }
    for (const [read, wanted] of dateReaders(formats)) {
      const dates = attemptValues(cells, (cell) => cells.time(read, cell), wanted)
      if (dates) return { data: { type: instantType(dates.values), values: dates.values }, bad: dates.bad }
    }
  }
  return { data: textData(cells), bad: [], ...(note === undefined ? {} : { note }) }
}

interface Attempt {
  readonly values: Float64Array
  readonly bad: readonly BadCell[]
  readonly present: number
}

/** The column read this way, when all but a few of its cells can be. */
function attemptValues(cells: Cells, read: (cell: number) => number, wanted: string): Attempt | undefined {
  const attempt = readValues(cells, read, wanted, cells.count * tolerated)
  const good = attempt.present - attempt.bad.length
  return good > 0 && (attempt.bad.length === 0 || attempt.bad.length < attempt.present * tolerated)
    ? attempt
    : undefined
}

/** Stops early once there are more bad cells than `limit`. */
function readValues(cells: Cells, read: (cell: number) => number, wanted: string, limit: number): Attempt {
  const { count } = cells
  const values = new Float64Array(count).fill(Number.NaN)
  const bad: BadCell[] = []
  let present = 0
  for (let cell = 0; cell < count && bad.length <= limit; cell++) {
    const value = read(cell)
    if (!Number.isNaN(value)) {
      values[cell] = value
      present++
    } else {
      const text = cells.text(cell).trim()
      if (text === '' || isMissingMarker(text)) continue
      bad.push({ cell, reason: `not a ${wanted}` })
      present++
    }
  }
  return { values, bad, present }
}

/** What programs write for a missing number. In a text column these stay text. */
function isMissingMarker(text: string): boolean {
  return text === 'NaN' || text === 'nan' || text === 'null' || text === 'NULL'
}

function textData(cells: Cells): ColumnData {
  const { dictionary, codeOf } = textCodes()
  const codes = new Int32Array(cells.count)
  for (let cell = 0; cell < cells.count; cell++) {
    const text = cells.text(cell)
    codes[cell] = text === '' || text.trim() === '' ? -1 : codeOf(text)
  }
  return { type: 'string', codes, dictionary }
}

function readTruth(text: string): number {
  const lower = text.toLowerCase()
  return lower === 'true' ? 1 : lower === 'false' ? 0 : Number.NaN
}

function readFlag(text: string): number {
  const lower = text.toLowerCase()
  if (['true', 't', 'yes', 'y', '1'].includes(lower)) return 1
  return ['false', 'f', 'no', 'n', '0'].includes(lower) ? 0 : Number.NaN
}

function flags(values: Float64Array): Uint8Array {
  return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 2 : value))
}

function numberFormat(formats: Formats): NumberFormat {
  return { decimal: formats.number?.decimal ?? '.', thousands: formats.number?.thousands ?? '' }
}

function numberFormats({ formats, guessDecimalComma, prefersDecimalComma }: InferOptions): readonly NumberFormat[] {
  const declared = numberFormat(formats)
  if (formats.number !== undefined || !guessDecimalComma) return [declared]
  const guessed = { decimal: ',', thousands: '.' }
  return prefersDecimalComma ? [guessed, declared] : [declared, guessed]
}

function dateReaders(formats: Formats): readonly (readonly [DateReader, string])[] {
  const declared = [formats.date, formats.datetime].filter((pattern) => pattern !== undefined)
  return [[readIsoDate, 'date'], ...declared.map((pattern) => [dateReader(pattern), `date like '${pattern}'`] as const)]
}

function startOfDay(time: number): number {
  return Math.floor(time / 86_400_000) * 86_400_000
}
