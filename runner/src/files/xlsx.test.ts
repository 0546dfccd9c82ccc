import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rowOf, type Table } from '@modeldriver/engine'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { type DataOptions, readData } from './data.ts'
import { diskFiles } from './header.ts'
import { kindOfFormat } from './xlsxBook.ts'

const all: DataOptions = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }
const rowsOf = (table: Table) => Array.from({ length: table.length }, (_, row) => rowOf(table, row))
const made = (name: string) => join(import.meta.dirname, 'workbooks', name)
const typesOf = (path: string, options: DataOptions = all) => {
  const header = diskFiles().readHeader(path, options)
  return header.kind === 'header' ? header.columns.map(({ name, type }) => `${name}: ${type}`) : header
}

/** A workbook of one sheet with these parts of XML. */
function workbook(sheet: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  const files = {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', '/xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': '<workbook><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'styles', 'styles.xml')}${relation('r3', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...parts,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

const row = (...cells: readonly string[]) => `<row>${cells.join('')}</row>`
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const number = (value: number, style = 0) => `<c s="${style}"><v>${value}</v></c>`

async function read(sheet: string, options: Partial<DataOptions> = {}, parts: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ 'book.xlsx': workbook(sheet, parts) })
  return readData(`${folder}/book.xlsx`, { ...all, ...options })
}

test('errors of Excel that stand for a missing value', async () => {
  const error = (value: string) => `<c t="e"><v>${value}</v></c>`
  const sheet = [text('n'), number(1), error('#N/A'), error('#DIV/0!'), text('NA'), number(-999)].map((cell) =>
    row(cell, text('x')),
  )
  const { table, rejected } = await read(sheet.join(''), { formats: { missing: ['#N/A', 'NA', '-999'] } })
  expect([0, 1, 2, 3, 4].map((at) => rowOf(table, at).n)).toEqual([1, null, null, null, null])
  expect(rejected.map((cell) => cell.text)).toEqual(['#DIV/0!'])
})

test('openpyxl: a title, an empty row, merged cells, errors, formulas never calculated, a hidden sheet before', async () => {
  const { table, rejected, notes, rows } = await readData(made('openpyxl.xlsx'), all)
  expect(rows).toBe(3)
  const day = (text: string) => Date.parse(text)
  expect(rowsOf(table)).toEqual([
    {
      Region: 'Nord',
      Tag: day('2024-02-29'),
      Zeit: '08:30:00',
      Menge: 1,
      PLZ: '01067',
      Preis: 1.5,
      ok: true,
      Summe: null,
    },
    {
      Region: 'Nord',
      Tag: day('2024-03-01'),
      Zeit: '17:05:09',
      Menge: 2,
      PLZ: '10115',
      Preis: null,
      ok: false,
      Summe: null,
    },
    {
      Region: 'Süd',
      Tag: day('2024-03-02'),
      Zeit: '26:15:00',
      Menge: 3,
      PLZ: '80331',
      Preis: -0.25,
      ok: null,
      Summe: null,
    },
  ])
  expect(rejected).toEqual([
    {
      row: 5,
      column: 'Summe',
      text: '=D5*F5',
      reason: 'a formula whose result is not saved: open the file in Excel and save it',
      kind: 'cell',
    },
    { row: 6, column: 'Preis', text: '#DIV/0!', reason: 'an error in the sheet', kind: 'cell' },
  ])
  expect(notes).toEqual([
    'Rows 1 to 2 stand above the header, which is row 4, and are not read; "header_row" in the manifest names another one.',
    'Cells merged over rows have their value in each of them (A5:A6).',
  ])
  expect(diskFiles().readHeader(made('openpyxl.xlsx'), all)).toMatchObject({ headerRow: 4 })
  expect(typesOf(made('openpyxl.xlsx'))).toEqual([
    'Region: string',
    'Tag: date',
    'Zeit: string',
    'Menge: integer',
    'PLZ: string',
    'Preis: number',
    'ok: boolean',
    'Summe: undefined',
  ])
})

test('XlsxWriter: dates from 1904, saved results of formulas, rich text', async () => {
  const { table, rejected, notes } = await readData(made('xlsxwriter.xlsx'), all)
  expect(rowsOf(table)).toEqual([
    { at: Date.UTC(2024, 1, 29, 23, 59, 30), qty: 1234.5, total: '2469', note: 'a bold word', err: null },
    { at: Date.UTC(1904, 0, 2), qty: -3, total: '-3x', note: 'line\nbreak', err: null },
  ])
  expect(rejected.map(({ row, column, text }) => [row, column, text])).toEqual([
    [2, 'err', '#DIV/0!'],
    [3, 'err', '#N/A'],
  ])
  expect(notes).toEqual(["Column 'total': It holds numbers and text, so it is read as text."])
})

