import { describe, expect, test } from 'vitest'
import type { ColumnSpec } from '../ir/model.ts'
import { rowOf } from './columns.ts'
import { type DelimitedOptions, readDelimited } from './csv.ts'

function check(text: string, options: DelimitedOptions = {}) {
  const { table, rejected, header } = readDelimited(text, options)
  return {
    types: Object.fromEntries(header.map(({ name, type }) => [name, type])),
    rows: Array.from({ length: table.length }, (_, row) => Object.values(rowOf(table, row))),
    rejected: rejected.map(
      ({ row, column, text: cell, reason, kind }) => `${kind} ${row} ${column} "${cell}": ${reason}`,
    ),
  }
}
const typesOf = (text: string, options: DelimitedOptions = {}) => Object.values(check(text, options).types)
/** A column `x` with `good` repeated so often that a few other cells do not matter. */
const mostly = (good: string, ...others: string[]) => ['x', ...Array<string>(60).fill(good), ...others, ''].join('\n')

describe('cutting', () => {
  test.each<[string, string, readonly unknown[][]]>([
    [
      'plain',
      'a,b\n1,x\n2,y\n',
      [
        [1, 'x'],
        [2, 'y'],
      ],
    ],
    ['no line end at the end', 'a,b\n1,x', [[1, 'x']]],
    ['CRLF and byte order mark', '\ufeffa,b\r\n1,x\r\n', [[1, 'x']]],
    ['quotes, delimiters and line ends inside', 'a,b\n1,"x, ""y""\nz"\n', [[1, 'x, "y"\nz']]],
    [
      'empty cells are missing, quoted ones too',
      'a,b\n1,\n2,""\n3,x\n',
      [
        [1, null],
        [2, null],
        [3, 'x'],
      ],
    ],
    [
      'blank cells are missing',
      'a,b\n1,  \n2,x\n',
      [
        [1, null],
        [2, 'x'],
      ],
    ],
    ['text keeps its blanks', 'a,b\n1, x \n', [[1, ' x ']]],
    ['empty lines are nothing', 'a,b\n\n1,x\n\n', [[1, 'x']]],
    ['semicolons', 'a;b\n1;x,y\n', [[1, 'x,y']]],
    ['tabs', 'a\tb\n1\tx\n', [[1, 'x']]],
    ['bars', 'a|b\n1|x\n', [[1, 'x']]],
    ['a quote within a cell', 'a,b\n1,5" wide\n', [[1, '5" wide']]],
    ['text after a closing quote', 'a,b\n1,"5" wide\n', [[1, '"5" wide']]],
    ['only a header', 'a,b\n', []],
    ['nothing', '', []],
  ])('%s', (_, text, rows) => expect(check(text)).toMatchObject({ rows, rejected: [] }))

  test('ragged rows are set aside with line and reason', () => {
    expect(check('a,b\n1,2\n3\n"x\ny",4\n5,6,7\n8,9\n')).toMatchInlineSnapshot(`
      {
        "rejected": [
          "row 3  "3": has 1 cell, the header has 2",
          "row 6  "5,6,7": has 3 cells, the header has 2",
        ],
        "rows": [
          [
            "1",
            2,
          ],
          [
            "x
      y",
            4,
          ],
          [
            "8",
            9,
          ],
        ],
        "types": {
          "a": "string",
          "b": "integer",
        },
      }
    `)
  })
  test('a quote that is not closed costs its line, not the lines after it', () => {
    const reason = 'a quote is opened here and not closed'
    const later = 'a,b\n1,2\n3,"x\n4,""\n5,"6"\n7,8\n'
    expect(check(later)).toMatchObject({
      rows: [
        [1, 2],
        [4, null],
        [5, 6],
        [7, 8],
      ],
      rejected: [`row 3  "3,"x": ${reason}`],
    })
    const last = 'a,b\n1,2\n"3,x\n4,""\n5,6\n'
    expect(check(last)).toMatchObject({
      rows: [
        [1, 2],
        [4, null],
        [5, 6],
      ],
      rejected: [`row 3  ""3,x": ${reason}`],
    })
    expect(check(last, { isHead: true })).toMatchObject({ rows: [[1, 2]], rejected: [] })
  })
  test.each([
    ['sep=;\na;b,c\n1;2\n3\n', { a: 'integer', 'b,c': 'integer' }],
    ['\ufeffsep=|\r\na|b\r\n1|2\r\n3\r\n', { a: 'integer', b: 'integer' }],
    ['SEP=,\na,b\n1,2\n3\n', { a: 'integer', b: 'integer' }],
  ])('%j: the first line names the delimiter', (text, types) => {
    expect(check(text)).toEqual({ types, rows: [[1, 2]], rejected: ['row 4  "3": has 1 cell, the header has 2'] })
  })
  test('a column may be called sep=', () => expect(check('sep=a,b\n1,2\n').rows).toEqual([[1, 2]]))
  test('only the head', () => {
    const text = `a,b\n${'1,2\n'.repeat(1000)}`
    expect(readDelimited(text, { limit: 3 })).toMatchObject({ table: { length: 3 }, rows: 3 })
  })
})

