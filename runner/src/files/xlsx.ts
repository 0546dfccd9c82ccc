import {
  type HeaderOptions,
  mayBeWanted,
  type ReadTable,
  readTyped,
  type TypedColumn,
  textOf,
  type Wanted,
} from '@modeldriver/engine'
import { type OpenFile, Unreadable } from './disk.ts'
import { refuseOther, signBytes } from './signs.ts'
import { type Book, openBook, type Sheet, stringsOf } from './xlsxBook.ts'
import { cellValue, type SheetFrame, type SheetRow, sheetRows, stringsFor } from './xlsxCells.ts'
import { openZip } from './zip.ts'

/** A sheet of a workbook, read. */
export interface SheetTable extends ReadTable {
  /** The names of all sheets with cells. */
  readonly sheets: readonly string[]
  /** There are no rows behind those that were read. */
  readonly isWhole: boolean
}

/** The sheet that was asked for is not there. */
export class NoSheet extends Unreadable {
  constructor(
    message: string,
    readonly sheets: readonly string[],
  ) {
    super(message)
  }
}

/** The header is looked for in so many rows that have a value. */
const openingRows = 50

/**
 * Reads the first `limit` rows of a sheet below its header. Numbers of rows are those that Excel shows. Formulas have the values that
 * were saved with them. @throws Unreadable
 */
export function readXlsx(
  file: OpenFile,
  options: HeaderOptions & Pick<Wanted, 'only'> & { readonly limit: number },
): SheetTable {
  refuseNoWorkbook(file)
  const book = openBook(openZip(file))
  const sheet = sheetOf(book, options.sheet)
  const frame: SheetFrame = { lastRow: 0, merged: [] }
  const all = sheetRows(book, sheet, frame)
  const { rows, strings } = Number.isFinite(options.limit)
    ? headOf(book, all, options.limit + Math.max(openingRows, options.headerRow ?? 0))
    : { rows: all, strings: stringsOf(book, Number.POSITIVE_INFINITY) }
  const { above, header, data } =
    options.headerRow === undefined ? underHeader(rows) : underRow(rows, options.headerRow)
  if (header === undefined)
    throw new Unreadable(
      above.length === 0
        ? `its sheet '${sheet.name}' is empty`
        : `its sheet '${sheet.name}' has no value in row ${options.headerRow}, which "header_row" names`,
    )
  const { columns, numbers, isWhole } = cellsOf({
    header,
    data,
    limit: options.limit,
    book,
    strings,
    isWanted: mayBeWanted(options),
  })
  const filled = isWhole ? fillMerged(columns, numbers, frame) : []
  const count = numbers.length
  const rowsThere = isWhole ? count : Math.max(count + 1, frame.lastRow - header.number)
  const lineOf = (row: number): number => numbers[row] as number
  const read = readTyped(columns, { count, rows: rowsThere, lineOf, rejected: [] }, options)
  const isFound = options.headerRow === undefined && above.length > 0
  const notes = [...(isFound ? [aboveHeader(above, header)] : []), ...filled].map((message) => ({
    column: '',
    message,
  }))
  return {
    ...read,
    ...(isFound && { headerRow: header.number }),
    notes: [...notes, ...read.notes],
    sheets: book.sheets.map(({ name }) => name),
    isWhole,
  }
}

function refuseNoWorkbook(file: OpenFile): void {
  const head = new Uint8Array(file.read(0, signBytes))
  const isOld = Buffer.from(head).toString('hex').startsWith('d0cf11e0a1b11ae1')
  // What is protected is a file of the old kind around the new one.
  if (isOld && Buffer.from(file.read(0, file.size)).includes(Buffer.from('EncryptedPackage', 'utf16le')))
    throw new Unreadable('it is protected with a password; save it without one')
  refuseOther(head, 'zip')
}

/** The first rows, and of the shared texts those that they need. */
function headOf(book: Book, all: Iterable<SheetRow>, count: number) {
  const rows: SheetRow[] = []
  for (const row of all) if (rows.push(row) >= count) break
  return { rows, strings: stringsFor(book, rows) }
}

interface Parts {
  readonly above: readonly SheetRow[]
  readonly header: SheetRow | undefined
  readonly data: Iterable<SheetRow>
}