test.each(['sheetjs.xlsx', 'sheetjs-stored.xlsx'])('SheetJS, packed or not: %s', async (name) => {
  const { table, rejected } = await readData(made(name), all)
  expect(rejected).toEqual([])
  expect(rowsOf(table)).toEqual([
    { id: 'a', day: Date.UTC(1900, 0, 1), amount: 1e21, flag: true },
    { id: 'b', day: Date.UTC(1900, 2, 1), amount: -1.5e-7, flag: false },
    { id: 'c', day: Date.UTC(2024, 11, 31, 12), amount: 12345678901234, flag: true },
  ])
})

test('the row of the header, where it is said', async () => {
  const path = made('openpyxl.xlsx')
  const said = { ...all, headerRow: 5 }
  const { table, notes } = await readData(path, said)
  expect([...table.columns.keys()].slice(0, 2)).toEqual(['Nord', '2024-02-29'])
  expect(table.length).toBe(2)
  expect(notes).toEqual([])
  expect(diskFiles().readHeader(path, said)).toMatchObject({
    kind: 'header',
    columns: [{ name: 'Nord' }, {}, {}, {}, {}, {}, {}, {}],
  })
  expect(await readData(path, { ...all, headerRow: 4 })).toMatchObject({ table: (await readData(path, all)).table })
  await expect(readData(path, { ...all, headerRow: 3 })).rejects.toThrow(
    `its sheet 'Umsatz' has no value in row 3, which "header_row" names`,
  )
})

test('a sheet by its name, and what sheets there are', async () => {
  const options = { ...all, sheet: 'filialen' }
  expect(rowsOf((await readData(made('openpyxl.xlsx'), options)).table)).toEqual([{ id: 1, name: 'Mitte' }])
  expect(diskFiles().readHeader(made('openpyxl.xlsx'), options)).toMatchObject({
    kind: 'header',
    sheets: ['versteckt', 'Umsatz', 'Filialen'],
  })
  const reason = "it has no sheet 'Filiale'; its sheets are 'versteckt', 'Umsatz', 'Filialen'"
  const wrong = { ...all, sheet: 'Filiale' }
  expect(diskFiles().readHeader(made('openpyxl.xlsx'), wrong)).toEqual({
    kind: 'unreadable',
    reason,
    sheets: ['versteckt', 'Umsatz', 'Filialen'],
  })
  await expect(readData(made('openpyxl.xlsx'), wrong)).rejects.toThrow(reason)
})

test.each([
  [
    'protected with a password',
    () => readFileSync(made('protected.xlsx')),
    'it is protected with a password; save it without one',
  ],
  ['cut off', () => readFileSync(made('openpyxl.xlsx')).subarray(0, 3000), 'it is damaged (its end is missing)'],
  ['another zip file', () => zipSync({ 'a.txt': strToU8('a') }), 'it is a zip file, but no Excel workbook'],
  [
    'a sheet of LibreOffice',
    () => zipSync({ mimetype: strToU8('x'), 'content.xml': strToU8('<a/>') }),
    'it is a sheet of LibreOffice (.ods); save it as .xlsx',
  ],
  ['an empty sheet', () => workbook(''), "its sheet 'One' is empty"],
  ['broken XML', () => workbook('<row><c></row>'), 'it is damaged ('],
])('%s cannot be read, and the reason is said', async (_, bytes, reason) => {
  const folder = folderWith({ 'book.xlsx': bytes() })
  const path = `${folder}/book.xlsx`
  expect(diskFiles().readHeader(path, all)).toMatchObject({
    kind: 'unreadable',
    reason: expect.stringContaining(reason),
  })
  await expect(readData(path, all)).rejects.toThrow(reason)
})

test('a changed byte in what is packed is found', async () => {
  const bytes = Buffer.from(workbook(row(text('x')) + row(number(1234))))
  const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length + 40
  bytes[at] = (bytes[at] as number) ^ 0x10
  const folder = folderWith({ 'book.xlsx': bytes })
  await expect(readData(`${folder}/book.xlsx`, all)).rejects.toThrow('it is damaged')
})

test('cells without places, columns without a header, rows without a value, prefixes of names', async () => {
  const sheet =
    '<x:worksheet><x:sheetData><x:row><x:c t="str"><x:v>a</x:v></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row><x:row r="4"><x:c r="A4"><x:v>1</x:v></x:c><x:c r="B4"><x:v>2</x:v></x:c><x:c r="D4"><x:v>3</x:v></x:c></x:row><x:row r="9"><x:c r="A9" s="1"/></x:row></x:sheetData></x:worksheet>'
  const { table, rows } = await read('', {}, { 'xl/worksheets/sheet1.xml': sheet })
  expect(rowsOf(table)).toEqual([{ a: 1, b: 2, column_3: 3 }])
  expect(rows).toBe(1)
})

