import type { ColumnSpec, Formats, HeaderColumn } from '../ir/model.ts'
import { columnOf, dayMs } from './build.ts'
import { cellObject } from './columns.ts'
import { type Cells, declaredType, type ReadColumn, readColumn, roundedNote } from './infer.ts'
import { isMark, type Marks, marksOf, withoutNumbers } from './missing.ts'
import type { BadCell } from './numbers.ts'
import {
  assemble,
  headerNames,
  knownType,
  type NamedColumn,
  type ReadTable,
  repeatedHeaders,
  samplesOf,
  specsByHeader,
  type Wanted,
} from './reading.ts'
import type { Rejected } from './table.ts'

/** A cell of which its file says itself that there is no value to be had: `#DIV/0!`. */
export class NoValue {
  /** What stands there. */
  readonly text: string
  /** The end of "it is …". */
  readonly reason: string
  constructor(text: string, reason: string) {
    this.text = text
    this.reason = reason
  }
}

/** A time of day or a duration, for which tables have no type: text such as `08:30:00`, or days where a number is asked for. */
export class TimeValue {
  readonly text: string
  readonly days: number
  constructor(text: string, days: number) {
    this.text = text
    this.days = days
  }
}

/** A column of values that have types of their own: numbers, text, booleans, dates; `null` and `undefined` are missing. */
export interface TypedColumn {
  readonly header: string
  readonly values: readonly unknown[]
}

export interface TypedRows {
  readonly count: number
  /** Data rows met, those set aside included. */
  readonly rows: number
  /** The number in the file of a row. */
  readonly lineOf: (row: number) => number
  /** Rows already set aside. */
  readonly rejected: readonly Rejected[]
}

export interface TypedOptions extends Wanted {
  readonly formats?: Formats | undefined
}

/**
 * Reads columns of values that have types of their own. Values of one type keep it; text is a date when all of it is ISO dates, and
 * else meant as text. Where values have several types, the column is of the one that nearly all of them can be read as.
 */
export function readTyped(
  given: readonly TypedColumn[],
  rows: TypedRows,
  { formats = {}, ...wanted }: TypedOptions,
): ReadTable {
  const written = given.map(({ header }) => header)
  const headers = headerNames(written)
  const named = specsByHeader(headers, wanted).map(({ name, spec, isWanted }, column): NamedColumn | undefined => {
    if (!isWanted) return undefined
    const values = present((given[column] as TypedColumn).values, marksOf(spec, formats))
    const cells = cellsOf(values)
    const read = readTypedColumn(values, cells, spec, formats)
    const header: HeaderColumn = { name, ...knownType(spec, read), samples: samplesOf(cells) }
    return { name, spec, read, header }
  })
  const table = assemble(named, rows)
  return { ...table, warnings: [...repeatedHeaders(written, headers), ...table.warnings] }
}

/** Columns of a file that brings their types, from left to right; undefined where one is not wanted. */
export interface OwnColumns {
  readonly headers: readonly string[]
  readonly columns: readonly (ReadColumn | undefined)[]
}

/** Reads columns that bring their own types: under the names and with the types that are declared, without rows that lack a value. */
export function readOwn(
  { headers, columns }: OwnColumns,
  count: number,
  { formats = {}, ...wanted }: TypedOptions,
): ReadTable {
  const named = specsByHeader(headers, wanted).map(({ name, spec }, column): NamedColumn | undefined => {
    const brought = columns[column]
    if (!brought) return undefined
    const own = withoutMarks(brought, marksOf(spec, formats))
    const type = declaredType(spec) ?? own.data.type
    const header: HeaderColumn = { name, type, samples: [] }
    if (type === own.data.type) return { name, spec, read: own, header }
    const values: unknown[] = Array.from({ length: count }, (_, row) => cellObject(own.data, row))
    for (const { cell, text, reason } of own.bad) values[cell] = new NoValue(text, reason)
    return { name, spec, read: readTypedColumn(values, cellsOf(values), spec, formats), header }
  })
  return assemble(named, { count, rows: count, lineOf: (row) => row + 1, rejected: [] })
}

/** A column of a file with types of its own, without the texts and numbers that are marks. */
function withoutMarks(read: ReadColumn, marks: Marks | undefined): ReadColumn {
  const { data } = read
  if (marks === undefined) return read
  if (data.type === 'string') {
    const isGone = data.dictionary.map((text) => isMark(marks, text))
    return { ...read, data: { ...data, codes: data.codes.map((code) => (isGone[code] ? -1 : code)) } }
  }
  if (data.type !== 'number' && data.type !== 'integer') return read
  return { ...read, data: { ...data, values: withoutNumbers(data.values, marks) } }
}

