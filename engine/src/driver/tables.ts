import type { ColumnTable } from 'arquero'
import type { DataHeader } from '../ir/model.ts'
import type { Plan } from '../ir/plan.ts'
import { columnsJoined, columnsRead } from '../plan/plan.ts'
import { propertyText } from '../source/identifiers.ts'
import { readArquero } from '../table/arquero.ts'
import { cellObject, columnLength, hasValues, makeTable } from '../table/columns.ts'
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

/** What most cells are is kept. */
const kept: Readonly<Record<CellKind, (cell: string) => string>> = {
  number: (cell) => `typeof ${cell} === 'number' ? ${cell} : null`,
  bigint: (cell) => `typeof ${cell} === 'bigint' ? ${cell} : null`,
  boolean: (cell) => `typeof ${cell} === 'boolean' ? ${cell} : null`,
  date: (cell) => `${cell} instanceof Date ? ${cell} : null`,
  text: (cell) => `${cell} == null ? null : String(${cell})`,
  list: (cell) => `${cell} == null ? null : JSON.stringify(${cell})`,
  object: (cell) => `${cell} == null ? null : JSON.stringify(${cell})`,
}

function oddText(subject: string, name: string, { kinds, first }: OddColumn): string {
  const [main] = kinds as readonly [CellKind]
  const many = kinds.map((kind) => words[kind][1])
  const holds = many.length > 1 ? `${many.slice(0, -1).join(', ')} and ${many.at(-1)}` : many[0]
  const isNested = kinds.includes('list') || kinds.includes('object')
  const value = first.kind === 'list' || first.kind === 'object' ? '' : ` ${shown(first.value)}`
  const which = kinds.length > 1 ? `first ${words[first.kind][0]}${value}` : 'first'
  const cell = propertyText(name) === name ? `d.${name}` : `d[${propertyText(name)}]`
  const derive = `table.derive({ ${propertyText(name)}: escape((d) => (${kept[isNested ? 'object' : main](cell)})) })`
  const todo = isNested
    ? `Give the table columns of what is needed of them, or make it text: ${derive}`
    : main === 'text'
      ? `Make all of it text: ${derive}`
      : `Make those cells what they mean, or missing: ${derive}`
  const rule = isNested
    ? 'but a cell is a number, a text, true or false, or a date'
    : 'but all cells of a column are of one type'
  return `Column ${subject} holds ${holds} (${which} in row ${first.row + 1}), ${rule}. ${todo}, with 'escape' of 'arquero'.`
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
