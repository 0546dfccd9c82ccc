import { readFileSync } from 'node:fs'
import { columnOf, makeTable, rowOf } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { readData } from './data.ts'
import { writeFiles } from './write.ts'

const table = makeTable([
  ['name', columnOf(['a, "b"', '', null, 'ü'])],
  ['n', columnOf([1, null, -3, 9007199254740991])],
  ['x', columnOf([0.1, Number.NaN, 1e21, -0.5])],
  ['yes', columnOf([true, false, null, true])],
  ['day', columnOf([new Date('2024-02-29'), null, new Date('1969-07-20'), null])],
  ['at', columnOf([new Date('2024-02-29T23:59:59.500Z'), new Date('1900-01-01T00:00:00Z'), null, null])],
])

test('CSV: ISO dates, milliseconds only when there are some, missing is empty, empty text is quoted', () => {
  const folder = folderWith({})
  writeFiles([{ path: `${folder}/deep/a.csv`, table, format: 'csv' }])
  expect(readFileSync(`${folder}/deep/a.csv`, 'utf8')).toMatchInlineSnapshot(`
    "name,n,x,yes,day,at
    "a, ""b""",1,0.1,true,2024-02-29,2024-02-29T23:59:59.500Z
    "",,,false,,1900-01-01T00:00:00Z
    ,-3,1e+21,,1969-07-20,
    ü,9007199254740991,-0.5,true,,
    "
  `)
})

test('JSON is an array of rows', () => {
  const folder = folderWith({})
  writeFiles([{ path: `${folder}/a.json`, table, format: 'json' }])
  expect(JSON.parse(readFileSync(`${folder}/a.json`, 'utf8'))).toEqual([
    { name: 'a, "b"', n: 1, x: 0.1, yes: true, day: '2024-02-29', at: '2024-02-29T23:59:59.500Z' },
    { name: '', n: null, x: null, yes: false, day: null, at: '1900-01-01T00:00:00Z' },
    { name: null, n: -3, x: 1e21, yes: null, day: '1969-07-20', at: null },
    { name: 'ü', n: 9007199254740991, x: -0.5, yes: true, day: null, at: null },
  ])
})

test('Parquet gives the same table back, types included', async () => {
  const folder = folderWith({})
  writeFiles([{ path: `${folder}/a.parquet`, table, format: 'parquet' }])
  const read = await readData(`${folder}/a.parquet`, { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY })
  expect([...read.table.columns].map(([name, { type }]) => [name, type])).toEqual(
    [...table.columns].map(([name, { type }]) => [name, type]),
  )
  for (let row = 0; row < table.length; row++) expect(rowOf(read.table, row)).toEqual(rowOf(table, row))
})

test('an empty table keeps its header', () => {
  const folder = folderWith({})
  const none = makeTable([['a', columnOf([])]])
  writeFiles([
    { path: `${folder}/a.csv`, table: none, format: 'csv' },
    { path: `${folder}/a.json`, table: none, format: 'json' },
  ])
  expect(readFileSync(`${folder}/a.csv`, 'utf8')).toBe('a\n')
  expect(JSON.parse(readFileSync(`${folder}/a.json`, 'utf8'))).toEqual([])
})
