import { table as arqueroTable, type ColumnTable } from 'arquero'
import { cellObject, columnLength, makeTable, missingCount } from './columns.ts'
import { givenColumn, type OddColumn } from './odd.ts'
import type { ColumnData, Table } from './table.ts'

/** The same table for Arquero: numbers, text, booleans, `Date`s; missing is `null`. `odd` columns stand behind the others, as they were. */
export const toArquero = (table: Table, odd: ReadonlyMap<string, OddColumn> = new Map()): ColumnTable =>
  arqueroOf(table, (column) => objectsOf(column, null), odd)

/** The same for code of an author, where missing is `undefined`: it is no 0, `d.price - d.cost` is missing too. */
export const toAuthor = (table: Table): ColumnTable =>
  arqueroOf(table, (column) => {
    const isPlain = (column.type === 'number' || column.type === 'integer') && missingCount(column) === 0
    return isPlain ? column.values.slice() : objectsOf(column, undefined)
  })

function arqueroOf(
  table: Table,
  arrayOf: (column: ColumnData) => unknown[] | Float64Array,
  odd: ReadonlyMap<string, OddColumn> = new Map(),
): ColumnTable {
  const columns = [
    ...[...table.columns].map(([name, column]) => [name, arrayOf(column)] as const),
    ...[...odd].map(([name, { values }]) => [name, values] as const),
  ]
  return arqueroTable(
    Object.fromEntries(columns),
    columns.map(([name]) => name),
  )
}

/**
 * An Arquero table as it stands after its filters and orderings. `null`, `undefined`, NaN and ±Infinity are missing. `odd` are the columns
 * that cannot be those of a table, which is without them.
 */
export function readArquero(source: ColumnTable): {
  readonly table: Table
  readonly odd: ReadonlyMap<string, OddColumn>
} {
  const plain = source.isFiltered() || source.isOrdered() ? source.reify() : source
  const columns: [string, ColumnData][] = []
  const odd = new Map<string, OddColumn>()
  for (const name of plain.columnNames()) {
    const column = givenColumn(plain.array(name) as ArrayLike<unknown>)
    if ('kinds' in column) odd.set(name, column)
    else columns.push([name, column])
  }
  return { table: makeTable(columns, plain.numRows()), odd }
}

function objectsOf(column: ColumnData, missing: null | undefined): unknown[] {
  return Array.from({ length: columnLength(column) }, (_, row) => cellObject(column, row) ?? missing)
}
