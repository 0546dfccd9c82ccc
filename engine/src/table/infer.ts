import type { ColumnSpec, Formats, TruthWords } from '../ir/model.ts'
import type { ValueType } from '../ir/values.ts'
import { instantType, numberType, textCodes } from './build.ts'
import { type DateReader, dateReader, hasTime, readIsoDate } from './datePattern.ts'
import type { Distinct } from './distinct.ts'
import { marksOf, withoutNumbers } from './missing.ts'
import { type NumberFormat, type NumberReader, numberReader } from './numberReader.ts'
import { type BadCell, isMostly, isPresent, type Numbers } from './numbers.ts'
import type { ColumnData } from './table.ts'
import { wordsRead } from './truthWords.ts'

/** The values of a column, and which of them each of its cells has; an empty (or blank) cell is missing. */
export interface Cells {
  /** The number of the value in each row; -1 is an empty cell. */
  readonly codes: Int32Array<ArrayBuffer>
  /** How many values there are; the same one may be there more than once. */
  readonly count: number
  /** All of them as text, where no two are the same. */
  readonly texts?: readonly string[]
  readonly text: (value: number) => string
  readonly number: (reader: NumberReader, value: number) => number
  readonly time: (reader: DateReader, value: number) => number
}

export function cellsOf({ texts, codes }: Distinct): Cells {
  const text = (value: number): string => texts[value] as string
  return {
    codes,
    count: texts.length,
    texts,
    text,
    number: ({ readText }, value) => readText(text(value)),
    time: (read, value) => read(text(value).trim()),
  }
}

/** A column with the cells that could not be read (missing in it), and what the author should know about its type. */
export interface ReadColumn {
  readonly data: ColumnData
  readonly bad: readonly BadCell[]
  readonly note?: string
  /** The first cell that the note is about. */
  readonly noteCell?: number
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

/** The type that a column is declared to have. */
export function declaredType({ type, format, number, truth }: ColumnSpec): ValueType | undefined {
  if (type !== undefined) return type
  if (number) return 'number'
  if (truth) return 'boolean'
  return format === undefined ? undefined : hasTime(format) ? 'datetime' : 'date'
}

/** Types one column from all its cells, or reads it as the type it is declared to have. */
export function readColumn(cells: Cells, options: InferOptions): ReadColumn {
  const type = declaredType(options.spec)
  return type === undefined ? inferColumn(cells, options) : declaredColumn(cells, type, options)
}

function declaredColumn(cells: Cells, type: ValueType, { spec, formats }: InferOptions): ReadColumn {
  switch (type) {
    case 'string':
      return { data: textData(cells), bad: [] }
    case 'boolean': {
      const read = flagReader(spec.truth)
      const { values, bad } = readValues(cells, (value) => read(cells.text(value).trim()), truthText(spec.truth))
      return { data: { type, values: flags(values) }, bad }
    }
    case 'number':
    case 'integer': {
      const reader = numberReader(numberFormat({ spec, formats }))
      const read = (value: number): number => {
        const number = cells.number(reader, value)
        return type === 'integer' && !Number.isSafeInteger(number) ? Number.NaN : number
      }
      const { values, bad } = readValues(cells, read, type === 'integer' ? 'whole number' : 'number')
      return numbersOf(type, withoutNumbers(values, marksOf(spec, formats)), bad, reader.sawInexact())
    }
    case 'date':
    case 'datetime': {
      const pattern = spec.format ?? formats[type]
      const read = pattern === undefined ? readIsoDate : dateReader(pattern)
      const wanted = pattern === undefined ? 'date' : `date like '${pattern}'`
      const { values, bad } = readValues(cells, (value) => cells.time(read, value), wanted)
      if (type === 'datetime') return { data: { type, values }, bad }
      const days = values.map(startOfDay)
      const isCut = values.some((time, row) => !Number.isNaN(time) && time !== days[row])
      return { data: { type, values: days }, bad, ...(isCut && { note: cutNote }) }
    }
  }
}

/** Numbers that were asked for: those beyond 2^53 are the nearest that there are, which is said; among whole ones they were refused. */
function numbersOf(
  type: 'number' | 'integer',
  values: Float64Array,
  bad: readonly BadCell[],
  isInexact: boolean,
): ReadColumn {
  return { data: { type, values }, bad, ...(isInexact && type === 'number' && { note: roundedNote }) }
}

export const roundedNote =
  'It holds whole numbers beyond 2^53, of which the last digits are not kept; write them as text where they are codes.'
const cutNote = 'It holds times of day, which are left off, as its type is date; "datetime" keeps them.'
export const inexactNote =
  'It holds whole numbers beyond 2^53, which have no exact value as a number, so it is read as text.'

function inferColumn(cells: Cells, options: InferOptions): ReadColumn {
  const counts = countsOf(cells)
  const attempt = (read: Read, wanted: string): Attempt | undefined =>
    isTolerable(cells, counts, read) ? readValues(cells, read, wanted) : undefined
  for (const format of numberFormats(options)) {
    const reader = numberReader(format)
    const read = attempt((value) => cells.number(reader, value), 'number')
    if (read === undefined) continue
    if (reader.sawInexact())
      return { data: textData(cells), bad: [], note: inexactNote, noteCell: firstInexact(cells, format) }
    if (reader.sawCode()) break
    return numbersColumn({ ...read, format, isInexact: false }, options)
  }
  const truth = attempt((value) => readTruth(cells.text(value).trim()), 'boolean')
  if (truth) return { data: { type: 'boolean', values: flags(truth.values) }, bad: truth.bad }
  for (const [read, wanted] of dateReaders(options.formats)) {
    const dates = attempt((value) => cells.time(read, value), wanted)
    if (dates) return { data: { type: instantType(dates.values), values: dates.values }, bad: dates.bad }
  }
  return { data: textData(cells), bad: [] }
}

/** The first cell with a whole number beyond 2^53. */
function firstInexact(cells: Cells, format: NumberFormat): number {
  const reader = numberReader(format)
  const isRead = new Uint8Array(cells.count)
  return cells.codes.findIndex((value) => {
    if (value >= 0 && isRead[value] === 0) cells.number(reader, value)
    if (value >= 0) isRead[value] = 1
    return reader.sawInexact()
  })
}

/** A column of numbers; where nobody declared which, of whole ones if all are. */
export function numbersColumn(
  { values: all, bad, format, isInexact }: Numbers,
  { spec, formats }: InferOptions,
): ReadColumn {
  const values = withoutNumbers(all, marksOf(spec, formats))
  const isGuess = (spec.number ?? formats.number) === undefined && format.decimal === ','
  const type = spec.type === 'integer' || spec.type === 'number' ? spec.type : numberType(values)
  return { ...numbersOf(type, values, bad, isInexact), ...(isGuess && { hasDecimalComma: true }) }
}

interface Attempt {
  readonly values: Float64Array
  readonly bad: readonly BadCell[]
}

/** What a value is, read in some way; NaN when it is none of that kind. */
type Read = (value: number) => number

function countsOf({ count, codes }: Cells): Int32Array {
  const counts = new Int32Array(count)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code >= 0) counts[code] = (counts[code] as number) + 1
  }
  return counts
}

