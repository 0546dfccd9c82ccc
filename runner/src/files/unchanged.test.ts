import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { createReadings } from './unchanged.ts'

afterEach(() => vi.restoreAllMocks())

/** What is known of a file that is rewritten with the same size and time of its content. */
function rewritten(text: string, isOld: boolean): string | undefined {
  const path = `${folderWith({ 'a.csv': 'n\n1\n' })}/a.csv`
  if (isOld) {
    const now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => now + 60_000)
  }
  const readings = createReadings<string>(4)
  readings.of(path, []).keep('read before')
  const { atime, mtime, ctimeMs } = statSync(path)
  do {
    writeFileSync(path, text)
    utimesSync(path, atime, mtime)
  } while (isOld && statSync(path).ctimeMs === ctimeMs)
  return readings.of(path, []).known
}

test.each([
  ['a file that has just been written is known by its content', 'n\n1\n', false, 'read before'],
  ['and so it cannot hide that it changed', 'n\n2\n', false, undefined],
  ['an old one neither: nobody can set the time of the entry', 'n\n2\n', true, undefined],
])('%s', (_, text, isOld, known) => {
  expect(rewritten(text, isOld)).toBe(known)
})

test('each way of reading is known by itself, and the last ones stay', () => {
  const path = `${folderWith({ 'a.csv': 'n\n1\n' })}/a.csv`
  const readings = createReadings<number>(2)
  for (const way of [1, 2, 3]) readings.of(path, [way]).keep(way)
  expect([1, 2, 3].map((way) => readings.of(path, [way]).known)).toEqual([undefined, 2, 3])
})

test('what changed while it was read is not kept', () => {
  const path = `${folderWith({ 'a.csv': 'n\n1\n' })}/a.csv`
  const readings = createReadings<string>(2)
  const { keep } = readings.of(path, [])
  writeFileSync(path, 'n\n2\n')
  keep('half of it')
  writeFileSync(path, 'n\n1\n')
  expect(readings.of(path, []).known).toBeUndefined()
  expect(createReadings(2).of(`${path}.gone`, []).known).toBeUndefined()
})

test('a large file that has just been written is read again', () => {
  const path = `${folderWith({ 'a.csv': new Uint8Array(2 ** 24 + 1) })}/a.csv`
  const readings = createReadings<string>(2)
  readings.of(path, []).keep('read')
  expect(readings.of(path, []).known).toBeUndefined()
  const now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now + 60_000)
  readings.of(path, []).keep('read later')
  expect(readings.of(path, []).known).toBe('read later')
})
