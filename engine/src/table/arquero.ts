import { table as arqueroTable, type ColumnTable } from 'arquero'
import { columnOf } from './build.ts'
import { cellObject, columnLength, makeTable } from './columns.ts'
import type { ColumnData, Table } from './table.ts'

/** The same table for Arquero: numbers, text, booleans, `Date`s; missing is `null`. */
export function toArquero(table: Table): ColumnTable {
  const columns = [...table.columns].map(([name, column]) => [name, objectsOf(column)] as const)
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

function objectsOf(column: ColumnData): unknown[] {
  return Array.from({ length: columnLength(column) }, (_, row) => cellObject(column, row))
}
