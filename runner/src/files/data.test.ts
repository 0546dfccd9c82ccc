import { gzipSync } from 'node:zlib'
import { rowOf, type Table } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { createDataStore, type DataOptions, readData } from './data.ts'
import { diskFiles } from './header.ts'
import { writeFiles } from './write.ts'

const all: DataOptions = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }
const rowsOf = (table: Table) => Array.from({ length: table.length }, (_, row) => rowOf(table, row))

const orders = [
  { pin: 'a', price: 1.5, day: Date.UTC(2024, 0, 2) },
  { pin: 'b', price: null, day: Date.UTC(2024, 0, 3) },
]
const csv = 'pin,price,day\na,1.5,2024-01-02\nb,,2024-01-03\n'

test.each([
  ['orders.csv', csv],
  ['orders.tsv', csv.replaceAll(',', '\t')],
  ['orders.csv.gz', gzipSync(csv)],
  ['utf16.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le')],
  ['orders.json', '[{"pin":"a","price":1.5,"day":"2024-01-02"},{"pin":"b","price":null,"day":"2024-01-03"}]'],
  ['orders.ndjson', '{"pin":"a","price":1.5,"day":"2024-01-02"}\n{"pin":"b","day":"2024-01-03"}\n'],
])('%s: the same table and the same header', async (name, content) => {
  const folder = folderWith({ [name]: content })
  const { table, rows } = await readData(`${folder}/${name}`, all)
  expect(rowsOf(table)).toEqual(orders)
  expect(rows).toBe(2)
  const header = diskFiles().readHeader(`${folder}/${name}`, all)
  expect(header.kind === 'header' && header.columns.map((column) => [column.name, column.type])).toEqual([
    ['pin', 'string'],
    ['price', 'number'],
    ['day', 'date'],
  ])
})

test.each([
  ['gone.csv', 'file not found'],
  ['sub', 'only .csv, .tsv, .json, .ndjson (also .gz), .parquet, .arrow and .xlsx files are read'],
  ['sub.csv', 'it is a folder'],
  ['empty.csv', 'it is empty'],
  ['blank.csv', 'it is empty but for blank lines'],
  ['spaces.csv', 'it is empty but for blank lines'],
  ['empty.parquet', 'it is empty'],
  ['empty.arrow', 'it is empty'],
  ['empty.xlsx', 'it is empty'],
  ['empty.csv.gz', 'it is empty'],
  ['table.xls', '.xls files are not read; save it as .xlsx or .csv'],
  ['table.xlsx', 'it is damaged (its end is missing)'],
  ['text.xlsx', 'it is text; let its name end in .csv'],
  ['old.xlsx', 'it is a file of old Excel; save it as .xlsx or .csv'],
  ['text.parquet', 'it is text; let its name end in .csv'],
  ['zip.parquet', 'it is a zip file, as Excel writes; let its name end in .xlsx'],
  ['parquet.arrow', 'it is a Parquet file; let its name end in .parquet'],
  ['gzip.csv', 'it is compressed; let its name end in .gz'],
  ['text.csv.gz', 'it is text; let its name end in .csv'],
  ['cut.csv.gz', 'it is damaged (its end is missing)'],
  ['cut.json', 'its list is no JSON to the end; copy the file again if it is not whole'],
  ['prose.json', 'it is neither a JSON list of objects nor one JSON object per line'],
  ['table.arrow', 'it is damaged (its end is missing)'],
  ['table.feather', 'it is of the first version of Feather; write it with version 2, or as .parquet'],
  ['table.csv', 'it is a zip file, as Excel writes; let its name end in .xlsx'],
  ['binary.csv', 'it is not a text file'],
])('%s cannot be read, and the reason is said', async (name, reason) => {
  const folder = folderWith({
    'sub/x': '',
    'sub.csv/x': '',
    'empty.csv': '',
    'table.xlsx': 'PK\x03\x04',
    'table.arrow': 'ARROW1  begun, and not finished',
    'table.feather': 'FEA1\0 of long ago',
    'blank.csv': '\n',
    'spaces.csv': '  \n\n \n',
    'empty.parquet': '',
    'empty.arrow': '',
    'empty.xlsx': '',
    'empty.csv.gz': gzipSync(''),
    'table.xls': '',
    'text.xlsx': csv,
    'old.xlsx': new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]),
    'text.parquet': csv,
    'zip.parquet': 'PK\x03\x04',
    'parquet.arrow': 'PAR1\x15\x04',
    'gzip.csv': gzipSync(csv),
    'text.csv.gz': csv,
    'cut.csv.gz': gzipSync(csv).subarray(0, -12),
    'cut.json': '[{"a":1},',
    'prose.json': 'a,b\n1,2\n',
    'binary.csv': new Uint8Array([1, 0, 2, 0, 20, 0, 6, 0]),
    'table.csv': new Uint8Array([80, 75, 3, 4, 20, 0, 6, 0]),
  })
  expect(diskFiles().readHeader(`${folder}/${name}`, all)).toEqual({ kind: 'unreadable', reason })
  await expect(readData(`${folder}/${name}`, all)).rejects.toThrow(reason)
})

