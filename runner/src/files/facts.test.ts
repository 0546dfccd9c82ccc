import { tableFromArrays, tableToIPC } from '@uwdata/flechette'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readHeader } from './header.ts'

/** What is said of the columns of a file with these contents. */
function facts(name: string, contents: string | Uint8Array, open?: string) {
  const header = readHeader(`${folderWith({ [name]: contents })}/${name}`, open, { formats: {}, columns: {} })
  return header.kind === 'header' ? header.columns.map((column) => column.facts) : header.reason
}

const price = { rows: 3, missing: 1, distinct: 2, min: 1.5, max: 2.5 }

test.each([
  ['a.csv', 'price\n1.5\n""\n2.5\n'],
  ['a.tsv', 'é price\n1.5\n""\n2.5\n'],
  ['a.ndjson', '{"price":1.5}\n{}\n{"price":2.5}\n'],
  ['a.json', '[{"price":1.5},{"price":null},{"price":2.5}]'],
])('%s: a small file is looked at as a whole', (name, contents) => {
  expect(facts(name, contents)).toEqual([{ ...price, isWhole: true }])
})

test('of a large file the first rows', () => {
  const lines = Array.from({ length: 6000 }, (_, i) => `${i}\n`).join('')
  expect(facts('a.csv', `price\n${lines}`)).toEqual([{ rows: 5000, missing: 0, distinct: 5000, min: 0, max: 4999 }])
  expect(facts('a.csv', 'price\n1\n', 'price\n7\n')).toEqual([
    { rows: 1, missing: 0, distinct: 1, min: 7, max: 7, isWhole: true },
  ])
})

test('Parquet says it itself, Arrow shows its first rows', () => {
  const columnData = [
    { name: 'price', type: 'DOUBLE' as const, data: [1.5, null, 2.5] },
    { name: 'day', type: 'TIMESTAMP' as const, data: [new Date('2024-03-09'), new Date('2024-01-01'), null] },
    { name: 'pin', type: 'STRING' as const, data: ['a', 'b', 'b'] },
  ].map((column) => ({ ...column, nullable: true }))
  const written = new Uint8Array(parquetWriteBuffer({ columnData, statistics: true }))
  expect(facts('a.parquet', written)).toEqual([
    { rows: 3, isWhole: true, missing: 1, min: 1.5, max: 2.5 },
    { rows: 3, isWhole: true, missing: 1, min: Date.UTC(2024, 0, 1), max: Date.UTC(2024, 2, 9) },
    { rows: 3, isWhole: true, missing: 0 },
  ])
  const arrow = tableToIPC(tableFromArrays({ price: [1.5, null, 2.5] }), { format: 'file' }) as Uint8Array
  expect(facts('a.arrow', arrow)).toEqual([price])
})
