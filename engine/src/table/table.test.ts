import { expect, test } from 'vitest'
import { readArquero, toArquero } from './arquero.ts'
import { columnOf } from './build.ts'
import { head, makeTable, missingCount, pickColumns, rowOf, takeRows, withColumn } from './columns.ts'
import { readJson } from './json.ts'

const table = makeTable([
  ['n', columnOf([1, null, 3])],
  ['t', columnOf(['a', null, 'b'])],
  ['b', columnOf([true, false, null])],
  ['d', columnOf([new Date(0), null, new Date(86_400_000)])],
])

test('types follow from values', () => {
  const types = (values: unknown[]) => columnOf(values).type
  expect(types([1, 2])).toBe('integer')
  expect(types([1, 2.5])).toBe('number')
  expect(types([true, 2])).toBe('integer')
  expect(types([null])).toBe('number')
  expect(types([new Date(1)])).toBe('datetime')
  expect(types([new Date(0), null])).toBe('date')
  expect(types([1, 'a'])).toBe('string')
})

test('rows, heads, picks and new columns share nothing that could change', () => {
  expect(rowOf(table, 0)).toEqual({ n: 1, t: 'a', b: true, d: 0 })
  expect(rowOf(table, 1)).toEqual({ n: null, t: null, b: false, d: null })
  expect(rowOf(takeRows(table, Int32Array.of(2, -1)), 0)).toEqual({ n: 3, t: 'b', b: null, d: 86_400_000 })
  expect(rowOf(takeRows(table, Int32Array.of(2, -1)), 1)).toEqual({ n: null, t: null, b: null, d: null })
  expect(takeRows(table, Int32Array.of(2)).columns.get('t')).toMatchObject({ dictionary: ['b'] })
  expect(head(table, 2).length).toBe(2)
  expect([...pickColumns(table, ['t', 'nope', 'n']).columns.keys()]).toEqual(['t', 'n'])
  expect(withColumn(table, 'e', columnOf([1, 2, 3])).columns.size).toBe(5)
  expect([...table.columns.values()].map(missingCount)).toEqual([1, 1, 1, 1])
  expect(() => makeTable([...table.columns, ['x', columnOf([1])]])).toThrow("'x' has 1 values, the table has 3 rows")
})

test('to Arquero and back', () => {
  const back = readArquero(toArquero(table)).table
  for (let row = 0; row < 3; row++) expect(rowOf(back, row)).toEqual(rowOf(table, row))
  expect([...back.columns.values()].map(({ type }) => type)).toEqual(['integer', 'string', 'boolean', 'date'])
  const filtered = toArquero(table).filter((d: { n: number }) => d.n > 1)
  expect(rowOf(readArquero(filtered).table, 0)).toMatchObject({ n: 3, t: 'b' })
})

test('JSON: an array of objects', () => {
  const { table: read, header } = readJson('[{"a":1,"b":"x","d":"2024-01-01"},{"a":2.5,"c":{"z":1},"b":"00","d":null}]')
  expect(header.map(({ name, type }) => [name, type])).toEqual([
    ['a', 'number'],
    ['b', 'string'],
    ['d', 'date'],
    ['c', 'string'],
  ])
  expect(rowOf(read, 1)).toEqual({ a: 2.5, b: '00', d: null, c: '{"z":1}' })
})

test('JSON lines, with some that cannot be read', () => {
  const { table: read, rejected } = readJson('{"a":1}\n\nnot json\n{"a":true}\n[1]\n')
  expect(read.length).toBe(2)
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [3, 'not JSON'],
    [5, 'not an object with named values'],
  ])
})

test('JSON: whole numbers beyond 2^53 are text, digit by digit', () => {
  const lines = [
    '{"id":9007199254740993,"mixed":1,"far":-12345678901234567890,"x":0.1234567890123456,"big":1e17,"t":"9007199254740993","n":{"id":9007199254740993}}',
    '{"id":1,"mixed":9007199254740993,"x":2.5,"t":"\\"9007199254740993"}',
  ]
  for (const text of [lines.join('\n'), `[${lines.join()}]`]) {
    const { table: read, notes } = readJson(text)
    expect([rowOf(read, 0), rowOf(read, 1)]).toEqual([
      {
        id: '9007199254740993',
        mixed: '1',
        far: '-12345678901234567890',
        x: 0.1234567890123456,
        big: 1e17,
        t: '9007199254740993',
        n: '{"id":9007199254740993}',
      },
      { id: '1', mixed: '9007199254740993', far: null, x: 2.5, big: null, t: '"9007199254740993', n: null },
    ])
    expect(notes.filter(({ message }) => message.includes('so it is read as text')).length).toBe(3)
    const as = readJson(text, {
      columns: { id: { type: 'string' }, mixed: { type: 'number' }, far: { type: 'integer' } },
    })
    expect(rowOf(as.table, 0)).toMatchObject({ id: '9007199254740993', mixed: 1, far: null })
    expect(rowOf(as.table, 1)).toMatchObject({ mixed: 9007199254740992 })
    expect(as.rejected.map(({ column, text }) => [column, text])).toEqual([['far', '-12345678901234567890']])
  }
})

test('JSON that is none', () => {
  expect(() => readJson('[1,')).toThrow('its list is no JSON to the end')
  expect(() => readJson('a,b\n1,2\n')).toThrow('neither a JSON list of objects nor one JSON object per line')
})
