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
  readonly files: Readonly<Record<string, string>>
  readonly tables: Readonly<Record<string, Readonly<Record<string, { type: string; cells: readonly unknown[] }>>>>
}
const { files, tables } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected

test('it is known of every file what it holds', () => {
  const made = readdirSync(folder).filter((name) => !['make.py', 'expected.json'].includes(name))
  expect(made.sort()).toEqual(Object.keys(files).sort())
})

test.each(Object.entries(files))('%s: every column with its type, and every cell', async (name, holds) => {
  const path = join(folder, name)
  const expected = tables[holds] as Expected['tables'][string]
  const header = diskFiles().readHeader(path, all)
  expect(header.kind === 'header' && header.columns.map((column) => [column.name, column.type])).toEqual(
    Object.entries(expected).map(([column, { type }]) => [column, type]),
  )
  const { table, rejected } = await readData(path, all)
  const read = [...table.columns].map(([column, data]) => [
    column,
    { type: data.type, cells: Array.from({ length: table.length }, (_, row) => cell(data, row)) },
  ])
  expect(Object.fromEntries(read)).toEqual(expected)
  expect(rejected).toEqual([])
})
