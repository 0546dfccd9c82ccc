import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addFeature, type CodeFile, featureCode, removeFeature, typeScriptReader } from '@modeldriver/engine'
import { expect, test } from 'vitest'

const samples = [
  'retail/transactions',
  'retail/daily',
  'retail/customer_profile',
  'property/property',
  'loyalty/members',
  'loyalty/weekly',
  'benchmarks/customer_lifetime/customers',
  'benchmarks/customer_lifetime/value',
]
test.each(samples)('%s: every feature taken out and put back at the end is the same feature', (name) => {
  const path = `/${name}.features.ts`
  const text = readFileSync(join(import.meta.dirname, '../samples', `${name}.features.ts`), 'utf8')
  const reader = typeScriptReader()
  const before = reader.read(path, text).features
  let file: CodeFile = { path, text }
  let moved = 0
  for (const { name: feature } of before) {
    const code = featureCode(file, feature)
    const removed = removeFeature(file, feature)
    // What others call stays where it is.
    if ('refused' in removed || !code) continue
    const added = addFeature({ path, text: removed.text }, code)
    expect(added).not.toHaveProperty('refused')
    if ('text' in added) file = { path, text: added.text }
    moved++
  }
  expect(moved).toBeGreaterThan(before.length / 2)
  const after = new Map(reader.read(path, file.text).features.map((feature) => [feature.name, feature]))
  expect([...after.keys()].sort()).toEqual(before.map((feature) => feature.name).sort())
  for (const { name: feature, fingerprint, directives } of before) {
    expect(after.get(feature)).toMatchObject({ fingerprint })
    expect(after.get(feature)?.directives.map(({ level }) => level)).toEqual(directives.map(({ level }) => level))
  }
})
