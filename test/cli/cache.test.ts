import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver, shop } from './support.ts'

interface Report {
  readonly models: readonly { readonly features: readonly { readonly feature: string; readonly kept: boolean }[] }[]
}

const cached = (folder: string, ...more: readonly string[]) => {
  const { code, out, note } = modeldriver(folder, 'run', '--cache', '--json', ...more)
  expect({ code, note }).toEqual({ code: 0, note: '' })
  return (JSON.parse(out) as Report).models.flatMap(({ features }) =>
    features.filter(({ kept }) => !kept).map(({ feature }) => feature),
  )
}
const all = ['margin', 'total', 'share', 'best_share', 'score']

test('run --cache computes what changed since any earlier run, and prints the same', () => {
  const folder = folderWith(shop)
  const fresh = modeldriver(folder, 'run').out
  expect(new Set(cached(folder))).toEqual(new Set(all))
  expect(cached(folder)).toEqual([])
  const again = modeldriver(folder, 'run', '--cache').out
  const facts = / · \d of \d features? computed, the others kept/g
  expect(again.match(facts)).toEqual([
    ' · 0 of 4 features computed, the others kept',
    ' · 0 of 1 feature computed, the others kept',
  ])
  const plain = (text: string) => text.replace(facts, '').replace(/\d+ ms/g, '# ms')
  expect(plain(again)).toBe(plain(fresh))

  const path = join(folder, 'sales.features.ts')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('* 100, 1)', '* 100, 0)'))
  expect(cached(folder)).toEqual(['margin'])
  writeFileSync(path, `// Sales.\n${text}`)
  expect(cached(folder)).toEqual([])
})

test('damaged files of the cache are computed again', () => {
  const folder = folderWith(shop)
  cached(folder)
  const cache = join(folder, '.modeldriver/cache')
  const entries = readdirSync(cache).filter((name) => name !== '.gitignore')
  // Those of the data, too.
  expect(entries.length).toBeGreaterThan(all.length)
  for (const name of entries) writeFileSync(join(cache, name), readFileSync(join(cache, name)).subarray(1))
  expect(new Set(cached(folder))).toEqual(new Set(all))
  expect(cached(folder)).toEqual([])
})

test('a cache that cannot be written is told, and the run is done', () => {
  const folder = folderWith({ ...shop, '.modeldriver': 'a file' })
  const { code, out, note } = modeldriver(folder, 'run', '--cache')
  expect(code).toBe(0)
  expect(out).toContain('best_share')
  expect(note).toBe('The cache in .modeldriver/cache was not written: it is a file, not a folder.\n')
})
