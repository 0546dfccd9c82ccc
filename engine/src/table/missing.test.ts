import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ColumnSpec, Formats } from '../ir/model.ts'
import { rowOf } from './columns.ts'
import { type DelimitedOptions, readDelimited } from './csv.ts'
import { readJson } from './json.ts'
import type { ReadTable } from './reading.ts'

const shown = ({ table, header, rejected }: ReadTable) => ({
  type: header[0]?.type,
  values: Array.from({ length: table.length }, (_, row) => Object.values(rowOf(table, row))[0]),
  rejected: rejected.map(({ column, text, reason }) => `${column} "${text}": ${reason}`),
  samples: header[0]?.samples,
})

const day = (text: string) => Date.parse(text)
const marks = (...missing: readonly string[]): { readonly formats: Formats } => ({ formats: { missing } })
const column = (x: ColumnSpec) => ({ columns: { x } })

test.each<[string, readonly string[], DelimitedOptions, string | undefined, readonly unknown[]]>([
  ['numbers', ['1', 'NA', '2.5'], marks('NA'), 'number', [1, null, 2.5]],
  ['more marks than numbers', ['NA', '-', '7', 'n/a'], marks('NA', 'n/a', '-'), 'integer', [null, null, 7, null]],
  ['none is declared', ['NA', '1'], {}, 'string', ['NA', '1']],
  ['case counts', ['NA', 'Na', 'na'], marks('NA'), 'string', [null, 'Na', 'na']],
  ['the whole text', ['NA', 'NAB', 'A NA', '--'], marks('NA', '-'), 'string', [null, 'NAB', 'A NA', '--']],
  ['blanks around a cell', [' NA ', '\u00a0NA', '1'], marks('NA'), 'integer', [null, null, 1]],
  ['blanks around a mark', ['NA', '1'], marks(' NA '), 'integer', [null, 1]],
  ['quoted cells', ['"NA"', '"a ""b"""', '"1"'], marks('NA', 'a "b"'), 'integer', [null, null, 1]],
  ['letters of other alphabets', ['—', 'нет', '1'], marks('—', 'нет'), 'integer', [null, null, 1]],
  ['text', ['Rome', 'n/a', 'Oslo'], marks('n/a'), 'string', ['Rome', null, 'Oslo']],
  ['dates', ['2024-01-02', '-', '-'], marks('-'), 'date', [day('2024-01-02'), null, null]],
  ['true and false', ['true', '?', 'false'], marks('?'), 'boolean', [true, null, false]],
  ['a number that stands for none', ['5', '-999', '-9990', '7'], marks('-999'), 'integer', [5, null, -9990, 7]],
  ['a code that stands for none', ['1', '000', '2'], marks('000'), 'integer', [1, null, 2]],
  ['minus signs beside a dash', ['-1', '-', '-.5'], marks('-'), 'number', [-1, null, -0.5]],
  ['nothing else', ['NA', 'NA'], marks('NA'), undefined, [null, null]],
  ['its own in place of all', ['NA', '-'], { ...marks('NA'), ...column({ missing: ['-'] }) }, 'string', ['NA', null]],
  ['none of all', ['NA', 'DE'], { ...marks('NA'), ...column({ missing: [] }) }, 'string', ['NA', 'DE']],
  [
    'a declared number',
    ['1', 'NA', 'NA'],
    { ...marks('NA'), ...column({ type: 'number' }) },
    'number',
    [1, null, null],
  ],
  ['a declared text', ['01', 'NA'], { ...marks('NA'), ...column({ type: 'string' }) }, 'string', ['01', null]],
  [
    'a declared pattern',
    ['31.12.2024', '-'],
    column({ format: 'dd.MM.yyyy', missing: ['-'] }),
    'date',
    [day('2024-12-31'), null],
  ],
  [
    'said true and false',
    ['ja', 'k. A.'],
    column({ truth: { true: ['ja'] }, missing: ['k. A.'] }),
    'boolean',
    [true, null],
  ],
])('marks of a missing value: %s', (_, cells, options, type, values) => {
  const text = `x,y\n${cells.map((cell) => `${cell},.\n`).join('')}`
  const { samples, ...read } = shown(readDelimited(text, options))
  expect(read).toEqual({ type, values, rejected: [] })
  const present = new Set(values.filter((value) => value !== null))
  expect(samples?.length).toBe(present.size)
})

