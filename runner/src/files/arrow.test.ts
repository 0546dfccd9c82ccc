import { rowOf, type Table } from '@modeldriver/engine'
import { dateDay, dictionary, tableFromArrays, tableToIPC, timestamp, utf8 } from '@uwdata/flechette'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readData } from './data.ts'
import { diskFiles } from './header.ts'

const all = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }
const rowsOf = (table: Table) => Array.from({ length: table.length }, (_, row) => rowOf(table, row))

const orders = tableFromArrays(
  {
    pin: ['a', 'b', null],
    price: [1.5, null, 3],
    count: [1n, 2n, 3n],
    open: [true, false, null],
    day: [new Date(Date.UTC(2024, 0, 2)), new Date(Date.UTC(2024, 0, 3)), null],
    at: [new Date(Date.UTC(2024, 0, 2, 8, 30)), null, null],
    region: ['n', 's', 'n'],
    tags: [[1], [2], [3]],
  },
  { types: { day: dateDay(), at: timestamp(), region: dictionary(utf8()) } },
)
const bytesOf = (format: 'file' | 'stream') => tableToIPC(orders, { format }) as Uint8Array

test.each([
  ['orders.arrow', bytesOf('file')],
  ['orders.feather', bytesOf('file')],
  ['orders.arrows', bytesOf('stream')],
])('%s: columns with types and samples, and every cell; lists are left out', async (name, bytes) => {
  const path = `${folderWith({ [name]: bytes })}/${name}`
  const header = diskFiles().readHeader(path, all)
  expect(header.kind === 'header' && header.columns.map((c) => `${c.name}: ${c.type} (${c.samples.join()})`)).toEqual([
    'pin: string (a,b)',
    'price: number (1.5,3)',
    'count: integer (1,2,3)',
    'open: boolean (true,false)',
    'day: date (2024-01-02,2024-01-03)',
    'at: datetime (2024-01-02T08:30:00Z)',
    'region: string (n,s)',
  ])
  const { table, rows } = await readData(path, { ...all, limit: 2 })
  expect(rows).toBe(3)
  expect(rowsOf(table)).toEqual([
    {
      pin: 'a',
      price: 1.5,
      count: 1,
      open: true,
      day: Date.UTC(2024, 0, 2),
      at: Date.UTC(2024, 0, 2, 8, 30),
      region: 'n',
    },
    { pin: 'b', price: null, count: 2, open: false, day: Date.UTC(2024, 0, 3), at: null, region: 's' },
  ])
})

test('names and types of the manifest', async () => {
  const path = `${folderWith({ 'orders.arrow': bytesOf('file') })}/orders.arrow`
  const options = { ...all, columns: { amount: { from: 'count', type: 'string' } } } as const
  const { table } = await readData(path, options)
  expect(rowsOf(table)[0]).toMatchObject({ amount: '1' })
  const header = diskFiles().readHeader(path, options)
  expect(header.kind === 'header' && header.columns.map(({ name }) => name)).toContain('amount')
})

test('what a table cannot hold is said: lists, infinite numbers, whole numbers beyond 2^53', async () => {
  const table = tableFromArrays({
    x: [1.5, Number.POSITIVE_INFINITY, Number.NaN],
    id: [1n, 2n ** 53n + 1n, null],
    tags: [[1], [2], [3]],
  })
  const folder = folderWith({ 'a.arrow': tableToIPC(table, { format: 'file' }) as Uint8Array })
  const read = await readData(`${folder}/a.arrow`, all)
  expect(rowsOf(read.table)).toEqual([
    { x: 1.5, id: '1' },
    { x: null, id: '9007199254740993' },
    { x: null, id: null },
  ])
  expect(read.rejected).toEqual([
    { row: 2, column: 'x', text: 'Infinity', reason: 'not a finite number', kind: 'cell' },
  ])
  expect(read.notes).toEqual([
    "Not read, because it holds lists: 'tags'.",
    "Column 'id': It holds whole numbers beyond 2^53, which have no exact value as a number, so it is read as text. The first is 9007199254740993 in row 2.",
  ])
})
