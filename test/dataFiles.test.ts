import { dataBeside, dataEndings, isDataFile } from '@modeldriver/engine/dataFiles'
import { expect, test } from 'vitest'
import { dataEndings as endingsInEditor, isDataFile as isDataInEditor } from '../client/host/files.ts'
import { dataKind } from '../runner/src/files/disk.ts'

const isRead = (path: string): boolean => {
  try {
    return dataKind(path) !== undefined
  } catch {
    return false
  }
}

const names = [...dataEndings, 'xls', 'ods', 'md'].flatMap((ending) => [`orders.${ending}`, `orders.${ending}.gz`])

test.each(names)('%s is data for all or for none: reader, engine, editor, and beside a feature file', (name) => {
  const known = isRead(name)
  expect(isDataFile(name)).toBe(known)
  expect(isDataInEditor(name)).toBe(known)
  expect(dataBeside('orders', ['orders.features.ts', 'a.csv', 'b.csv', name])).toBe(known ? name : undefined)
})

test('the editor asks for the endings that the engine knows', () => {
  expect(endingsInEditor.toSorted()).toEqual(dataEndings.toSorted())
})

test.each<[readonly string[], string | undefined]>([
  [['orders.csv', 'orders.csv.gz', 'orders.parquet', 'orders.xlsx'], 'orders.parquet'],
  [['orders.json.gz', 'orders.csv.gz', 'orders.xlsx'], 'orders.csv.gz'],
  [['orders.csv.gz', 'orders.csv'], 'orders.csv'],
  [['orders.txt', 'orders.json'], 'orders.json'],
  [['ORDERS.CSV', 'orders.TSV'], 'orders.TSV'],
  [['orders.2024.csv', 'others.csv'], undefined],
  [['sales.csv.gz', 'notes.txt', 'package.json'], 'sales.csv.gz'],
  [['sales.csv', 'sales.csv.gz'], 'sales.csv'],
  [['sales.csv', 'sales.tsv'], undefined],
])('beside orders.features.ts: %j', (siblings, expected) => {
  expect(dataBeside('orders', siblings)).toBe(expected)
})
