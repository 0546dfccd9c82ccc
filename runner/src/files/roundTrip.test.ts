import { readFileSync } from 'node:fs'
import { type ColumnData, columnOf, makeTable, rowOf, type Table, type ValueType } from '@modeldriver/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readData } from './data.ts'
import { diskFiles } from './header.ts'
import { formatOfName, type TableFormat, tableFormats, writeFiles } from './write.ts'

const rowsOf = (table: Table) => Array.from({ length: table.length }, (_, row) => rowOf(table, row))
const typesOf = (table: Table) => [...table.columns].map(([name, { type }]): [string, ValueType] => [name, type])

/** Text as text formats have it: what is blank is missing, and NUL is no text. */
const oddTexts = [
  'a,b;c\td|e',
  'say "x"',
  '"',
  "'",
  'two\nlines',
  'two\r\nlines',
  '\ta',
  ' a ',
  '007',
  '1.5',
  '1,5',
  '1e5',
  '-0',
  'true',
  'NaN',
  'null',
  'NULL',
  '2024-02-29',
  '9007199254740993',
  '=1+1',
  '#DIV/0!',
  '_x0041_',
  '\u0001',
  'x\ufeff',
  'ü漢字😀',
  '</t>&amp;',
  '__proto__',
  '08:30',
]
const text = fc
  .oneof(fc.constantFrom(...oddTexts), fc.string({ unit: 'grapheme', minLength: 1 }))
  .filter((each) => each.trim() !== '' && !/\0|^\ufeff/.test(each))
const instant = (step: number) =>
  fc
    .integer({ min: Math.ceil(Date.UTC(1000, 0, 1) / step), max: Math.floor(Date.UTC(9999, 11, 31) / step) })
    .map((count) => count * step)
const missing = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 })

const days = ['1899-12-30', '1899-12-31', '1900-01-01', '1900-02-28', '1900-03-01', '9999-12-31'].map(Date.parse)
const length = 9
const cells = <T>(values: fc.Arbitrary<T>) => fc.array(missing(values), { minLength: length, maxLength: length })
const times = (type: 'date' | 'datetime') => (values: readonly (number | null)[]) =>
  ({ type, values: Float64Array.from(values, (value) => value ?? Number.NaN) }) as ColumnData
const numbers = (type: 'number' | 'integer') => (values: readonly (number | null)[]) =>
  // -0 and 0 are one value.
  ({ type, values: Float64Array.from(values, (value) => (value === null ? Number.NaN : value + 0)) }) as ColumnData
const oddNumbers = [0, -0, 0.1, 1e300, -1e300, 5e-324, 1e17, 123456789012345680, 1e21, Number.MAX_SAFE_INTEGER, -7]

const tables = fc
  .record({
    // A row in which everything is missing is no row in Excel files.
    id: fc.constant({ type: 'integer', values: Float64Array.from({ length }, (_, row) => row) } as ColumnData),
    text: cells(text).map((values) => textColumn(values)),
    number: cells(fc.oneof(fc.constantFrom(...oddNumbers), fc.double({ noNaN: true, noDefaultInfinity: true }))).map(
      numbers('number'),
    ),
    whole: cells(fc.maxSafeInteger()).map(numbers('integer')),
    truth: cells(fc.boolean()).map(
      (values) =>
        ({
          type: 'boolean',
          values: Uint8Array.from(values, (value) => (value === null ? 2 : Number(value))),
        }) as ColumnData,
    ),
    day: cells(fc.oneof(instant(86_400_000), fc.constantFrom(...days))).map(times('date')),
    at: cells(fc.oneof(instant(1), instant(1000))).map(times('datetime')),
  })
  .map((columns) => makeTable(Object.entries(columns)))

function textColumn(values: readonly (string | null)[]): ColumnData {
  const column = columnOf(values)
  return column.type === 'string' ? column : { type: 'string', codes: new Int32Array(length).fill(-1), dictionary: [] }
}

async function back(table: Table, format: TableFormat, types: readonly [string, ValueType][] = typesOf(table)) {
  const path = `${folderWith({})}/table.${format}`
  writeFiles([{ path, table, format }])
  const columns = Object.fromEntries(types.map(([name, type]) => [name, { type }]))
  const options = { formats: {}, columns, limit: Number.POSITIVE_INFINITY }
  return { ...(await readData(path, options)), header: diskFiles().readHeader(path, options) }
}

describe.each(tableFormats)('%s', (format) => {
  test('a table of odd values comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const read = await back(table, format)
        expect(read.rejected).toEqual([])
        expect(rowsOf(read.table)).toEqual(rowsOf(table))
        expect(typesOf(read.table)).toEqual(typesOf(table))
        expect(read.header.kind === 'header' && read.header.columns.map(({ name, type }) => [name, type])).toEqual(
          typesOf(table),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('types are recognised where nobody says them; codes stay text', async () => {
    const table = makeTable([
      ['code', columnOf(['007', '010', null])],
      ['n', columnOf([1, null, -3])],
      ['x', columnOf([0.5, 1e17, null])],
      ['yes', columnOf([true, null, false])],
      ['day', columnOf([new Date('1850-05-06'), null, new Date('2024-02-29')])],
      ['at', columnOf([new Date('2024-02-29T23:59:59.500Z'), null, new Date('1890-01-01T12:00:00Z')])],
    ])
    const read = await back(table, format, [])
    expect(typesOf(read.table)).toEqual(typesOf(table))
    expect(rowsOf(read.table)).toEqual(rowsOf(table))
    expect([read.rejected, read.notes]).toEqual([[], []])
  })

  test('columns that are not asked for are not read; the others are as if all were', async () => {
    const some = fc.subarray(['text', 'number', 'whole', 'truth', 'day', 'at'], { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(tables, some, async (table, only) => {
        const path = `${folderWith({})}/table.${format}`
        writeFiles([{ path, table, format }])
        const options = { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY }
        const whole = await readData(path, options)
        const read = await readData(path, { ...options, only })
        const columns = [...whole.table.columns].filter(([name]) => only.includes(name))
        expect([...read.table.columns]).toEqual(columns)
        expect(read).toMatchObject({ rows: whole.rows, table: { length: whole.table.length } })
        expect(read.unread).toBe(whole.table.columns.size - columns.length)
        expect(read.rejected).toEqual(whole.rejected.filter(({ column }) => only.includes(column)))
      }),
      { numRuns: 15 },
    )
  })

  test('the same table has the same bytes, and the name says the format', () => {
    const table = makeTable([['text', columnOf(['a', null, 'b'])]])
    const [one, two] = [0, 1].map(() => {
      const path = `${folderWith({})}/table.${format}`
      writeFiles([{ path, table, format }])
      return readFileSync(path)
    })
    expect(one).toEqual(two)
    expect(formatOfName(`a.b/TABLE.${format.toUpperCase()}`)).toBe(format)
  })
})
