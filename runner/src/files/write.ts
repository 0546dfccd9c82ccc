import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { firstLine } from './disk.ts'
import { cellJson, cellText } from './format.ts'

export const tableFormats = ['csv', 'json', 'parquet'] as const
export type TableFormat = (typeof tableFormats)[number]

/** A file to be written: a table, or text. */
export type FileToWrite =
  | { readonly path: string; readonly table: Table; readonly format: TableFormat }
  | { readonly path: string; readonly text: string }

/** A folder or file that cannot be written, as a whole sentence. */
export class Unwritable extends Error {}

/**
 * Writes files; folders are made. Dates are ISO 8601 in UTC, missing is an empty cell or null. All files are written
 * beside their places under other names and then renamed, so a failure leaves what was there before.
 * @throws Unwritable
 */
export function writeFiles(files: readonly FileToWrite[]): void {
  const temporary: { readonly from: string; readonly to: string }[] = []
  try {
    for (const file of files) {
      const from = join(dirname(file.path), `.${basename(file.path)}.${process.pid}.tmp`)
      temporary.push({ from, to: file.path })
      makeFolder(dirname(file.path))
      const content = 'text' in file ? [file.text] : parts[file.format](file.table)
      explained(dirname(file.path), () => writeParts(from, content))
    }
    for (const { from, to } of temporary) explained(to, () => renameSync(from, to))
  } finally {
    for (const { from } of temporary) removeIfThere(from)
  }
}

/** Makes a folder and those around it, one by one: node's own `recursive` never comes back on some file systems. */
function makeFolder(path: string): void {
  const stats = explained(path, () => statOf(path))
  if (stats?.isDirectory()) return
  if (stats !== undefined) throw new Unwritable(`Cannot write to ${path}: it is a file, not a folder.`)
  if (dirname(path) !== path) makeFolder(dirname(path))
  explained(path, () => {
    try {
      mkdirSync(path)
    } catch (error) {
      // Another run may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  })
}

/** Undefined when there is nothing; also below a file, which is found on the way up. */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // What could not be written is not there.
  }
}

const reasons: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  ENOENT: 'a folder cannot be made there',
  ENOTDIR: 'it is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'something else with this name is there',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
}

function explained<T>(path: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    throw new Unwritable(`Cannot write to ${path}: ${reasons[code] ?? firstLine(error)}.`)
  }
}

function writeParts(path: string, content: Iterable<string | Uint8Array>): void {
  const file = openSync(path, 'w')
  try {
    for (const part of content) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    }
  } finally {
    closeSync(file)
  }
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
