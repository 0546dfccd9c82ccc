import { columnOf, makeTable, rowOf, type Table } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { type DataOptions, readData } from './data.ts'
import { diskFiles } from './header.ts'
import { tableFormats, writeFiles } from './write.ts'

const rowsOf = (table: Table) => Array.from({ length: table.length }, (_, row) => rowOf(table, row))

/** Everything is text here, as another program exported it. */
const exported = makeTable([
  ['Datum', columnOf(['28.03.2024', '29.03.2024', '31.02.2024', '30.03.2024', '01.04.2024'])],
  ['Preis', columnOf(['1.234,50', '0,5', '7', 'k. A.', '1'])],
  ['Rabatt', columnOf(["1'000.5", '2', null, '3', '4'])],
  ['Menge', columnOf(['1', '2,5', '3', '4', '5'])],
  ['PLZ', columnOf(['01067', '10115', '80331', null, '20095'])],
  ['bezahlt', columnOf(['yes', 'no', '1', 'maybe', null])],
  ['Zeit', columnOf(['03/28/2024 17:05', '03/29/2024 00:00', null, null, '04/01/2024 08:30'])],
])

const options: DataOptions = {
  formats: { date: 'dd.MM.yyyy', number: { decimal: ',', thousands: '.' } },
  columns: {
    day: { from: 'Datum', type: 'date' },
    price: { from: 'Preis', type: 'number' },
    discount: { from: 'Rabatt', number: { decimal: '.', thousands: "'" } },
    quantity: { from: 'Menge', type: 'integer' },
    zip: { from: 'PLZ', type: 'string', required: true },
    paid: { from: 'bezahlt', type: 'boolean' },
    at: { from: 'Zeit', format: 'MM/dd/yyyy HH:mm' },
  },
  limit: Number.POSITIVE_INFINITY,
}

/** Text files count lines, sheets as Excel does, the others rows. */
const header = (format: string) => (/^(csv|tsv|xlsx)/.test(format) ? 1 : 0)

test.each(tableFormats)(
  '%s: names, types, formats per type and per column, required values; the rest is set aside',
  async (format) => {
    const path = `${folderWith({})}/orders.${format}`
    writeFiles([{ path, table: exported, format }])
    const { table, rejected, rows } = await readData(path, options)
    expect(rowsOf(table)).toEqual([
      {
        day: Date.UTC(2024, 2, 28),
        price: 1234.5,
        discount: 1000.5,
        quantity: 1,
        zip: '01067',
        paid: true,
        at: Date.UTC(2024, 2, 28, 17, 5),
      },
      {
        day: Date.UTC(2024, 2, 29),
        price: 0.5,
        discount: 2,
        quantity: null,
        zip: '10115',
        paid: false,
        at: Date.UTC(2024, 2, 29),
      },
      { day: null, price: 7, discount: null, quantity: 3, zip: '80331', paid: true, at: null },
      {
        day: Date.UTC(2024, 3, 1),
        price: 1,
        discount: 4,
        quantity: 5,
        zip: '20095',
        paid: null,
        at: Date.UTC(2024, 3, 1, 8, 30),
      },
    ])
    expect(rows).toBe(5)
    const first = header(format)
    expect(rejected.map(({ row, column, text, reason, kind }) => [row - first, column, text, reason, kind])).toEqual([
      [2, 'quantity', '2,5', 'not a whole number', 'cell'],
      [3, 'day', '31.02.2024', "not a date like 'dd.MM.yyyy'", 'cell'],
      [4, 'zip', '', "'zip' is required, but has no value", 'row'],
    ])
    const known = diskFiles().readHeader(path, options)
    expect(known.kind === 'header' && known.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'day: date',
      'price: number',
      'discount: number',
      'quantity: integer',
      'zip: string',
      'paid: boolean',
      'at: datetime',
    ])
  },
)