describe('types from all rows', () => {
  test.each<[string, string, string]>([
    ['integer', 'x\n1\n-2\n', 'integer'],
    ['number', 'x\n1\n2.5\n', 'number'],
    ['exponents', 'x\n1e3\n-2.5E-2\n', 'number'],
    ['boolean', 'x\ntrue\nFALSE\n', 'boolean'],
    ['date', 'x\n2024-02-29\n2023-01-01\n', 'date'],
    ['datetime', 'x\n2024-02-29T10:00:00Z\n2023-01-01 08:30\n', 'datetime'],
    ['text', 'x\na\n1\n', 'string'],
    ['leading zeros are codes', 'x\n00123\n45678\n', 'string'],
    ['0 and 0.5 are numbers', 'x\n0\n0.5\n', 'number'],
    ['beyond 2^53', 'x\n9007199254740993\n1\n', 'string'],
    ['half of it', 'x\n1\nb\n', 'string'],
    ['the 29th of February 2023 is no date', 'x\n2023-02-29\n', 'string'],
    ['years are numbers', 'x\n2023\n', 'integer'],
    ['NaN is a missing number', 'x\n1\nNaN\n', 'integer'],
  ])('%s', (_, text, type) => expect(typesOf(text)[0]).toBe(type))

  test('nothing at all', () => expect(typesOf('x,y\n,1\n,2\n')).toEqual([undefined, 'integer']))
  test('a few bad cells are rejected, not the column', () => {
    expect(check(mostly('7', 'n/a', '8'))).toMatchObject({
      types: { x: 'integer' },
      rejected: ['cell 62 x "n/a": not a number'],
    })
    expect(check(mostly('2024-01-01', 'soon')).rejected).toEqual(['cell 62 x "soon": not a date'])
    expect(typesOf(mostly('7', 'a', 'b', 'c', 'd'))).toEqual(['string'])
  })
  test('a number that looks good to 2^53 only is said so', () => {
    expect(readDelimited('x\n12345678901234567890\n').notes).toMatchInlineSnapshot(`
      [
        {
          "column": "x",
          "message": "Column 'x': It holds whole numbers beyond 2^53, which have no exact value as a number, so it is read as text. The first is 12345678901234567890 in line 2.",
        },
      ]
    `)
  })
  test.each<[string, ColumnSpec, string | undefined]>([
    [
      '9007199254740993',
      { type: 'number' },
      'It holds whole numbers beyond 2^53, of which the last digits are not kept',
    ],
    ['9007199254740991', { type: 'number' }, undefined],
    ['1e300', { type: 'number' }, undefined],
    ['2024-02-29 10:00', { type: 'date' }, 'It holds times of day, which are left off, as its type is date'],
    ['2024-02-29', { type: 'date' }, undefined],
    ['2024-02-29 10:00', { type: 'datetime' }, undefined],
  ])('what a declared type leaves off of %s as %j is said', (text, spec, said) => {
    const notes = (source: string) => readDelimited(source, { columns: { x: spec } }).notes.map((note) => note.message)
    const sizes = [`x\n${text}\n`, `x\n${text}\n${'\n'.repeat(2000)}${text}\n`]
    for (const source of sizes)
      expect(notes(source)).toEqual(said === undefined ? [] : [expect.stringContaining(`Column 'x': ${said}`)])
  })
  test('numbers are read exactly', () => {
    const texts = ['0.1', '123456.789', '5e-324', '1.7976931348623157e308', '9007199254740991', '.5', '+3', '-0.000001']
    expect(check(`x\n${texts.join('\n')}\n`).rows.flat()).toEqual(texts.map(Number))
  })
})

