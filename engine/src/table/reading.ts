import type { ColumnSpec, HeaderColumn } from '../ir/model.ts'
import { cell, hasValues, makeTable, takeRows } from './columns.ts'
import { type Cells, declaredType, type ReadColumn } from './infer.ts'
import type { ColumnData, Rejected, Table } from './table.ts'

/** What a reader gives: the table, what could not be read, and the header as analysis needs it. */
export interface ReadTable {
  readonly table: Table
  /** In the order of the lines. */
  readonly rejected: Rejected[]
  /** Columns by their name in the table (a renamed one by its new name). */
  readonly header: HeaderColumn[]
  /** Data rows met, those set aside included. */
  readonly rows: number
  /** The text ends in the middle of a row. */
  readonly isCutOff?: true
  /** What the author should know about a column's type. */
  readonly notes: { readonly column: string; readonly message: string }[]
  /** What the author should know of the whole: names that stand twice, a title above the header, a column without a value of its type. */
  readonly warnings: readonly string[]
  /** Where the header stands below a title, when that was found out and not said. */
  readonly headerRow?: number
  /** How many columns were not asked for. */
  readonly unread: number
}

/** Which columns are wanted. */
export interface Wanted {
  /** By column name; `from` is the header in the text when it differs. */
  readonly columns?: Readonly<Record<string, ColumnSpec>> | undefined
  /** Names of the columns to read, in place of all; those that rows must have a value in are read anyway. */
  readonly only?: readonly string[] | undefined
}

export interface NamedColumn {
  readonly name: string
  readonly spec: ColumnSpec
  readonly read: ReadColumn
  readonly header: HeaderColumn
}

export interface Assembly {
  readonly count: number
  readonly rows: number
  readonly lineOf: (row: number) => number
  /** What `lineOf` counts. */
  readonly unit?: 'line'
  /** Rows already set aside. */
  readonly rejected: readonly Rejected[]
}

/** Puts columns together, without those that were not read; a row without a value in a required column is set aside. */
export function assemble(
  given: readonly (NamedColumn | undefined)[],
  { count, rows, lineOf, unit, rejected }: Assembly,
): ReadTable {
  const columns = given.filter((column) => column !== undefined)
  const placeOf = (row: number): string => `${unit ?? 'row'} ${lineOf(row)}`
  const problems: Rejected[] = [...rejected]
  const dropped = new Set<number>()
  for (const { name, spec, read } of columns) {
    if (spec.required !== true) continue
    const badCells = new Map(read.bad.map((bad) => [bad.cell, bad]))
    for (let row = 0; row < count; row++) {
      if (dropped.has(row) || cell(read.data, row) !== null) continue
      dropped.add(row)
      const bad = badCells.get(row)
      const reason = `'${name}' is required, but ${bad === undefined ? 'has no value' : `is ${bad.reason}`}`
      problems.push({ row: lineOf(row), column: name, text: bad?.text ?? '', reason, kind: 'row' })
    }
  }
  for (const { name, read } of columns) {
    for (const { cell: row, text, reason } of read.bad) {
      if (dropped.has(row)) continue
      problems.push({ row: lineOf(row), column: name, text, reason, kind: 'cell' })
    }
  }
  problems.sort((a, b) => a.row - b.row)
  const data: [string, ColumnData][] = columns.map(({ name, read }) => [name, read.data])
  return {
    table: withoutRows(makeTable(data, count), dropped),
    rejected: problems,
    header: columns.map(({ header, read }) => {
      const note = noteOf(read, placeOf)
      return note === undefined ? header : { ...header, note }
    }),
    rows,
    notes: columns.flatMap(({ name, read }) => {
      const note = noteOf(read, placeOf)
      return note === undefined ? [] : [{ column: name, message: `Column '${name}': ${note}` }]
    }),
    warnings: columns.flatMap((column) => nothingRead(column, placeOf) ?? []),
    unread: given.length - columns.length,
  }
}

/** What is to be said of a column whose cells are all none of its type. */
function nothingRead({ name, spec, read }: NamedColumn, placeOf: (row: number) => string): string | undefined {
  const [first] = read.bad
  const type = declaredType(spec)
  if (first === undefined || type === undefined || type === 'string' || hasValues(read.data)) return undefined
  const [what, todo] = howWritten[type]
  const cell = `${JSON.stringify(first.text.slice(0, 60))} in ${placeOf(first.cell)}`
  return `No cell of column '${name}' can be read as ${what}. The first is ${cell}. Say in the manifest how ${todo}, or leave out its type.`
}

const numbersWritten = 'its numbers are written ("decimal", "thousands")'
const datesWritten = 'its dates are written ("format")'
const howWritten = {
  number: ['a number', numbersWritten],
  integer: ['a whole number', numbersWritten],
  date: ['a date', datesWritten],
  datetime: ['a date', datesWritten],
  boolean: ['true or false', 'they are written ("true", "false")'],
} as const

