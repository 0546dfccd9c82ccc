import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cell } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { readData } from './data.ts'
import { diskFiles } from './header.ts'

/** Files by other programs; foreign/make.py made them. */
const folder = join(import.meta.dirname, 'foreign')
const all = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }

interface Expected {
  readonly files: Readonly<Record<string, { readonly table: string; readonly notes: readonly string[] }>>
  readonly refused: Readonly<Record<string, string>>
  readonly tables: Readonly<Record<string, { readonly header: object; readonly columns: object }>>
}
const { files, refused, tables }: Expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))

test('it is known of every file what it holds', () => {
  const made = readdirSync(folder).filter((name) => !['make.py', 'expected.json'].includes(name))
  expect(made.sort()).toEqual([...Object.keys(files), ...Object.keys(refused)].sort())
})

test.each(Object.entries(files))('%s: every column with its type, and every cell', async (name, holds) => {
  const path = join(folder, name)
  const { header, columns } = tables[holds.table] as Expected['tables'][string]
  const known = diskFiles().readHeader(path, all)
  expect(
    known.kind === 'header' && Object.fromEntries(known.columns.map((column) => [column.name, column.type])),
  ).toEqual(header)
  const { table, rejected, notes } = await readData(path, all)
  const read = [...table.columns].map(([column, data]) => [
    column,
    { type: data.type, cells: Array.from({ length: table.length }, (_, row) => cell(data, row)) },
  ])
  expect(Object.fromEntries(read)).toEqual(columns)
  expect(notes.filter((note) => !note.startsWith('Column '))).toEqual(holds.notes)
  expect(rejected).toEqual([])
})

test.each(Object.entries(refused))('%s is refused with its reason', async (name, reason) => {
  const path = join(folder, name)
  expect(diskFiles().readHeader(path, all)).toEqual({ kind: 'unreadable', reason })
  await expect(readData(path, all)).rejects.toThrow(reason)
})