test('shared texts: what is said beside them is none of them, letters that XML cannot hold', async () => {
  const strings =
    '<sst><si><t>key</t></si><si><r><t>漢</t></r><r><t xml:space="preserve">字 </t></r><rPh><t>かんじ</t></rPh></si><si><t>_x0041__x005F_x0041_</t></si></sst>'
  const cell = (index: number) => `<c t="s"><v>${index}</v></c>`
  const { table } = await read(row(cell(0)) + row(cell(1)) + row(cell(2)), {}, { 'xl/sharedStrings.xml': strings })
  expect(rowsOf(table)).toEqual([{ key: '漢字 ' }, { key: 'A_x0041_' }])
})

test('days before March 1900, impossible ones, and durations as numbers of days', async () => {
  const days = [1, 59, 60, 61, -1, 2958465, 2958466]
  const sheet = row(text('day')) + days.map((day) => row(number(day, 1))).join('')
  const { table, rejected } = await read(sheet)
  const iso = rowsOf(table).map(({ day }) => day && new Date(day as number).toISOString().slice(0, 10))
  expect(iso).toEqual(['1900-01-01', '1900-02-28', null, '1900-03-01', null, '9999-12-31', null])
  expect(rejected.map(({ row, text, reason }) => [row, text, reason])).toEqual([
    [4, '1900-02-29', 'a day that never was'],
    [6, '-1', 'a number of days that is no date'],
    [8, '2958466', 'a number of days that is no date'],
  ])
  const hours = row(text('hours')) + row(number(0.5, 2)) + row(number(1.25, 2))
  expect(rowsOf((await read(hours)).table)).toEqual([{ hours: '12:00:00' }, { hours: '30:00:00' }])
  const asNumber = await read(hours, { columns: { hours: { type: 'number' } } })
  expect(rowsOf(asNumber.table)).toEqual([{ hours: 0.5 }, { hours: 1.25 }])
})

test('columns of the manifest: names, types, dates that are dates whatever the format, required values', async () => {
  const sheet =
    row(text('Unit Price'), text('sold'), text('code')) +
    row(text('1.234,5'), number(45351, 1), number(7)) +
    row(text('n/a'), text('01.03.2024'), number(8)) +
    row(number(2), text('soon'), '<c/>')
  const { table, rejected } = await read(sheet, {
    formats: { number: { decimal: ',', thousands: '.' }, date: 'dd.MM.yyyy' },
    columns: {
      price: { from: 'Unit Price', type: 'number' },
      sold: { type: 'date' },
      code: { type: 'string', required: true },
    },
  })
  expect(rowsOf(table)).toEqual([
    { price: 1234.5, sold: Date.UTC(2024, 1, 29), code: '7' },
    { price: null, sold: Date.UTC(2024, 2, 1), code: '8' },
  ])
  expect(rejected.map(({ row, column, text, reason, kind }) => [row, column, text, reason, kind])).toEqual([
    [3, 'price', 'n/a', 'not a number', 'cell'],
    [4, 'code', '', "'code' is required, but has no value", 'row'],
  ])
})

test('a column of numbers with a few texts is one of numbers, and those are set aside', async () => {
  const many = Array.from({ length: 60 }, (_, n) => row(number(n))).join('')
  const { table, rejected } = await read(row(text('n')) + many + row(text('61')) + row(text('unknown')))
  expect(table.columns.get('n')?.type).toBe('integer')
  expect(rowsOf(table).slice(-3)).toEqual([{ n: 59 }, { n: 61 }, { n: null }])
  expect(rejected).toEqual([{ row: 63, column: 'n', text: 'unknown', reason: 'not a number', kind: 'cell' }])
})

test('the head of a sheet, and how many rows it has', async () => {
  const sheet = `<worksheet><dimension ref="A1:A101"/><sheetData>${row(text('n'))}${Array.from({ length: 100 }, (_, n) => row(number(n))).join('')}</sheetData></worksheet>`
  const { table, rows } = await read('', { limit: 10 }, { 'xl/worksheets/sheet1.xml': sheet })
  expect([table.length, rows]).toEqual([10, 100])
})

test.each([
  ['General', 'number'],
  ['0.00', 'number'],
  ['#,##0 "days"', 'number'],
  ['0.0E+00', 'number'],
  ['[Red]#,##0;[Blue]-#,##0', 'number'],
  ['@', 'number'],
  ['dd.mm.yyyy', 'date'],
  ['[$-407]d. mmmm yyyy;@', 'date'],
  ['yyyy\\-mm\\-dd\\ hh:mm:ss.000', 'date'],
  ['mmm', 'date'],
  ['hh:mm', 'time'],
  ['[h]:mm:ss', 'time'],
  ['h:mm AM/PM', 'time'],
  ['[mm]:ss.0', 'time'],
])('the format %s is one of a %s', (code, kind) => {
  expect(kindOfFormat(code)).toBe(kind)
})
