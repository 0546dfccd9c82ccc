import { NoValue, TimeValue } from '@modeldriver/engine'
import { clock } from './units.ts'
import { type Book, type Sheet, stringsOf, unescaped, xmlPieces } from './xlsxBook.ts'

/** A row of a sheet that has a value. */
export interface SheetRow {
  /** As Excel counts: from 1. */
  readonly number: number
  readonly cells: readonly SheetCell[]
}

export interface SheetCell {
  /** From 0. */
  readonly column: number
  readonly type: string
  readonly style: number
  /** As it is written in the file: a number, the number of a shared text, a text. */
  readonly text: string
  readonly formula?: string
}

/** A rectangle of cells that show the value of its first one. Numbers as Excel counts rows, columns from 0. */
export interface Merged {
  readonly ref: string
  readonly column: number
  readonly from: number
  readonly to: number
}

/** What is known of a sheet besides its rows: the first before, the others when the rows are read to the end. */
export interface SheetFrame {
  lastRow: number
  readonly merged: Merged[]
}

/** The rows of a sheet, one by one; rows without a value are left out. @throws Unreadable */
export function* sheetRows({ zip }: Book, { path }: Sheet, frame: SheetFrame): Iterable<SheetRow> {
  const ready: SheetRow[] = []
  let number = 0
  let cells: SheetCell[] = []
  let cell: { column: number; type: string; style: number; text: string; formula?: string } | undefined
  let column = -1
  let into: 'text' | 'formula' | undefined
  let phonetic = 0
  const pieces = xmlPieces(zip.read(path), {
    open: (name, { r, t = 'n', s = '0', ref = '' }) => {
      switch (name) {
        case 'row':
          number = r === undefined ? number + 1 : Number(r)
          cells = []
          column = -1
          break
        case 'c':
          column = r === undefined ? column + 1 : columnNumber(r)
          cell = { column, type: t, style: Number(s), text: '' }
          break
        case 'v':
        case 't':
          into = phonetic === 0 ? 'text' : undefined
          break
        case 'f':
          into = 'formula'
          if (cell) cell.formula = ''
          break
        case 'rPh':
          phonetic++
          break
        case 'dimension':
          frame.lastRow = rowNumber(ref)
          break
        case 'mergeCell':
          frame.merged.push(mergedOf(ref))
      }
    },
    text: (text) => {
      if (!cell || into === undefined) return
      if (into === 'text') cell.text += text
      else cell.formula += text
    },
    close: (name) => {
      if (name === 'rPh') phonetic--
      else if (name === 'c') {
        if (cell && (cell.text !== '' || cell.formula !== undefined)) cells.push(cell)
        cell = undefined
      } else if (name === 'row' && cells.length > 0) ready.push({ number, cells })
      into = undefined
    },
  })
  for (const _ of pieces) yield* ready.splice(0)
  yield* ready
}

/** The shared texts that rows refer to. */
export function stringsFor(book: Book, rows: readonly SheetRow[]): readonly string[] {
  let count = 0
  for (const { cells } of rows)
    for (const { type, text } of cells) if (type === 's') count = Math.max(count, Number(text) + 1)
  return stringsOf(book, count)
}

/** The value of a cell: number, text, boolean, date, `TimeValue`, `NoValue`; undefined when there is none. */
export function cellValue(cell: SheetCell, { styles, is1904 }: Book, strings: readonly string[]): unknown {
  const { type, text, formula } = cell
  switch (type) {
    case 's':
      return strings[Number(text)]
    case 'b':
      return text === '1' || text === 'true'
    case 'e':
      return new NoValue(text, 'an error in the sheet')
    case 'n': {
      if (text === '')
        return new NoValue(`=${formula}`, 'a formula whose result is not saved: open the file in Excel and save it')
      const kind = styles[cell.style] ?? 'number'
      return kind === 'number' ? Number(text) : timeOf(Number(text), kind, is1904)
    }
    default:
      return unescaped(text)
  }
}

const dayMs = 86_400_000
/** Days from 1899-12-30 to 1970-01-01, and from there to 1904-01-01. */
const epochDays = 25_569
const days1904 = 1_462
/** 9999-12-31, the last day that Excel knows. */
const lastDay = 2_958_466

/** Excel counts 1900-02-29, which never was: the days before it are one further on. */
function timeOf(days: number, kind: 'date' | 'time', is1904: boolean): Date | TimeValue | NoValue {
  if (kind === 'time' || (days >= 0 && days < 1)) return new TimeValue(clock(days * dayMs), days)
  const serial = is1904 ? days + days1904 : days
  if (serial < 0 || serial >= lastDay) return new NoValue(String(days), 'a number of days that is no date')
  if (!is1904 && serial >= 60 && serial < 61) return new NoValue('1900-02-29', 'a day that never was')
  const shift = !is1904 && serial < 60 ? 1 : 0
  return new Date(Math.round((serial - epochDays + shift) * dayMs))
}

/** `AB12` -> 27 */
function columnNumber(ref: string): number {
  let number = 0
  for (let i = 0; i < ref.length; i++) {
    const code = ref.charCodeAt(i)
    if (code < 65) break
    number = number * 26 + ((code & 0x5f) - 64)
  }
  return number - 1
}

/** The last row of `A1:G100` or of `A1`. */
const rowNumber = (ref: string): number => Number(/(\d+)$/.exec(ref)?.[1] ?? 0)

function mergedOf(ref: string): Merged {
  const [first = '', last = first] = ref.split(':')
  return { ref, column: columnNumber(first), from: rowNumber(first), to: rowNumber(last) }
}
