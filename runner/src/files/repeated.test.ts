import { rowOf, type Table } from '@modeldriver/engine'
import { columnFromArray, tableFromColumns, tableToIPC } from '@uwdata/flechette'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readData } from './data.ts'
import { readHeader } from './header.ts'

/** Columns `price`, `pin`, `price`, `price_2` and `price`, in two row groups where the format has them. */
const columns = {
  price: [1.5, 2.5, null],
  pin: ['a', 'b', 'c'],
  again: [10.5, 20.5, 30.5],
  taken: [7.5, 8.5, 9.5],
  third: [0.5, null, 1.5],
}
const nameOf: Readonly<Record<keyof typeof columns, string>> = {
  price: 'price',
  pin: 'pin',
  again: 'price',
  taken: 'price_2',
  third: 'price',
}

function parquet(): Uint8Array {
  const columnData = Object.entries(columns).map(([key, data]) => ({
    name: nameOf[key as keyof typeof columns],
    data,
    type: key === 'pin' ? ('STRING' as const) : ('DOUBLE' as const),
    nullable: true,
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2, statistics: true }))
}

function arrow(): Uint8Array {
  const own = Object.entries(columns).map(
    ([key, data]) => [nameOf[key as keyof typeof columns], columnFromArray(data as never[])] as [string, never],
  )
  return tableToIPC(tableFromColumns(own), { format: 'file' }) as Uint8Array
}

const warning = "'price' stands 3 times in the header; from left to right it is read as 'price', 'price_3', 'price_4'."
const rowsOf = (table: Table) => Array.from({ length: table.length }, (_, row) => rowOf(table, row))

describe.each([
  ['Parquet', 'a.parquet', parquet],
  ['Arrow', 'a.arrow', arrow],
])('%s: of columns with one name each is read', (_, name, bytes) => {
  const written = bytes()
  const placed = () => `${folderWith({ [name]: written })}/${name}`
  const all = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }

  test('under a name of its own, which is said', async () => {
    const { table, warnings } = await readData(placed(), all)
    expect(warnings).toEqual([warning])
    expect(rowsOf(table)).toEqual([
      { price: 1.5, pin: 'a', price_3: 10.5, price_2: 7.5, price_4: 0.5 },
      { price: 2.5, pin: 'b', price_3: 20.5, price_2: 8.5, price_4: null },
      { price: null, pin: 'c', price_3: 30.5, price_2: 9.5, price_4: 1.5 },
    ])
  })

  test('the header says the same', () => {
    const header = readHeader(placed(), undefined, all)
    expect(header).toMatchObject({ kind: 'header', warnings: [warning] })
    const known = header.kind === 'header' ? header.columns : []
    expect(known.map((column) => `${column.name} ${column.type}`)).toEqual([
      'price number',
      'pin string',
      'price_3 number',
      'price_2 number',
      'price_4 number',
    ])
    expect(known[2]?.facts).toMatchObject({ rows: 3, missing: 0, min: 10.5, max: 30.5 })
  })

  test('where only one of them is wanted, or the manifest names it', async () => {
    const one = await readData(placed(), { ...all, only: ['price_3'] })
    expect([...one.table.columns.keys()]).toEqual(['price_3'])
    expect(rowsOf(one.table)[2]).toEqual({ price_3: 30.5 })
    const named = await readData(placed(), { ...all, columns: { net: { from: 'price_4' } }, only: ['net'] })
    expect(rowsOf(named.table).map(({ net }) => net)).toEqual([0.5, null, 1.5])
  })
})
