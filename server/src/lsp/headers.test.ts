import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { HeaderOptions } from '@modeldriver/engine'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { createFiles } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'modeldriver-headers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const plain: HeaderOptions = { formats: {}, columns: {} }
const none = { at: () => undefined, openPaths: () => [] }

/** The columns of a file with this content, as `name: type (samples)`, or why there are none. */
function check(name: string, content: string | Uint8Array, expected: readonly string[] | string, options = plain) {
  const path = join(folder, name)
  writeFileSync(path, content)
  const header = createFiles(none).readHeader(path, options)
  const found =
    header.kind === 'unreadable'
      ? header.reason
      : header.columns.map((column) => `${column.name}: ${column.type} (${column.samples.join()})`)
  expect(found).toEqual(expected)
}

test('text formats', () => {
  check('a.csv', 'pin,price\n1,2.5\n2,\n', ['pin: integer (1,2)', 'price: number (2.5)'])
  check('mark.csv', '\uFEFFpin;price\r\n1;2,5\r\n', ['pin: integer (1)', 'price: number (2,5)'])
  check('a.tsv', 'pin\tname\n1\ta,b\n', ['pin: integer (1)', 'name: string (a,b)'])
  check('a.json', '[{"pin":1,"sold":"2024-01-02"}]', ['pin: integer (1)', 'sold: date (2024-01-02)'])
  check('a.ndjson', '{"pin":1}\n{"pin":2}\n', ['pin: integer (1,2)'])
  check('a.csv.gz', gzipSync('pin\n7\n'), ['pin: integer (7)'])
  check('wide.csv', Buffer.from('\uFEFFpin\n7\n', 'utf16le'), ['pin: integer (7)'])
})

test('a Parquet file by its description', () => {
  const columnData = [
    { name: 'pin', data: [1, 2], type: 'INT32' as const },
    { name: 'price', data: [1.5, 2.5], type: 'DOUBLE' as const },
    { name: 'Sold At', data: [new Date(0), new Date(1)], type: 'TIMESTAMP' as const },
    { name: 'region', data: ['n', 's'], type: 'STRING' as const },
    { name: 'open', data: [true, false], type: 'BOOLEAN' as const },
  ]
  const options = { ...plain, columns: { sold: { from: 'Sold At' } } }
  const types = ['pin: integer ()', 'price: number ()', 'sold: datetime ()', 'region: string ()', 'open: boolean ()']
  check('a.parquet', new Uint8Array(parquetWriteBuffer({ columnData })), types, options)
})

test('only the head of a large file is read, without its unfinished last line', () => {
  const line = `1,${'x'.repeat(98)}\n`
  check('large.csv', `pin,text\n${line.repeat(4000)}2,"`, ['pin: integer (1)', `text: string (${'x'.repeat(98)})`])
})

test('what cannot be read says why', () => {
  check('empty.csv', '', 'it is empty')
  check('a.xlsx', 'PK', 'it is text; let its name end in .csv')
  const files = createFiles(none)
  expect(files.readHeader(join(folder, 'missing.csv'), plain)).toEqual({ kind: 'unreadable', reason: 'file not found' })
  check('broken.parquet', 'PAR1', 'it is damaged (its end is missing)')
})

test('an open text lies over the disk, and is listed where it will be', () => {
  const path = join(folder, 'new.csv')
  const document = TextDocument.create('file:///new.csv', 'csv', 1, 'pin\n1\n')
  const files = createFiles({ at: (asked) => (asked === path ? document : undefined), openPaths: () => [path] })
  expect(files.readHeader(path, plain)).toMatchObject({ kind: 'header', columns: [{ name: 'pin' }] })
  expect(files.list(folder)).toContain('new.csv')
  TextDocument.update(document, [{ text: 'pins\n1\n' }], 2)
  expect(files.readHeader(path, plain)).toMatchObject({ kind: 'header', columns: [{ name: 'pins' }] })
})
