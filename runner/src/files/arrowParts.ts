import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import {
  bool,
  columnFromArray,
  type DataType,
  dateDay,
  float64,
  int64,
  TimeUnit,
  tableFromColumns,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette'

const types: Readonly<Record<ColumnData['type'], () => DataType>> = {
  number: float64,
  integer: int64,
  boolean: bool,
  string: utf8,
  date: dateDay,
  datetime: () => timestamp(TimeUnit.MILLISECOND, 'UTC'),
}

/** A table as an Arrow file, which is also what Feather 2 is. */
export function arrowBytes(table: Table): Uint8Array {
  const columns = [...table.columns].map(([name, column]) => {
    const values = Array.from({ length: table.length }, (_, row) => arrowValue(column, row))
    return [name, columnFromArray(values, types[column.type]())] as const
  })
  const bytes = tableToIPC(tableFromColumns(columns.map(([name, column]) => [name, column])), { format: 'file' })
  if (bytes === null) throw new Error('nothing was written')
  return bytes
}

function arrowValue(column: ColumnData, row: number): unknown {
  const value = cell(column, row)
  return column.type === 'integer' && value !== null ? BigInt(value as number) : value
}
