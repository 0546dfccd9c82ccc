import type { ColumnTable } from 'arquero'
import type { DataHeader } from '../ir/model.ts'
import type { Plan } from '../ir/plan.ts'
import { columnsJoined, columnsRead } from '../plan/plan.ts'
import { propertyText } from '../source/identifiers.ts'
import { readArquero } from '../table/arquero.ts'
import { cellObject, columnLength, hasValues, makeTable } from '../table/columns.ts'
import { readIsoDate } from '../table/datePattern.ts'
import { usualMarks } from '../table/missing.ts'
import type { CellKind, OddColumn } from '../table/odd.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { valueText } from './given.ts'

// Tables given in code, of which columns may hold what no column of a model holds.

/** A table as it was given. */
export interface GivenTable {
  readonly table: Table
  /** Columns that `table` is without. */
  readonly odd: ReadonlyMap<string, OddColumn>
}

/** @throws TypeError when it is no table */
export function tableOf(input: ColumnTable | Table, who: string): GivenTable {
  const given: Partial<ColumnTable & Table> = Object(input)
  if (typeof given.columnNames === 'function') return readArquero(input as ColumnTable)
  if (given.columns instanceof Map) return { table: input as Table, odd: new Map() }
  throw new TypeError(
    `${who} needs an Arquero table, not ${valueText(input)}. In 'arquero' table({ price: [1, 2] }) makes one of columns, from([{ price: 1 }]) of rows.`,
  )
}

/** Columns that a plan reads and that hold what no column of a model holds: a sentence for each. `joined` are the tables of the model's joins. */
export function oddIn(plan: Plan, given: GivenTable, joined: readonly (GivenTable | undefined)[]): readonly string[] {
  const keys = plan.joins?.flatMap(({ on }) => on.map(({ name }) => name)) ?? []
  const own = told(given, [...columnsRead(plan), ...plan.outputs.map(({ name }) => name), ...keys])
  const others = plan.joins?.flatMap((join) => told(joined[join.join], columnsJoined(join), join.from)) ?? []
  return [...own, ...others]
}

function told(given: GivenTable | undefined, names: readonly string[], from?: string): readonly string[] {
  return [...new Set(names)].flatMap((name) => {
    const column = given?.odd.get(name)
    return column ? oddText(from === undefined ? `'${name}'` : `'${name}' of '${from}'`, name, column) : []
  })
}

const words: Readonly<Record<CellKind, readonly [one: string, many: string]>> = {
  number: ['number', 'numbers'],
  bigint: ['bigint', 'bigints'],
  text: ['text', 'texts'],
  boolean: ['true/false', 'true/false'],
  date: ['date', 'dates'],
  list: ['list', 'lists'],
  object: ['object', 'objects'],
}

/** What makes a column of one type, and keeps each value. */
interface Mend {
  /** The end of a sentence before the code. */
  readonly todo: string
  /** Of a cell, as JavaScript. */
  readonly code: (cell: string) => string
}