function noteOf({ note, noteCell, data }: ReadColumn, placeOf: (row: number) => string): string | undefined {
  return noteCell === undefined ? note : `${note} The first is ${cell(data, noteCell)} in ${placeOf(noteCell)}.`
}

/** The type of a column as a header knows it: not where no value was seen and none is declared. */
export const knownType = (spec: ColumnSpec, { data }: ReadColumn): Pick<HeaderColumn, 'type'> =>
  declaredType(spec) !== undefined || hasValues(data) ? { type: data.type } : {}

/** Up to five different texts, from the first thousand rows. */
export function samplesOf(cells: Pick<Cells, 'count' | 'text'>): readonly string[] {
  const samples = new Set<string>()
  for (let row = 0; row < cells.count && row < 1000 && samples.size < 5; row++) {
    const text = cells.text(row).trim()
    if (text !== '') samples.add(text.slice(0, 100))
  }
  return [...samples]
}

/** Headers trimmed, in Unicode normal form C, nameless ones numbered, repeated ones made unique (`price`, `price_2`). */
export function headerNames(cells: readonly string[]): readonly string[] {
  const names = cells.map((text, column) => text.trim().normalize('NFC') || `column_${column + 1}`)
  const taken = new Set(names)
  const used = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let n = 2; used.has(unique); n++) {
      if (!taken.has(`${name}_${n}`) && !used.has(`${name}_${n}`)) unique = `${name}_${n}`
    }
    used.add(unique)
    return unique
  })
}

/** What to know of headers that stand more than once. `names` are those that `headerNames` made of the cells. */
export function repeatedHeaders(cells: readonly string[], names: readonly string[]): readonly string[] {
  const read = new Map<string, string[]>()
  for (const [column, cell] of cells.entries()) {
    const header = cell.trim().normalize('NFC')
    read.set(header, [...(read.get(header) ?? []), names[column] as string])
  }
  read.delete('')
  return [...read]
    .filter(([, as]) => as.length > 1)
    .map(([header, as]) => {
      const each = as.map((name) => `'${name}'`).join(', ')
      return `'${header}' stands ${as.length} times in the header; from left to right it is read as ${each}.`
    })
}

/** Names that a file's own schema gives its columns, each once, and what to know of those that stand more than once. */
export function namesOnce(written: readonly string[]): {
  readonly names: readonly string[]
  readonly warnings: readonly string[]
} {
  const seen = new Set<string>()
  const isRepeated = written.map((name) => seen.size === seen.add(name).size)
  if (!isRepeated.includes(true)) return { names: written, warnings: [] }
  const unique = headerNames(written)
  const names = written.map((name, at) => (isRepeated[at] ? (unique[at] as string) : name))
  return { names, warnings: repeatedHeaders(written, names) }
}

/** How each header is read. */
export interface ReadAs {
  readonly name: string
  readonly spec: ColumnSpec
  readonly isWanted: boolean
}

/** The column name and declaration that belong to each header: by `from` where one says so, else by the name itself. */
export function specsByHeader(headers: readonly string[], { columns = {}, only }: Wanted): readonly ReadAs[] {
  const renamed = new Map<string, string>()
  for (const [name, spec] of Object.entries(columns)) {
    if (spec.from !== undefined) renamed.set(spec.from.trim().normalize('NFC'), name)
  }
  const moved = new Set(headers.flatMap((header) => renamed.get(header) ?? []))
  const wanted = only && new Set(only)
  return headers.map((header) => {
    const name = renamed.get(header) ?? (moved.has(header) ? `${header} (source)` : header)
    const spec = Object.hasOwn(columns, name) ? (columns[name] as ColumnSpec) : {}
    return { name, spec, isWanted: !wanted || wanted.has(name) || spec.required === true }
  })
}

/**
 * Whether a header may turn out to be that of a wanted column, while the others are not known yet: nothing is kept of the cells of one
 * that cannot.
 */
export function mayBeWanted({ columns = {}, only }: Wanted): (header: string) => boolean {
  if (!only) return () => true
  const required = Object.entries(columns).flatMap(([name, { required }]) => (required ? [name] : []))
  const names = [...only, ...required].flatMap((name) => {
    const from = Object.hasOwn(columns, name) ? columns[name]?.from : undefined
    return from === undefined ? [name] : [name, from.trim().normalize('NFC')]
  })
  return (header) => {
    const own = header.trim().normalize('NFC')
    // Of headers that are alike the second is `price_2`, and one that another takes the name of is `price (source)`.
    return (
      own === '' ||
      names.some((name) => name === own || (/^(_\d+| \(source\))/.test(name.slice(own.length)) && name.startsWith(own)))
    )
  }
}

function withoutRows(table: Table, dropped: ReadonlySet<number>): Table {
  if (dropped.size === 0) return table
  const kept = new Int32Array(table.length - dropped.size)
  let next = 0
  for (let row = 0; row < table.length; row++) if (!dropped.has(row)) kept[next++] = row
  return takeRows(table, kept)
}
