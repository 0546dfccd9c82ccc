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
  ['Storno', columnOf(['JA', 'nein', 'yes', null, 'n'])],
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
    cancelled: { from: 'Storno', truth: { true: ['ja', 'j'], false: ['Nein', 'n'] } },
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
        cancelled: true,
        at: Date.UTC(2024, 2, 28, 17, 5),
      },
      {
        day: Date.UTC(2024, 2, 29),
        price: 0.5,
        discount: 2,
        quantity: null,
        zip: '10115',
        paid: false,
        cancelled: false,
        at: Date.UTC(2024, 2, 29),
      },
      { day: null, price: 7, discount: null, quantity: 3, zip: '80331', paid: true, cancelled: null, at: null },
      {
        day: Date.UTC(2024, 3, 1),
        price: 1,
        discount: 4,
        quantity: 5,
        zip: '20095',
        paid: null,
        cancelled: false,
        at: Date.UTC(2024, 3, 1, 8, 30),
      },
    ])
    expect(rows).toBe(5)
    const first = header(format)
    expect(rejected.map(({ row, column, text, reason, kind }) => [row - first, column, text, reason, kind])).toEqual([
      [2, 'quantity', '2,5', 'not a whole number', 'cell'],
      [3, 'day', '31.02.2024', "not a date like 'dd.MM.yyyy'", 'cell'],
      [3, 'cancelled', 'yes', "not a boolean like 'ja' or 'j' or 'Nein' or 'n'", 'cell'],
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
      'cancelled: boolean',
      'at: datetime',
    ])
  },
)

/** Excel's own CSV where commas are decimal: Windows-1252 or a byte order mark, `;`, CRLF, quotes, its words for true and false. */
const german =
  'Straße;Umsatz;Anteil;Tag;bezahlt;Notiz\r\n"Am ""Markt"" 5";1.234.567,89;0,5;28.03.2024;WAHR;"zwei\r\nZeilen; eine"\r\nÄußere Gasse;-12,5;1;29.03.2024;FALSCH;\r\nWeg;12,50 €;2;30.03.2024;;\r\n'

test.each([
  ['Windows-1252', Buffer.from(german.replaceAll('€', '\x80'), 'latin1')],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${german}`)],
  ['UTF-16', Buffer.from(`\ufeff${german}`, 'utf16le')],
  ['a line that names the sign between cells', Buffer.from(`\ufeffsep=;\r\n${german}`)],
])('CSV as Excel writes it in Europe: %s', async (what, bytes) => {
  const path = `${folderWith({ 'umsatz.csv': bytes })}/umsatz.csv`
  const columns = { Tag: { format: 'dd.MM.yyyy' }, bezahlt: { type: 'boolean' }, Umsatz: { type: 'number' } } as const
  const own = { formats: { number: { decimal: ',', thousands: '.' } }, columns, limit: Number.POSITIVE_INFINITY }
  const { table, rejected, notes } = await readData(path, own)
  expect(rowsOf(table)).toEqual([
    {
      Straße: 'Am "Markt" 5',
      Umsatz: 1234567.89,
      Anteil: 0.5,
      Tag: Date.UTC(2024, 2, 28),
      bezahlt: true,
      Notiz: 'zwei\r\nZeilen; eine',
    },
    { Straße: 'Äußere Gasse', Umsatz: -12.5, Anteil: 1, Tag: Date.UTC(2024, 2, 29), bezahlt: false, Notiz: null },
    { Straße: 'Weg', Umsatz: null, Anteil: 2, Tag: Date.UTC(2024, 2, 30), bezahlt: null, Notiz: null },
  ])
  const first = what.startsWith('a line') ? 1 : 0
  expect(rejected).toEqual([
    { row: 5 + first, column: 'Umsatz', text: '12,50 €', reason: 'not a number', kind: 'cell' },
  ])
  expect(notes).toEqual([])
  const header = diskFiles().readHeader(path, { formats: {}, columns: {} })
  expect(header.kind === 'header' && header.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'Straße: string',
    'Umsatz: string',
    'Anteil: number',
    'Tag: string',
    'bezahlt: string',
    'Notiz: string',
  ])
})
