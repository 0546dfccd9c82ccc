import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import { parquetWriteBuffer } from 'hyparquet-writer'

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number]

const schemaTypes: Readonly<Record<ColumnData['type'], Partial<SchemaElement>>> = {
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  date: { type: 'INT32', converted_type: 'DATE' },
  datetime: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
}

/** A table as Parquet. */
export function parquetBytes(table: Table): Uint8Array {
  const columns = [...table.columns]
  const schema: SchemaElement[] = columns.map(([name, { type }]) => ({
    name,
    repetition_type: 'OPTIONAL',
    ...schemaTypes[type],
  }))
  const columnData = columns.map(([name, column]) => ({ name, data: parquetValues(column, table.length) }))
  const root: SchemaElement = { name: 'root', num_children: schema.length }
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: [root, ...schema] }))
}

function parquetValues(column: ColumnData, length: number): unknown[] {
  return Array.from({ length }, (_, row) => {
    const value = cell(column, row)
    if (value === null) return null
    if (column.type === 'integer') return BigInt(value as number)
    return column.type === 'date' || column.type === 'datetime' ? new Date(value as number) : value
  })
}