/** Without those that stand for a missing value. */
function present(values: readonly unknown[], marks: Marks | undefined): readonly unknown[] {
  if (marks === undefined) return values
  return values.map((value) => (isMark(marks, value instanceof NoValue ? value.text : value) ? undefined : value))
}

/** One column, as it is declared or as its values are. */
function readTypedColumn(values: readonly unknown[], cells: Cells, spec: ColumnSpec, formats: Formats): ReadColumn {
  const bad: BadCell[] = []
  for (const [cell, value] of values.entries())
    if (value instanceof NoValue) bad.push({ cell, text: value.text, reason: value.reason })
  if (bad.length === 0) return readGood(values, cells, spec, formats)
  const good = values.map((value) => (value instanceof NoValue ? undefined : value))
  const read = readGood(good, cellsOf(good), spec, formats)
  return { ...read, bad: [...bad, ...read.bad] }
}

function readGood(values: readonly unknown[], cells: Cells, spec: ColumnSpec, formats: Formats): ReadColumn {
  const as = (own: ColumnSpec) => readColumn(cells, { spec: own, formats, guessDecimalComma: false })
  if (declaredType(spec) !== undefined) return as(spec)
  if (values.some((value) => typeof value === 'bigint')) return as({})
  const kinds = kindsOf(values)
  if (kinds.has('text') && kinds.size === 1) {
    // Text of such a file is meant as text: only dates, which some cannot write otherwise, are recognised.
    const read = as({})
    return read.data.type === 'date' || read.data.type === 'datetime' ? read : as({ type: 'string' })
  }
  const isNumeric = !kinds.has('text') && !kinds.has('date')
  if (isNumeric || (kinds.has('date') && kinds.size === 1)) return withNote({ data: columnOf(values), bad: [] }, values)
  const read = as({})
  if (read.data.type !== 'string') return read
  return { ...read, note: `It holds ${[...kinds].map((kind) => words[kind]).join(' and ')}, so it is read as text.` }
}

type Kind = 'number' | 'boolean' | 'date' | 'text'

const words: Readonly<Record<Kind, string>> = {
  number: 'numbers',
  boolean: 'true/false',
  date: 'dates',
  text: 'text',
}

function kindsOf(values: readonly unknown[]): ReadonlySet<Kind> {
  const kinds = new Set<Kind>()
  for (const value of values) {
    if (value === null || value === undefined || value === '') continue
    if (typeof value === 'number') kinds.add('number')
    else if (typeof value === 'boolean') kinds.add('boolean')
    else kinds.add(value instanceof Date ? 'date' : 'text')
  }
  return kinds
}

/** Whole numbers that came through float64 and may have been others; a column with fractions holds no codes. */
function withNote(read: ReadColumn, values: readonly unknown[]): ReadColumn {
  if (!values.some(isRounded) || values.some((value) => typeof value === 'number' && !Number.isInteger(value)))
    return read
  return { ...read, note: roundedNote }
}

const isRounded = (value: unknown): boolean =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21

/** Each cell is a value of its own. */
function cellsOf(values: readonly unknown[]): Cells {
  const asText = textOf(values)
  const text = (row: number): string => asText(values[row])
  return {
    codes: Int32Array.from(values, (_, row) => (text(row).trim() === '' ? -1 : row)),
    count: values.length,
    text,
    number: (reader, row) => {
      const value = values[row]
      if (typeof value === 'number' || typeof value === 'boolean') return Number(value)
      if (value instanceof TimeValue) return value.days
      if (value instanceof Date) return Number.NaN
      return reader.readText(text(row))
    },
    time: (reader, row) => {
      const value = values[row]
      return value instanceof Date ? value.getTime() : reader(text(row).trim())
    },
  }
}

/** How values are written: dates without a time of day where none has one. */
export function textOf(values: readonly unknown[]): (value: unknown) => string {
  const isDay = values.every((value) => !(value instanceof Date) || value.getTime() % dayMs === 0)
  return (value) => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return value
    if (value instanceof NoValue || value instanceof TimeValue) return value.text
    if (!(value instanceof Date)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
    return isDay ? value.toISOString().slice(0, 10) : value.toISOString().replace('.000Z', 'Z')
  }
}