/** The header is the first row that has values in more than half as many columns as the widest: titles above a table are short. */
function underHeader(rows: Iterable<SheetRow>): Parts {
  const iterator = rows[Symbol.iterator]()
  const opening: SheetRow[] = []
  while (opening.length < openingRows) {
    const { value, done } = iterator.next()
    if (done) break
    opening.push(value)
  }
  const widest = Math.max(0, ...opening.map(({ cells }) => cells.length))
  const at = opening.findIndex(({ cells }) => cells.length * 2 > widest)
  function* data(): Iterable<SheetRow> {
    yield* opening.slice(at + 1)
    for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value
  }
  return { above: opening.slice(0, Math.max(0, at)), header: opening[at], data: data() }
}

/** The header is the row of this number. */
function underRow(rows: Iterable<SheetRow>, number: number): Parts {
  const iterator = rows[Symbol.iterator]()
  const above: SheetRow[] = []
  let header: SheetRow | undefined
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    if (next.value.number === number) header = next.value
    if (next.value.number >= number) break
    above.push(next.value)
  }
  return { above, header, data: { [Symbol.iterator]: () => iterator } }
}

function sheetOf({ sheets }: Book, name: string | undefined): Sheet {
  const same = (a: string, b: string) => a.localeCompare(b, 'en', { sensitivity: 'accent' }) === 0
  const sheet =
    name === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : (sheets.find((each) => each.name === name) ?? sheets.find((each) => same(each.name, name)))
  if (sheet) return sheet
  const names = sheets.map((each) => each.name)
  const has = `${names.length === 1 ? 'its one sheet is' : 'its sheets are'} ${names.map((each) => `'${each}'`).join(', ')}`
  throw new NoSheet(`it has no sheet '${name}'; ${has}`, names)
}

function aboveHeader(above: readonly SheetRow[], header: SheetRow): string {
  const numbers = above.map(({ number }) => number)
  const rows = numbers.length === 1 ? `Row ${numbers[0]} stands` : `Rows ${numbers[0]} to ${numbers.at(-1)} stand`
  return `${rows} above the header, which is row ${header.number}, and ${numbers.length === 1 ? 'is' : 'are'} not read; "header_row" in the manifest names another one.`
}

interface SheetColumn extends TypedColumn {
  /** From 0. */
  readonly number: number
  readonly values: unknown[]
}

interface Cells {
  readonly header: SheetRow
  readonly data: Iterable<SheetRow>
  readonly limit: number
  readonly book: Book
  readonly strings: readonly string[]
  readonly isWanted: (header: string) => boolean
}

/** Every column that has a header or a value, from left to right, and the numbers of the rows. */
function cellsOf({ header, data, limit, book, strings, isWanted }: Cells) {
  const columns = new Map<number, SheetColumn>()
  const unwanted = new Set<number>()
  for (const cell of header.cells) {
    const value = cellValue(cell, book, strings)
    const name = textOf([value])(value)
    columns.set(cell.column, { number: cell.column, header: name, values: [] })
    if (!isWanted(name)) unwanted.add(cell.column)
  }
  const numbers: number[] = []
  let isWhole = true
  for (const { number, cells } of data) {
    isWhole = numbers.length < limit
    if (!isWhole) break
    for (const cell of cells) {
      if (unwanted.has(cell.column)) continue
      const column = columns.get(cell.column) ?? { number: cell.column, header: '', values: [] }
      columns.set(cell.column, column)
      fillTo(column.values, numbers.length)
      column.values.push(cellValue(cell, book, strings))
    }
    numbers.push(number)
  }
  for (const { number, values } of columns.values()) if (!unwanted.has(number)) fillTo(values, numbers.length)
  return { columns: [...columns.values()].sort((a, b) => a.number - b.number), numbers, isWhole }
}

function fillTo(values: unknown[], length: number): void {
  while (values.length < length) values.push(undefined)
}

/** Cells that are merged over several rows show one value: each of the rows has it. */
function fillMerged(
  columns: readonly SheetColumn[],
  numbers: readonly number[],
  { merged }: SheetFrame,
): readonly string[] {
  const rowAt = new Map(merged.length > 0 ? numbers.map((number, row) => [number, row]) : [])
  const filled = merged.filter(({ column, from, to }) => {
    const values = columns.find(({ number }) => number === column)?.values
    const first = rowAt.get(from)
    if (values === undefined || first === undefined || to === from) return false
    for (let row = first + 1; row < numbers.length && (numbers[row] as number) <= to; row++)
      values[row] ??= values[first]
    return true
  })
  if (filled.length === 0) return []
  const refs = filled.slice(0, 3).map(({ ref }) => ref)
  return [
    `Cells merged over rows have their value in each of them (${refs.join(', ')}${filled.length > 3 ? ', …' : ''}).`,
  ]
}