describe('formats', () => {
  test('decimal commas, where semicolons cut', () => {
    expect(check('a;b\n1,5;x\n1.234,25;y\n').rows).toEqual([
      [1.5, 'x'],
      [1234.25, 'y'],
    ])
    expect(check('a\n"1.234,5"\n', { formats: { number: { decimal: ',', thousands: '.' } } }).rows).toEqual([[1234.5]])
  })
  test.each([
    ['dd-MM-yyyy HH:mm', '31-12-2023 23:59', Date.UTC(2023, 11, 31, 23, 59)],
    ['MM/dd/yyyy', '02/29/2024', Date.UTC(2024, 1, 29)],
    ['d.M.yyyy', '1.2.2024', Date.UTC(2024, 1, 1)],
    ['yyyyMMddHHmmss', '20240102030405', Date.UTC(2024, 0, 2, 3, 4, 5)],
    ['dd/MM/yyyy', '31/02/2024', null],
  ])('%s', (format, cell, expected) => {
    const { rows, rejected } = check(`x\n${cell}\n`, { columns: { x: { format } } })
    expect(rows).toEqual([[expected]])
    expect(rejected.length).toBe(expected === null ? 1 : 0)
  })
  test('points between thousands, where another column has decimal commas', () => {
    const rows = [
      [1.5, 1234, 1.5],
      [2.5, 12500, 2.25],
      [3.5, 999, 3],
    ]
    expect(check('a;b;c\n1,5;1.234;1.5\n2,5;12.500;2.25\n3,5;999;3\n').rows).toEqual(rows)
    // As numbers with a point these were whole: 1, 3 and 20.
    expect(check('a;b\n1,5;1.000\n2,5;3\n3,5;20.000\n').rows).toEqual([
      [1.5, 1000],
      [2.5, 3],
      [3.5, 20000],
    ])
    const columns = { a: { number: { decimal: ',', thousands: ' ' } } }
    expect(check('a;b\n1 234,5;1.000\n', { columns }).rows).toEqual([[1234.5, 1000]])
    expect(check('b;c\n1.234;x\n12.500;y\n').rows).toEqual([
      [1.234, 'x'],
      [12.5, 'y'],
    ])
  })
  test('points before three digits, where nothing says what they are: that is told', () => {
    const notes = (text: string, columns = {}) => readDelimited(text, { columns }).notes.map(({ message }) => message)
    expect(notes('a;b\nx;999\nx;1.234\nx;12.500\n')).toEqual([
      `Column 'b': Each point in it stands before three digits and is read as a decimal point. If it separates thousands, give the column "decimal": "," and "thousands": "." in the manifest. The first is 1.234 in line 3.`,
    ])
    for (const text of [
      'a;b\nx;1.234\nx;1.5\n',
      'a;b\n1,5;1.234\n',
      'a,b\nx,1.234\n',
      'a;b\nx;0.125\nx;0.250\n',
      'a;b\nx;12\n',
    ])
      expect(notes(text)).toEqual([])
    expect(notes('a;b\nx;1.234\n', { b: { number: { decimal: ',', thousands: '.' } } })).toEqual([])
    expect(notes('a;b\nx;1.234\n', { b: { number: { decimal: '.' } } })).toEqual([])
  })
  test('an offset is taken into account', () => {
    expect(check('x\n2024-01-01T00:30:00+02:00\n').rows).toEqual([[Date.UTC(2023, 11, 31, 22, 30)]])
  })
})

