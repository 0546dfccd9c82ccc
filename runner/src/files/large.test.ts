import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, tableToIPC } from '@uwdata/flechette'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, test, vi } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readData } from './data.ts'
import { readHeader } from './header.ts'

/** Bytes that were read from files. */
let bytesRead = 0
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  const counted = <T extends { length: number }>(read: T): T => {
    bytesRead += read.length
    return read
  }
  return {
    ...real,
    readFileSync: (...args: Parameters<typeof fs.readFileSync>) => counted(real.readFileSync(...args)),
    readSync: (file: number, buffer: Uint8Array, start: number, length: number, position: number) => {
      const count = real.readSync(file, buffer, start, length, position)
      bytesRead += count
      return count
    },
  }
})

const gigabytes = 5
const size = gigabytes * 2 ** 30
const megabyte = 2 ** 20
const options = { formats: {}, columns: {} }

/** A file of 5 GB without contents between its head and its end. */
function sparse(name: string, head: string | Uint8Array, end: Uint8Array = new Uint8Array()): string {
  const path = `${folderWith({ [name]: head })}/${name}`
  const file = fs.openSync(path, 'r+')
  fs.ftruncateSync(file, size)
  fs.writeSync(file, end, 0, end.length, size - end.length)
  fs.closeSync(file)
  return path
}

const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('')
const columns = {
  price: [1.5, 2.5],
  pin: ['a', 'b'],
}
const arrow = (format: 'file' | 'stream') => tableToIPC(tableFromArrays(columns), { format }) as Uint8Array
const parquet = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      { name: 'price', data: columns.price, type: 'DOUBLE' },
      { name: 'pin', data: columns.pin, type: 'STRING' },
    ],
  }),
)
const noise = (i: number) => `${Math.sin(i + 1)},${'pin'.repeat(i % 7)}${Math.cos(i).toString(36)}\n`

test.each([
  ['csv', `price,pin\n${lines(30_000, (i) => `${i}.5,${i % 2 === 0 ? 'a' : 'b'}ö\n`)}`, undefined],
  ['ndjson', lines(10_000, (i) => `{"price":${i}.5,"pin":"ö \\"${i}"}\n`), undefined],
  ['json', `[${lines(100_000, (i) => `{"price":${i}.5,"pin":"[{ \\\\\\"${i} \\\\"},\n   `)}`, undefined],
  ['csv.gz', gzipSync(`price,pin\n${lines(50_000, noise)}`), undefined],
  ['parquet', 'PAR1', parquet],
  ['arrow', arrow('file'), arrow('file')],
  ['arrows', arrow('stream'), undefined],
])('of a .%s file of 5 GB only head and end are read', (ending, head, end) => {
  const path = sparse(`large.${ending}`, head, end)
  bytesRead = 0
  const header = readHeader(path, undefined, options)
  expect(header.kind === 'header' && header.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'price: number',
    'pin: string',
  ])
  expect(bytesRead).toBeGreaterThan(0)
  expect(bytesRead).toBeLessThan(5 * megabyte)
})

test.each([
  ['csv', 'a'.repeat(megabyte), 'it is not a text file'],
  ['json', '[{"price":1},', 'it is not a text file'],
  ['parquet', 'PAR1', 'it is damaged (its end is missing)'],
  ['arrow', arrow('file'), 'it is damaged (its end is missing)'],
])('a .%s file of 5 GB that is still being written is said to be so', (ending, head, reason) => {
  const header = readHeader(sparse(`large.${ending}`, head), undefined, options)
  expect(header).toEqual({ kind: 'unreadable', reason })
})

test('an Arrow file above 2 GB is not read whole, and it is said what is', async () => {
  const path = sparse('large.arrow', arrow('file'), arrow('file'))
  const error = await readData(path, { ...options, limit: 10 }).catch(String)
  expect(error).toContain('it is larger than 2 GB, which is read of .parquet, .csv and .json only; save it as .parquet')
})

test('a first record that is longer than the head is read as a whole', () => {
  const names = Array.from({ length: 60_000 }, (_, i) => `column_${i}`)
  const path = sparse('wide.csv', `${names.join()}\n${lines(20_000, (i) => `${i},2\n`)}`)
  const header = readHeader(path, undefined, options)
  expect(header.kind === 'header' && header.columns.length).toBe(names.length)
})

test.runIf(process.platform !== 'win32')('a pipe is not waited for', () => {
  const path = `${folderWith({ 'other.csv': '' })}/pipe.csv`
  execFileSync('mkfifo', [path])
  const reason = 'it is no file with contents of its own'
  expect(readHeader(path, undefined, options)).toEqual({ kind: 'unreadable', reason })
})
