import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { columnOf, rowOf, type StepResult } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { createDataStore, type DataOptions } from '../files/data.ts'
import { ended, folderWith, processOf } from '../testFolder.ts'
import { createCache } from './cache.ts'

const result = (values: readonly unknown[], how: StepResult['how'] = 'calls'): StepResult => ({
  column: columnOf(values),
  how,
})
const program = ['modeldriver 1']
const columnsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.column'))

test.each([
  ['numbers', result([1, -0, null, 0.1 + 0.2, 1e300])],
  ['text', result(['a', null, 'ü\ud800', 'a', ''])],
  ['booleans', result([true, null, false])],
  ['dates', result([new Date(0), null], 'aggregate')],
  ['nothing', result([])],
])('%s come back as they were, to the bit', (_, kept) => {
  const folder = `${folderWith({})}/.modeldriver/cache`
  createCache(folder, program).keep('f', kept)
  expect(createCache(folder, program).find('f')).toStrictEqual(kept)
})

test('another fingerprint, or another program, finds nothing', () => {
  const folder = folderWith({})
  const cache = createCache(folder, program)
  cache.keep('f', result([1]))
  expect(cache.find('g')).toBeUndefined()
  expect(createCache(folder, ['modeldriver 2']).find('f')).toBeUndefined()
})

test('every damage is noticed, and repaired by the next run', () => {
  const folder = folderWith({})
  const cache = createCache(folder, program)
  const kept = result(['a', 'b', 'a'])
  cache.keep('f', kept)
  const [name] = columnsIn(folder)
  const path = `${folder}/${name}`
  const bytes = readFileSync(path)
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at] = (damaged[at] as number) ^ 1
    writeFileSync(path, damaged)
    expect(cache.find('f')).toBeUndefined()
    writeFileSync(path, bytes.subarray(0, at))
    expect(cache.find('f')).toBeUndefined()
  }
  cache.keep('f', kept)
  expect(cache.find('f')).toEqual(kept)
})

test('what was used longest ago goes first when there is too much', () => {
  const folder = folderWith({})
  const cache = createCache(folder, program, 3000)
  const long = (n: number) => result(Array.from({ length: 100 }, (_, i) => i + n))
  for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) {
    const before = new Set(columnsIn(folder))
    cache.keep(name, long(i))
    const [added] = columnsIn(folder).filter((each) => !before.has(each))
    utimesSync(`${folder}/${added}`, i, i)
  }
  expect(cache.find('a')).toBeDefined()
  expect(cache.finish()).toBeUndefined()
  expect(['a', 'b', 'c', 'd'].filter((name) => cache.find(name))).toEqual(['a', 'c', 'd'])
})

test('what a killed run left behind goes when nobody can be writing it any more', () => {
  const folder = folderWith({ 'x.column.old': 'half', 'x.column.new': 'half', 'notes.txt': 'mine' })
  utimesSync(`${folder}/x.column.old`, 1, 1)
  createCache(folder, program).finish()
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'x.column.new'])
})

test('a cache that cannot be written says why, and gives nothing', () => {
  const folder = folderWith({ cache: 'a file' })
  const cache = createCache(`${folder}/cache`, program)
  cache.keep('f', result([1]))
  expect(cache.find('f')).toBeUndefined()
  expect(cache.finish()).toBe('something else with this name is there')
})

test('git leaves the folder out, and what is there already stays as it is', () => {
  const folder = folderWith({})
  createCache(`${folder}/.modeldriver/cache`, program).keep('f', result([1]))
  expect(readFileSync(`${folder}/.modeldriver/cache/.gitignore`, 'utf8')).toBe('*\n')
  mkdirSync(`${folder}/own`)
  createCache(`${folder}/own`, program).keep('f', result([1]))
  expect(existsSync(`${folder}/own/.gitignore`)).toBe(false)
})

test('two runs that write the same columns at once', async () => {
  const folder = folderWith({})
  const script = await processOf(`
    import { createCache } from '../run/cache.ts'
    const cache = createCache(process.argv[2], ['modeldriver 1'], 20000)
    for (let i = 0; i < 300; i++) {
      const n = i % 7
      const found = cache.find('f' + n)
      if (found && found.column.values.some((value) => value !== n)) process.exit(3)
      cache.keep('f' + n, { column: { type: 'number', values: new Float64Array(500).fill(n) }, how: 'calls' })
      if (i % 50 === 0) cache.finish()
    }
    if (cache.finish() !== undefined) process.exit(4)
  `)
  const start = () => spawn(process.execPath, [script, folder], { stdio: 'inherit' })
  expect(await Promise.all([start(), start(), start()].map(ended))).toEqual([0, 0, 0])
  expect(readdirSync(folder).filter((name) => !name.endsWith('.column'))).toEqual([])
})

test('data is read once for each content and way of reading', async () => {
  const folder = folderWith({ 'a.csv': 'n,t\n1,x\nno,y\n3,\n', 'b.csv': 'n,t\n1,x\nno,y\n3,\n' })
  const way: DataOptions = { formats: {}, columns: { n: { type: 'number' } }, limit: Number.POSITIVE_INFINITY }
  const paths: string[] = []
  const read = (name: string, options = way, overlay = {}) => {
    const store = createDataStore()
    const counting = {
      read(...asked: Parameters<typeof store.read>) {
        paths.push(name)
        return store.read(...asked)
      },
    }
    return createCache(`${folder}/cache`, program).dataOf(counting).read(`${folder}/${name}`, options, overlay)
  }
  const first = await read('a.csv')
  expect(first.rejected).toHaveLength(1)
  expect(await read('a.csv')).toStrictEqual(first)
  expect(paths).toEqual(['a.csv'])
  await read('a.csv', { ...way, limit: 1 })
  await read('a.csv', way, { [`${folder}/a.csv`]: 'n,t\n7,z\n' })
  writeFileSync(`${folder}/a.csv`, 'n,t\n2,x\n')
  expect((await read('a.csv')).table.length).toBe(1)
  expect(paths).toHaveLength(4)
  for (const name of columnsIn(`${folder}/cache`)) writeFileSync(`${folder}/cache/${name}`, 'damaged')
  expect((await read('a.csv')).table.length).toBe(1)
  expect(paths).toHaveLength(5)
  const marked = await read('a.csv', { ...way, formats: { missing: ['2'] } })
  expect(rowOf(marked.table, 0)).toEqual({ n: null, t: 'x' })
  expect(rowOf((await read('a.csv')).table, 0)).toEqual({ n: 2, t: 'x' })
  expect(paths).toHaveLength(6)
  await expect(read('gone.csv')).rejects.toThrow('file not found')
})