describe('declared columns', () => {
  test('renamed, typed, required', () => {
    const columns = {
      price: { from: 'Unit Price', type: 'number' as const, required: true },
      code: { type: 'string' as const },
    }
    expect(check('code,Unit Price\n007,1.5\n8,\n9,free\n', { columns })).toMatchInlineSnapshot(`
      {
        "rejected": [
          "row 3 price "": 'price' is required, but has no value",
          "row 4 price "free": 'price' is required, but is not a number",
        ],
        "rows": [
          [
            "007",
            1.5,
          ],
        ],
        "types": {
          "code": "string",
          "price": "number",
        },
      }
    `)
  })

  const declared = (type: 'number' | 'integer') => ({ columns: { u: { type } } })
  test('a declared number keeps the decimal commas that its file has', () => {
    const text = 'x;u\na;1,5\nb;2,5\na;1.000,25\n'
    expect(check(text, declared('number'))).toEqual({
      types: { x: 'string', u: 'number' },
      rows: check(text).rows,
      rejected: [],
    })
    expect(check('x;u\na;1.000\nb;2.500\n', declared('integer')).rows.map(([, u]) => u)).toEqual([1000, 2500])
    // Known from the other column only.
    expect(check('v;u\n1,5;1.000\n2,5;3\n', declared('number')).rows).toEqual(check('v;u\n1,5;1.000\n2,5;3\n').rows)
    expect(check('v;u\n1.000;1,5\n3;2,5\n', declared('number')).rows).toEqual([
      [1000, 1.5],
      [3, 2.5],
    ])
    // Also when many rows cannot be read, and when the column alone is asked for.
    expect(check('x;u\na;1,5\nb;two\na;?\n', declared('number'))).toMatchObject({
      rows: [
        ['a', 1.5],
        ['b', null],
        ['a', null],
      ],
      rejected: ['cell 3 u "two": not a number', 'cell 4 u "?": not a number'],
    })
    expect(check('v;u\n1,5;1.000\n2,5;3\n', { ...declared('number'), only: ['u'] }).rows).toEqual([[1000], [3]])
    const many = `x;u\n${'a;1,5\n'.repeat(30_000)}`
    expect(check(many, declared('number')).rejected).toEqual([])
    expect(check(`x;u\n${'a;1.5\nb;no\nb;no\n'.repeat(20_000)}`, declared('number')).rejected.length).toBe(40_000)
  })
  test('words for a missing value', () => {
    const text = 'x,u\nNA,1\nnull,NA\nNaN,null\nnan,NULL\nb,n/a\nc,NaN\n'
    expect(typesOf(text)).toEqual(['string', 'string'])
    expect(check(text, declared('number'))).toEqual({
      types: { x: 'string', u: 'number' },
      rows: [
        ['NA', 1],
        ['null', null],
        ['NaN', null],
        ['nan', null],
        ['b', null],
        ['c', null],
      ],
      rejected: ['cell 3 u "NA": not a number', 'cell 6 u "n/a": not a number'],
    })
  })
  test('what the manifest says of numbers stands above what the file looks like', () => {
    const u = { type: 'number' as const, number: { decimal: '.', thousands: ',' } }
    expect(check('v;u\n1,5;1.500\n2,5;1,000.5\n', { columns: { u } }).rows.map(([, u]) => u)).toEqual([1.5, 1000.5])
    const formats = { number: { decimal: '.' } }
    expect(check('v;u\nx;1,5\ny;1.5\n', { ...declared('number'), formats }).rows.map(([, u]) => u)).toEqual([null, 1.5])
  })
  test('a column of which no cell can be read', () => {
    const warnings = (text: string, columns: DelimitedOptions['columns']) => readDelimited(text, { columns }).warnings
    expect(warnings('x,u\na,"1,5"\nb,\n', { u: { type: 'number' } })).toEqual([
      `No cell of column 'u' can be read as a number. The first is "1,5" in line 2. Say in the manifest how its numbers are written ("decimal", "thousands"), or leave out its type.`,
    ])
    expect(warnings('x,u\na,soon\n', { u: { type: 'date' } })).toEqual([
      `No cell of column 'u' can be read as a date. The first is "soon" in line 2. Say in the manifest how its dates are written ("format"), or leave out its type.`,
    ])
    expect(warnings('x,u\na,soon\n', { u: { type: 'boolean' } })).toEqual([
      `No cell of column 'u' can be read as true or false. The first is "soon" in line 2. Say in the manifest how they are written ("true", "false"), or leave out its type.`,
    ])
    expect(warnings('x,u\na,1.5\nb,?\n', { u: { type: 'number' } })).toEqual([])
    expect(warnings('x,u\na,\nb,\n', { u: { type: 'number' } })).toEqual([])
  })
})