test.each<[string, readonly string[], DelimitedOptions, string | undefined, readonly unknown[]]>([
  ['however it is written', ['5', '-999.0', '-999', '-9.99e2'], marks('-999'), 'integer', [5, null, null, null]],
  ['a mark with decimals', ['5.5', '-1', '-1.00', '-1.5'], marks('-1.0'), 'number', [5.5, null, null, -1.5]],
  ['whole numbers beside a mark with decimals', ['5', '-0.50', '6'], marks('-0.5'), 'integer', [5, null, 6]],
  ['no number that a code looks like', ['0', '1', '000'], marks('000'), 'integer', [0, 1, null]],
  ['no number where it is a text', ['a', '-999.0', '-999'], marks('-999'), 'string', ['a', '-999.0', null]],
  [
    'a number in a declared column of texts',
    ['1', 'x', '-999.0', '-999'],
    { ...marks('x', '-999'), ...column({ type: 'integer' }) },
    'integer',
    [1, null, null, null],
  ],
])('marks that are numbers: %s', (_, cells, options, type, values) => {
  const { samples: _samples, ...read } = shown(
    readDelimited(`x,y\n${cells.map((cell) => `${cell},.\n`).join('')}`, options),
  )
  expect(read).toEqual({ type, values, rejected: [] })
})

test('a row that must have a value and has a mark is set aside', () => {
  const { values, rejected } = shown(
    readDelimited('x,y\n1,2\nNA,3\n', { ...marks('NA'), ...column({ required: true }) }),
  )
  expect({ values, rejected }).toEqual({ values: [1], rejected: ['x "": \'x\' is required, but has no value'] })
})

test('a mark stands for a number with a decimal comma and signs between thousands', () => {
  const text = 'x;y\n1,5;a\n-9.999,00;b\n-9999,0;c\n'
  expect(shown(readDelimited(text, marks('-9999')))).toMatchObject({ type: 'number', values: [1.5, null, null] })
})

test('decimal commas are found beside marks', () => {
  expect(shown(readDelimited('x;y\n1,5;a\nNA;b\n2,5;c\n', marks('NA')))).toMatchObject({
    type: 'number',
    values: [1.5, null, 2.5],
  })
})

test.each<[string, readonly unknown[], DelimitedOptions, string | undefined, readonly unknown[]]>([
  ['numbers and texts', [1, 'NA', 2.5], marks('NA'), 'number', [1, null, 2.5]],
  ['texts', ['a', ' NA ', 'b'], marks('NA'), 'string', ['a', null, 'b']],
  ['texts that look like numbers stay', ['1', 'NA'], marks('NA'), 'string', ['1', null]],
  [
    'declared numbers',
    ['1', 'NA', '-'],
    { ...marks('NA', '-'), ...column({ type: 'number' }) },
    'number',
    [1, null, null],
  ],
  ['dates', ['2024-01-02', '-'], marks('-'), 'date', [day('2024-01-02'), null]],
  ['numbers that stand for none', [5, -999, 7], marks('-999'), 'integer', [5, null, 7]],
  ['numbers beside texts of them', [5, '-999.0', -999], marks('-999'), 'integer', [5, null, null]],
  ['true and false are none', [true, false], marks('true'), 'boolean', [true, false]],
])('in JSON: %s', (_, cells, options, type, values) => {
  const text = JSON.stringify(cells.map((x) => ({ x })))
  const { samples: _samples, ...read } = shown(readJson(text, options))
  expect(read).toEqual({ type, values, rejected: [] })
})

const words = ['NA', '-', '-999', '007', '2024-01-02', 'a "b"', '—', 'x']
const cells = [
  ...words,
  '',
  ' ',
  '1',
  '2.5',
  '1,5',
  '99999999999999999999',
  'true',
  'é',
  'NaN',
  'Na',
  '-9',
  '—x',
  '2024-01-03',
]
const written = (cell: string) => `"${cell.replaceAll('"', '""')}"`

test('a file with marks is read as the same file with empty cells in their places', () => {
  const rows = fc.array(
    fc.tuple(fc.constantFrom(...cells), fc.constantFrom(...cells), fc.constantFrom('', ' ', '\u00a0')),
  )
  const own = fc.option(fc.subarray(words), { nil: undefined })
  const declared = fc.constantFrom<ColumnSpec>({}, { type: 'number' }, { type: 'string' }, { required: true })
  fc.assert(
    fc.property(rows, fc.subarray(words), own, declared, fc.constantFrom(1, 20), (some, all, missing, spec, repeat) => {
      const text = (cellOf: (cell: string, marks: readonly string[], blank: string) => string) => {
        const lines = some.map(([x, y, blank]) => `${cellOf(x, missing ?? all, blank)},${cellOf(y, all, blank)},1\n`)
        return `x,y,z\n${lines.join('').repeat(repeat)}`
      }
      const marked = text((cell, _, blank) => written(blank + cell + blank))
      const emptied = text((cell, gone, blank) => (gone.includes(cell) ? '' : written(blank + cell + blank)))
      const x = { ...spec, ...(missing && { missing }) }
      const told = ({ header, table, ...others }: ReadTable) => ({
        ...others,
        header: header.map(({ span: _, ...each }) => each),
        rows: Array.from({ length: table.length }, (_, row) => rowOf(table, row)),
      })
      const read = readDelimited(marked, { formats: { missing: all }, columns: { x } })
      expect(told(read)).toEqual(told(readDelimited(emptied, { columns: { x: spec } })))
    }),
    { numRuns: 300 },
  )
})
