import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { cellJson, cellText } from './format.ts'
import { placeFiles } from './place.ts'

export const tableFormats = ['csv', 'json', 'parquet'] as const
export type TableFormat = (typeof tableFormats)[number]

/** A file to be written: a table, or text. */
export type FileToWrite =
  | { readonly path: string; readonly table: Table; readonly format: TableFormat }
  | { readonly path: string; readonly text: string }

/**
 * Writes files; folders are made. Dates are ISO 8601 in UTC, missing is an empty cell or null.
 * @throws Unwritable, and then nothing has changed
 */
export function writeFiles(files: readonly FileToWrite[]): void {
  placeFiles(
    files.map((file) => ({
      path: file.path,
      parts: () => ('text' in file ? [file.text] : parts[file.format](file.table)),
    })),
  )
}

const parts: Readonly<Record<TableFormat, (table: Table) => Iterable<string | Uint8Array>>> = {
  csv: csvParts,
  json: jsonParts,
  parquet: (table) => [parquetBytes(table)],
}

const rowsPerPart = 5000

function* csvParts(table: Table): Iterable<string> {
  const columns = [...table.columns.values()]
  yield `${[...table.columns.keys()].map(csvCell).join(',')}\n`
  for (let start = 0; start < table.length; start += rowsPerPart) {
    let part = ''
    for (let row = start; row < Math.min(start + rowsPerPart, table.length); row++) {
      const cells = columns.map((column) => csvCell(cellText(column, row)))
      // A lone empty cell would be an empty line, which readers skip.
      part += `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(',')}\n`
    }
    yield part
  }
}

/** Text that is empty is quoted, so that it differs from a missing cell. */
function csvCell(text: string | undefined): string {
  if (text === undefined) return ''
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function* jsonParts(table: Table): Iterable<string> {
  const columns = [...table.columns]
  yield '['
  for (let start = 0; start < table.length; start += rowsPerPart) {
    const lines: string[] = []
    for (let row = start; row < Math.min(start + rowsPerPart, table.length); row++) {
      const fields = columns.map(([name, column]) => `${JSON.stringify(name)}:${JSON.stringify(cellJson(column, row))}`)
      lines.push(`\n  {${fields.join(',')}}`)
    }
    yield (start > 0 ? ',' : '') + lines.join(',')
  }
  yield '\n]\n'
}

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number]

const schemaTypes: Readonly<Record<ColumnData['type'], Partial<SchemaElement>>> = {
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  date: { type: 'INT32', converted_type: 'DATE' },
  datetime: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
}

function parquetBytes(table: Table): Uint8Array {
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