test('the header: places in the text, trimmed and unique names, samples', () => {
  const text = '\ufeff pin ,"Unit Price",pin,\r\na,1,b,c\r\na,2,b,c\r\n'
  const { header } = readDelimited(text)
  expect(header.map(({ name, span, samples }) => [name, text.slice(span?.start, span?.end), samples])).toEqual([
    ['pin', 'pin', ['a']],
    ['Unit Price', 'Unit Price', ['1', '2']],
    ['pin_2', 'pin', ['b']],
    ['column_4', '', ['c']],
  ])
})

test('a header that stands more than once is told', () => {
  const { warnings } = readDelimited('a, b,b ,a_2,a,\n1,2,3,4,5,6\n')
  expect(warnings).toEqual([
    "'a' stands 2 times in the header; from left to right it is read as 'a', 'a_3'.",
    "'b' stands 2 times in the header; from left to right it is read as 'b', 'b_2'.",
  ])
})

describe('only some columns', () => {
  test('the others are neither read nor set aside; those that rows must have are read', () => {
    const text = mostly('1,2,3', 'x,y,z', ',,').replace('x', 'a,b,c')
    const all = check(text)
    const some = check(text, { only: ['b'] })
    expect(all.rejected.map((one) => one.slice(0, 10))).toEqual(['cell 62 a ', 'cell 62 b ', 'cell 62 c '])
    expect(some).toEqual({
      types: { b: 'integer' },
      rows: all.rows.map(([, b]) => [b]),
      rejected: all.rejected.slice(1, 2),
    })
    const needed = readDelimited(text, { only: ['b'], columns: { c: { required: true } } })
    expect([...needed.table.columns.keys()]).toEqual(['b', 'c'])
    expect(needed).toMatchObject({ unread: 1, rows: 62, table: { length: 60 } })
    expect(readDelimited('a,b\n1,2\n', { only: [] }).table).toMatchObject({ length: 1 })
  })

  test.each([
    ['in numbers', Array<string>(100).fill('12,50')],
    ['in a column that is numeric but for its first rows', ['n', ...Array<string>(2000).fill('12,50')]],
    ['in one whose first rows are none', [...Array<string>(70).fill('n'), ...Array<string>(2000).fill('12,50')]],
  ])('how numbers are written shows in columns that are not read: %s', (_, prices) => {
    const text = `net;sold\n${prices.map((price) => `${price};1.234`).join('\n')}\n`
    expect(check(text).rows.at(-1)).toEqual([12.5, 1234])
    expect(check(text, { only: ['sold'] })).toMatchObject({
      types: { sold: 'integer' },
      rows: prices.map(() => [1234]),
    })
    // Where none writes them so, a point is a point.
    expect(check(text.replaceAll(',50', '.50'), { only: ['sold'] }).rows[0]).toEqual([1.234])
  })
})