/** Whether all but a few cells can be read this way. Looks at each value once, and stops when too many cannot. */
function isTolerable({ count, text, codes }: Cells, counts: Int32Array, read: Read): boolean {
  let good = 0
  let bad = 0
  for (let value = 0; value < count; value++) {
    const cells = counts[value] as number
    if (!Number.isNaN(read(value))) good += cells
    else if (isPresent(text(value).trim())) bad += cells
    if (bad > codes.length * 0.05) return false
  }
  return isMostly(good, bad)
}

/** Every cell read through its value. */
function readValues({ count, text, codes }: Cells, read: Read, wanted: string): Attempt {
  const reason = `not a ${wanted}`
  const numbers = new Float64Array(count)
  const isBad = new Uint8Array(count)
  for (let value = 0; value < count; value++) {
    const number = read(value)
    numbers[value] = number
    if (Number.isNaN(number) && isPresent(text(value).trim())) isBad[value] = 1
  }
  const values = new Float64Array(codes.length)
  const bad: BadCell[] = []
  for (let cell = 0; cell < codes.length; cell++) {
    const value = codes[cell] as number
    values[cell] = value < 0 ? Number.NaN : (numbers[value] as number)
    if (value >= 0 && isBad[value] === 1) bad.push({ cell, text: text(value).slice(0, 200), reason })
  }
  return { values, bad }
}

function textData({ count, text, texts, codes }: Cells): ColumnData {
  if (texts !== undefined) return { type: 'string', codes, dictionary: texts }
  const { dictionary, codeOf } = textCodes()
  const own = Int32Array.from({ length: count }, (_, value) => codeOf(text(value)))
  return { type: 'string', codes: codes.map((value) => (value < 0 ? -1 : (own[value] as number))), dictionary }
}

function readTruth(text: string): number {
  const lower = text.toLowerCase()
  return lower === 'true' ? 1 : lower === 'false' ? 0 : Number.NaN
}

/** 1, 0, or NaN for what is neither. */
function flagReader(said: TruthWords | undefined): (text: string) => number {
  const words = wordsRead(said)
  const known = new Map([
    ...words.false.map((word) => [word, 0] as const),
    ...words.true.map((word) => [word, 1] as const),
  ])
  return (text) => known.get(text.toLowerCase()) ?? Number.NaN
}

const truthText = ({ true: yes, false: no }: TruthWords = {}): string => {
  const words = [...(yes ?? []), ...(no ?? [])].map((word) => `'${word}'`)
  return words.length === 0 ? 'boolean' : `boolean like ${words.join(' or ')}`
}

function flags(values: Float64Array): Uint8Array {
  return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 2 : value))
}

/** How the numbers of a column are written: as it says itself, else as all do. */
export function numberFormat({ spec, formats }: Pick<InferOptions, 'spec' | 'formats'>): NumberFormat {
  const { decimal = '.', thousands = '' } = spec.number ?? formats.number ?? {}
  return { decimal, thousands }
}

/** How numbers may be written, in the order in which it is tried. */
export function numberFormats(options: InferOptions): readonly NumberFormat[] {
  const { spec, formats, guessDecimalComma, prefersDecimalComma } = options
  const declared = numberFormat(options)
  if ((spec.number ?? formats.number) !== undefined || !guessDecimalComma) return [declared]
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
