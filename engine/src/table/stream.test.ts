import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { rowOf } from './columns.ts'
import { type Again, type DelimitedOptions, delimitedReader, readDelimited } from './csv.ts'
import { jsonReader, readJson } from './json.ts'
import type { ReadTable } from './reading.ts'

/** Read in pieces of these lengths, records cut as soon as a few bytes are there. */
function inPieces(text: string, lengths: readonly number[], options: DelimitedOptions, again?: Again): ReadTable {
  const bytes = utf8(text)
  const reader = delimitedReader(options, again, { head: 20, batch: 30 })
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] as number
    reader.add(bytes.slice(at, at + length))
    at += length
  }
  const read = reader.finish()
  return 'table' in read ? read : inPieces(text, lengths, options, read)
}

/** Everything but the samples and the place of a header below titles, which come from the first rows that are there. */
const told = ({ table, header, headerRow: _, warnings, ...others }: ReadTable) => ({
  ...others,
  warnings: warnings.map((warning) => warning.replace(/"header_row": \d+/, '')),
  rows: Array.from({ length: table.length }, (_, row) => rowOf(table, row)),
  columns: header.map(({ name, type, span }) => ({ name, type, span })),
})

const cells = [
  ...['1', '2.5', '1,5', '1.234,5', '007', '12345678901234567890', '0.1234567890123456', '1e3', ' 7 ', 'NaN', 'null'],
  ...[
    '2024-01-02',
    '2024-01-02 10:00',
    'true',
    'a',
    'é',
    '',
    ' ',
    '\u00a0',
    '"x"',
    '"a, b"',
    '"a""b"',
    '"é\n z"',
    '"',
    '"5" w',
  ],
]
const cell = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...cells) }, fc.string({ maxLength: 5 }))
const text = fc
  .record({
    start: fc.constantFrom('', '\ufeff', 'sep=;\n'),
    delimiter: fc.constantFrom(',', ';'),
    end: fc.constantFrom('\n', '\r\n'),
    rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
    repeat: fc.constantFrom(1, 3, 12),
    isEnded: fc.boolean(),
  })
  .map(({ start, delimiter, end, rows: [header = [], ...rows], repeat, isEnded }) => {
    const all = [header, ...Array.from({ length: repeat }, () => rows).flat()]
    return `${start}${all.map((row) => row.join(delimiter)).join(end)}${isEnded ? end : ''}`
  })
const options = fc.constantFrom<DelimitedOptions>(
  {},
  { limit: 3, countsAll: true },
  { isHead: true },
  { columns: { a: { required: true }, b: { type: 'integer' } }, formats: { number: { decimal: ',', thousands: '.' } } },
  { columns: { b: { missing: ['1'] } }, formats: { missing: ['a', '2.5', '007', 'é', 'a"b'] } },
)

test('wherever a text is cut into pieces, it is read the same', () => {
  fc.assert(
    fc.property(
      text,
      options,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (source, given, lengths) => {
        const all = { ...given, delimiter: source.includes(';') ? ';' : ',' }
        expect(told(inPieces(source, lengths, all))).toEqual(told(readDelimited(source, all)))
      },
    ),
    { numRuns: 200 },
  )
})

const rows = (count: number, value: string) => `${value}\n`.repeat(count)
test.each([
  ['text after numbers', `x\n${rows(1500, '1')}${rows(500, 'n')}`, 'string', 0],
  ['numbers after text', `x\n${rows(10, 'n')}${rows(1500, '1')}`, 'integer', 10],
  ['a code after numbers', `x\n${rows(1500, '1')}007\n`, 'string', 0],
  ['more than 2^53 after numbers', `x\n${rows(1500, '1')}12345678901234567890\n`, 'string', 0],
  ['fractions after whole numbers', `x\n${rows(1500, '1')}1.5\n`, 'number', 0],
  ['dates after nothing', `y,x\n${rows(1500, '1,')}1,2024-01-02\n`, 'date', 0],
  ['few words after numbers', `x\n${rows(1500, '1')}soon\n`, 'integer', 1],
])('the type comes from all rows: %s', (_, source, type, bad) => {
  const { header, rejected } = inPieces(source, [1 << 16], {})
  expect(header.at(-1)?.type).toBe(type)
  expect(rejected.length).toBe(bad)
})

test('a text that ends in the middle of a row', () => {
  const isCutOff = (source: string) => readDelimited(source).isCutOff ?? false
  expect(['a,b\n1,2\n3', 'a,b\n1,2\n3,"x', 'a,b\n1,2\n"3'].map(isCutOff)).toEqual([true, true, true])
  expect(['a,b\n1,2\n3,4', 'a,b\n1,2\n3\n', 'a,b\n1\n3,4', 'a,b\n1,2,3'].map(isCutOff)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a line without an end', () => {
  const reader = delimitedReader({ delimiter: ',' })
  const piece = new Uint8Array(1 << 24).fill(97)
  reader.add(utf8('a,b\n1,2\n'))
  const all = () => {
    for (let i = 0; i < 9; i++) reader.add(piece)
  }
  expect(all).toThrow('line 3 is longer than 128 MB; look there')
})

const json = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', '"]}'), fc.jsonValue({ maxDepth: 1 })) },
      fc.jsonValue(),
    ),
  )
  .chain((values) => {
    const all = values.map((value) => JSON.stringify(value))
    const list = fc
      .constantFrom('', ' ', '\n  ')
      .map((space) => `${space}[${space}${all.join(`${space},${space}`)}${space}]\n`)
    return fc.oneof(list, fc.constant(`{}\n${all.join('\n\n')}`))
  })

test('JSON too', () => {
  const inJsonPieces = (source: string, lengths: readonly number[], limit: number): ReadTable => {
    const reader = jsonReader({ limit, countsAll: true })
    for (let at = 0, i = 0; at < source.length; i++) {
      const length = lengths[i % lengths.length] as number
      reader.add(source.slice(at, at + length))
      at += length
    }
    return reader.finish()
  }
  fc.assert(
    fc.property(
      json,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      fc.nat(9),
      (source, lengths, limit) => {
        expect(told(inJsonPieces(source, lengths, limit))).toEqual(told(readJson(source, { limit, countsAll: true })))
      },
    ),
    { numRuns: 200 },
  )
})

test.each(['[1,]', '[,1]', '[1 2]', '[{"a":1}', '[{"a":1}] x', '[{"a":1]', '[{]}', '["a', '[', '[1,'])(
  '%s is no list of JSON',
  (source) => {
    expect(() => readJson(source)).toThrow('its list is no JSON to the end')
    expect(() => JSON.parse(source)).toThrow()
  },
)