describe('a header that is not the first line', () => {
  const text = 'Sales;2024\n"two\nlines"\n\npin;revenue;cost\na;1,5;2\nb;2,5;3\nc;x\n'

  test('is where it is said; lines are counted from the first', () => {
    expect(check(text, { headerRow: 5 })).toEqual({
      types: { pin: 'string', revenue: 'number', cost: 'integer' },
      rows: [
        ['a', 1.5, 2],
        ['b', 2.5, 3],
      ],
      rejected: ['row 8  "c;x": has 2 cells, the header has 3'],
    })
    const [pin] = readDelimited(text, { headerRow: 5 }).header
    expect(text.slice(pin?.span?.start, pin?.span?.end)).toBe('pin')
    expect(readDelimited(text, { headerRow: 5 }).warnings).toEqual([])
    expect(readDelimited(text, { headerRow: 9 })).toMatchObject({ header: [], table: { length: 0 } })
  })

  test('a title with as many cells as the rows, most of them empty, is told too', () => {
    const { warnings } = readDelimited('Sales;;\nof 2024;;\n\npin;revenue;cost\na;1;2\n')
    expect(warnings).toEqual([expect.stringContaining('The first line ("Sales", …) fills fewer cells')])
    expect(warnings[0]).toContain('"header_row": 4 ')
    expect(readDelimited('pin;revenue;\na;1;2\n').warnings).toEqual([])
  })

  const rows = (sign: string, end = '') =>
    Array.from({ length: 30 }, (_, i) => `2024-01-${10 + i},Miete ${i},${i}.5,${i}`.replaceAll(',', sign) + end).join(
      '\n',
    )
  test.each([',', ';'])('it is found below titles that are longer and shorter (%s)', (sign) => {
    const header = ['Tag', 'Text', 'Betrag', 'Saldo'].join(sign)
    const pad = (filled: number) => sign.repeat(4 - filled)
    const texts = [
      [3, `Konto\n\n${header}\n${rows(sign)}`],
      [4, `Konto\nZeitraum${sign}2024\n\n${header}\n${rows(sign)}`],
      [3, `Konto, Nord; Süd\n\n${header}\n${rows(sign)}`],
      [4, `Konto${pad(1)}\nZeitraum${sign}2024${pad(2)}\n${pad(1)}\n${header}\n${rows(sign)}`],
      [3, `Konto${pad(1)}\n${pad(1)}\n${header}\n${rows(sign)}\nSumme${sign}${sign}${sign}99`],
      // Numbers below: the names are no numbers, and are filled all the same.
      [2, `Sales${pad(1)}\nname${sign}a${sign}b${sign}c\n${`x${sign}1${sign}2${sign}3\n`.repeat(30)}`],
    ] as const
    for (const [row, text] of texts) {
      const { headerRow, warnings } = readDelimited(text)
      expect([headerRow, ...warnings], text).toEqual([row, expect.stringContaining(`"header_row": ${row} `)])
      const { headerRow: again, header: columns, rejected } = readDelimited(text, { headerRow: row })
      expect([again, columns.length, rejected], text).toEqual([undefined, 4, []])
    }
  })

  test('a header that lacks a name is told, but not left out', () => {
    const { headerRow, warnings } = readDelimited('a,b,c\n1,2,3,4\n1,2,3,4\n')
    expect([headerRow, warnings.length]).toEqual([undefined, 1])
  })

  test('the sign between cells shows below a title that has another', () => {
    expect(check('Konto, Nord\n\ntag;betrag\n1;2,50\n2;3,50\n', { headerRow: 3 }).types).toEqual({
      tag: 'integer',
      betrag: 'number',
    })
    expect(readDelimited('a;b\n1,5;2,5\n1,5\n1,5\n1,5;2,5\n').header.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  test('a header without the sign that ends each line is no title', () => {
    expect(readDelimited('a,b\n1,2,\n3,4,\n').warnings).toEqual([])
  })

  test('a title in its place is told', () => {
    expect(readDelimited(text).warnings).toEqual([
      'The first line ("Sales", …) fills fewer cells than most others: it looks like a title, not like the header. Say which line is the header, for example "header_row": 5 in the manifest.',
    ])
  })
})