test('a damaged Parquet file is said to be damaged', async () => {
  const folder = folderWith({ 'orders.parquet': 'PAR1 nothing PAR1' })
  const header = diskFiles().readHeader(`${folder}/orders.parquet`, all)
  expect(header).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('it is damaged') })
  await expect(readData(`${folder}/orders.parquet`, all)).rejects.toThrow('it is damaged')
})

test('the head of a file, and how many rows it has: quoted line ends and blank lines are no rows', async () => {
  const folder = folderWith({ 'a.csv': 'n,t\n1,"x\ny"\n2,b\n\n3,c\n4,d' })
  const { table, rows } = await readData(`${folder}/a.csv`, { ...all, limit: 2 })
  expect(rowsOf(table)).toEqual([
    { n: 1, t: 'x\ny' },
    { n: 2, t: 'b' },
  ])
  expect(rows).toBe(4)
})

test('Parquet: names, types and required values of the manifest', async () => {
  const folder = folderWith({ 'a.csv': 'Unit Price,code,day\n1,7,2024-05-06\n,8,2024-05-07\n' })
  const { table } = await readData(`${folder}/a.csv`, all)
  writeFiles([{ path: `${folder}/a.parquet`, table, format: 'parquet' }])
  const columns = { price: { from: 'Unit Price', required: true }, code: { type: 'string' } } as const
  const options = { ...all, columns }
  const read = await readData(`${folder}/a.parquet`, options)
  expect(rowsOf(read.table)).toEqual([{ price: 1, code: '7', day: Date.UTC(2024, 4, 6) }])
  expect(read.rejected).toEqual([
    { row: 2, column: 'price', text: '', reason: "'price' is required, but has no value", kind: 'row' },
  ])
  const header = diskFiles().readHeader(`${folder}/a.parquet`, options)
  expect(header.kind === 'header' && header.columns.map(({ name }) => name)).toEqual(['price', 'code', 'day'])
})

test('a file that did not change is not read again; an unsaved text comes before it', async () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n' })
  const store = createDataStore()
  const path = `${folder}/a.csv`
  const first = await store.read(path, all)
  expect(await store.read(path, all)).toBe(first)
  expect(rowsOf((await store.read(path, all, { [path]: 'n\n5\n' })).table)).toEqual([{ n: 5 }])
  writeFiles([{ path, text: 'n\n1\n2\n' }])
  expect((await store.read(path, all)).rows).toBe(2)
})

test.each([
  ['UTF-8', Buffer.from('k;v\nJosé;1\nJosè;2\n'), ['José', 'Josè']],
  ['Windows-1252', Buffer.from('k;v\nJos\xe9;1\nJos\xe8 \x80;2\n', 'latin1'), ['José', 'Josè €']],
  [
    'UTF-8 with a damaged letter',
    Buffer.concat([Buffer.from('k;v\nJosé;1\nJos'), Buffer.from([0xc3]), Buffer.from(';2\n')]),
    ['José', 'Jos\ufffd'],
  ],
  [
    'UTF-16',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('k;v\nJosé;1\nJosè;2\n', 'utf16le')]),
    ['José', 'Josè'],
  ],
])('text in %s', async (_, bytes, keys) => {
  const folder = folderWith({ 'd.csv': bytes })
  const { table } = await readData(`${folder}/d.csv`, all)
  expect([0, 1].map((row) => rowOf(table, row).k)).toEqual(keys)
})