function mendOf({ values, kinds }: OddColumn): Mend {
  if (kinds.includes('list') || kinds.includes('object'))
    return {
      todo: 'Give the table columns of what is needed of them, or make it text',
      code: (cell) => `${cell} == null ? null : JSON.stringify(${cell})`,
    }
  const cells = [...new Set(Array.from(values))]
  const texts = cells.filter((cell) => typeof cell === 'string')
  const marks = texts.filter((text) => text.trim() === '' || usualMarks.has(text.trim()))
  const written = texts.filter((text) => !marks.includes(text))
  const isMissing = (cell: string, none: readonly string[] = marks) =>
    none.length === 0
      ? `${cell} == null`
      : `${cell} == null || [${none.map((text) => JSON.stringify(text)).join(', ')}].includes(${cell})`
  const [main] = kinds.filter((kind) => kind !== 'text')
  const isOnly = (...of: readonly CellKind[]) => kinds.every((kind) => kind === 'text' || of.includes(kind))
  if (isOnly('number', 'bigint', 'boolean') && kinds.some((kind) => kind === 'number' || kind === 'bigint')) {
    const isExact = cells.every((cell) => typeof cell !== 'bigint' || Number.isSafeInteger(Number(cell)))
    const others = written.filter((text) => !isPlainNumber(text))
    const mayBeNone = kinds[0] !== 'text' && others.length <= 3 && !others.some((text) => /\d/.test(text))
    if (isExact && (others.length === 0 || mayBeNone)) {
      const stand = others.length === 1 ? 'stands' : 'stand'
      const condition = others.length === 0 ? 'Make' : `If ${others.map(shown).join(', ')} ${stand} for no value, make`
      return {
        todo: `${condition} all of it numbers`,
        code: (cell) => `${isMissing(cell, [...marks, ...others])} ? null : Number(${cell})`,
      }
    }
  }
  if (main !== undefined && isOnly(main) && written.length === 0)
    return { todo: 'Make those texts missing', code: (cell) => `${isMissing(cell)} ? null : ${cell}` }
  if (
    main === 'date' &&
    isOnly('date') &&
    written.every((text) => readIsoDate(text.trim()) === new Date(text).getTime())
  )
    return { todo: 'Make all of it dates', code: (cell) => `${isMissing(cell)} ? null : new Date(${cell})` }
  return {
    todo: 'Make all of it text, of which features can make what they need',
    code: (cell) =>
      kinds.includes('date')
        ? `${cell} == null ? null : ${cell} instanceof Date ? ${cell}.toJSON() : String(${cell})`
        : `${cell} == null ? null : String(${cell})`,
  }
}

/** Text that `Number` takes for the number that a person does: no code (`007`), and not more digits than a number holds. */
function isPlainNumber(text: string): boolean {
  const isWritten = /^[+-]?(?:0|[1-9]\d*)?(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text.trim())
  const number = Number(text)
  return isWritten && Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
}

function oddText(subject: string, name: string, column: OddColumn): string {
  const { kinds, first } = column
  const many = kinds.map((kind) => words[kind][1])
  const holds = many.length > 1 ? `${many.slice(0, -1).join(', ')} and ${many.at(-1)}` : many[0]
  const isNested = kinds.includes('list') || kinds.includes('object')
  const value = first.kind === 'list' || first.kind === 'object' ? '' : ` ${shown(first.value)}`
  const which = kinds.length > 1 ? `first ${words[first.kind][0]}${value}` : 'first'
  const cell = propertyText(name) === name ? `d.${name}` : `d[${propertyText(name)}]`
  const { todo, code } = mendOf(column)
  const derive = `table.derive({ ${propertyText(name)}: escape((d) => (${code(cell)})) })`
  const rule = isNested
    ? 'but a cell is a number, a text, true or false, or a date'
    : 'but all cells of a column are of one type'
  return `Column ${subject} holds ${holds} (${which} in row ${first.row + 1}), ${rule}. ${todo}: ${derive}, with 'escape' of 'arquero'.`
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`
  return value instanceof Date ? value.toISOString() : String(value)
}

function samplesOf(column: ColumnData): readonly string[] {
  const texts = Array.from({ length: Math.min(columnLength(column), 1000) }, (_, row) => cellObject(column, row))
    .filter((value) => value !== null)
    .map((value) => (value instanceof Date ? value.toISOString() : String(value)))
  return [...new Set(texts)].slice(0, 5)
}

/** The columns of a table as the analysis knows those of a file; `isShown`: with what their values are. */
export const headerOf = ({ table, odd }: GivenTable, isShown: boolean): DataHeader => ({
  kind: 'header',
  columns: [
    ...[...table.columns].map(([name, column]) => ({
      name,
      ...(isShown && hasValues(column) && { type: column.type }),
      samples: isShown ? samplesOf(column) : [],
    })),
    ...[...odd.keys()].map((name) => ({ name, samples: [] })),
  ],
})

/** The table with columns also under the names that features read them by. */
export function aliased(table: Table, { aliases }: Plan): Table {
  const more = aliases.flatMap(({ name, column }) => {
    const data = table.columns.get(column)
    return data === undefined ? [] : [[name, data] as const]
  })
  return more.length === 0 ? table : makeTable([...table.columns, ...more], table.length)
}
