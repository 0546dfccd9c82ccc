import { table as arqueroTable, type ColumnTable } from 'arquero'
import { columnOf } from './build.ts'
import { cellObject, columnLength, makeTable, missingCount } from './columns.ts'
import type { ColumnData, Table } from './table.ts'

/** The same table for Arquero: numbers, text, booleans, `Date`s; missing is `null`. */
export const toArquero = (table: Table): ColumnTable => arqueroOf(table, (column) => objectsOf(column, null))

/** The same for code of an author, where missing is `undefined`: it is no 0, `d.price - d.cost` is missing too. */
export const toAuthor = (table: Table): ColumnTable =>
  arqueroOf(table, (column) => {
    const isPlain = (column.type === 'number' || column.type === 'integer') && missingCount(column) === 0
    return isPlain ? column.values.slice() : objectsOf(column, undefined)
  })

function arqueroOf(table: Table, arrayOf: (column: ColumnData) => unknown[] | Float64Array): ColumnTable {
  const columns = [...table.columns].map(([name, column]) => [name, arrayOf(column)] as const)
  return arqueroTable(
    Object.fromEntries(columns),
    columns.map(([name]) => name),
  )
}

/** An Arquero table as it stands after its filters and orderings. `null`, `undefined`, NaN and ±Infinity are missing. */
export function fromArquero(source: ColumnTable): Table {
  const plain = source.isFiltered() || source.isOrdered() ? source.reify() : source
  const columns = plain.columnNames().map((name) => [name, columnOf(plain.array(name) as ArrayLike<unknown>)] as const)
  return makeTable(columns, plain.numRows())
}

function objectsOf(column: ColumnData, missing: null | undefined): unknown[] {
  return Array.from({ length: columnLength(column) }, (_, row) => cellObject(column, row) ?? missing)
}
