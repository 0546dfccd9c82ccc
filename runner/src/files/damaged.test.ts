import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { columnOf, makeTable } from '@modeldriver/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readData } from './data.ts'
import { diskFiles } from './header.ts'
import { Unreadable } from './unreadable.ts'
import { writeFiles } from './write.ts'

const all = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }
const table = makeTable([
  ['text', columnOf(Array.from({ length: 200 }, (_, row) => `text ${row % 7}`))],
  ['n', columnOf(Array.from({ length: 200 }, (_, row) => row / 3))],
  ['day', columnOf(Array.from({ length: 200 }, (_, row) => new Date(row * 86_400_000)))],
])

function bytesOf(name: string): Buffer {
  if (name.includes('/')) return readFileSync(join(import.meta.dirname, name))
  const path = `${folderWith({})}/${name}`
  writeFiles([{ path, table, format: name.slice(name.indexOf('.') + 1) as 'csv.gz' }])
  return readFileSync(path)
}

const files = [
  'a.csv.gz',
  'a.ndjson.gz',
  'a.parquet',
  'a.arrow',
  'a.xlsx',
  'workbooks/openpyxl.xlsx',
  'foreign/pyarrow-fallback.parquet',
  'foreign/pyarrow-zstd-v2.parquet',
  'foreign/polars-lz4.parquet',
  'foreign/polars-lz4.arrow',
  'foreign/pyarrow-zstd.feather',
  'foreign/pyarrow.arrows',
]

/** How a sentence goes on after "Cannot read a.xlsx: ". */
const said = /^(it |its |in |a )/

test.each(files)('%s, damaged anywhere or cut off: it is read, or a reason is said', async (name) => {
  const whole = bytesOf(name)
  const path = `${folderWith({})}/${name.slice(name.indexOf('/') + 1)}`
  const damage = fc.oneof(
    fc.record({ cut: fc.nat(whole.length - 1) }),
    fc.record({ at: fc.nat(whole.length - 1), bits: fc.integer({ min: 1, max: 255 }) }),
  )
  await fc.assert(
    fc.asyncProperty(damage, async (how) => {
      const bytes = Buffer.from('cut' in how ? whole.subarray(0, how.cut) : whole)
      if ('at' in how) bytes[how.at] = (bytes[how.at] as number) ^ how.bits
      writeFileSync(path, bytes)
      const error = await readData(path, all).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (error === undefined) return
      expect(error).toBeInstanceOf(Unreadable)
      expect((error as Unreadable).message).toMatch(said)
      const header = diskFiles().readHeader(path, all)
      if (header.kind === 'unreadable') expect(header.reason).toMatch(said)
    }),
    { numRuns: 150 },
  )
})

test('a Parquet file that tells of bytes before its beginning is damaged', async () => {
  const whole = bytesOf('a.parquet')
  const path = `${folderWith({})}/a.parquet`
  const said = new Set<string>()
  // Some of the numbers in the description of the file are places, and all of them are written with their sign in the lowest bit.
  for (let at = whole.length - 300; at < whole.length; at++) {
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] as number) ^ 1
    writeFileSync(path, bytes)
    await readData(path, all).catch(({ message }: Error) => said.add(message))
  }
  expect(said).toContain('it is damaged (it tells of bytes before its beginning)')
})

test.each(['a.parquet', 'foreign/pyarrow-zstd-v2.parquet'])(
  'no bit of the first pages of %s makes reading endless',
  async (name) => {
    const whole = bytesOf(name)
    const path = `${folderWith({})}/a.parquet`
    for (let bit = 0; bit < 8 * 120; bit++) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      writeFileSync(path, bytes)
      await readData(path, all).catch((error: unknown) => expect((error as Unreadable).message).toMatch(said))
    }
  },
)

/** Bytes of files that take seconds, gigabytes or the process itself when they are believed: how often a value stands, how many columns or digits. */
const worst: readonly (readonly [file: string, at: number, bits: number])[] = [
  ['duckdb-gzip.parquet', 498, 4],
  ['duckdb-gzip.parquet', 498, 16],
  ['duckdb-lz4.parquet', 397, 255],
  ['duckdb-v2.parquet', 547, 255],
  ['duckdb-brotli.parquet', 421, 16],
  ['polars-types.parquet', 6426, 1],
  ['pyarrow-encodings.parquet', 4271, 32],
  ['pyarrow-names.parquet', 347, 1],
  ['pyarrow-types.parquet', 8393, 1],
  ['duckdb-zstd.parquet', 499, 144],
  ['polars.arrows', 1183, 16],
  ['polars.arrows', 1955, 4],
  ['polars.arrows', 1986, 64],
  ['polars.arrows', 4151, 4],
  ['polars-zstd.arrow', 14667, 64],
  ['polars-uncompressed.arrow', 1851, 64],
  ['polars-uncompressed.arrow', 1867, 16],
]

test('a part of a workbook is not looked for behind its end', async () => {
  const bytes = bytesOf('a.xlsx')
  // The directory says at its twentieth byte how long a part is.
  bytes.writeUInt32LE(0xff000000, bytes.lastIndexOf('PK\x01\x02') + 20)
  const path = `${folderWith({})}/a.xlsx`
  writeFileSync(path, bytes)
  await expect(readData(path, all)).rejects.toThrow('it is damaged (xl/')
})

test.each(worst)('%s with byte %i changed by %i is read, or a reason is said', async (name, at, bits) => {
  const bytes = bytesOf(`foreign/${name}`)
  bytes[at] = (bytes[at] as number) ^ bits
  const path = `${folderWith({})}/${name}`
  writeFileSync(path, bytes)
  const error = await readData(path, all).catch((reason: unknown) => reason)
  if (error instanceof Error) expect(error.message).toMatch(said)
})
