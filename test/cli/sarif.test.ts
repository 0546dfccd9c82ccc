import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { folderWith, modeldriver } from './support.ts'

/** The schema of SARIF 2.1.0, as Microsoft's own test tools bring it. */
const schemaPath = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats(ajv)
const isValid = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')))

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly name: string }[] } }
      readonly results: readonly Result[]
    },
  ]
}

interface Result {
  readonly ruleId: string
  readonly locations: readonly [Location]
  readonly relatedLocations?: readonly Location[]
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: { readonly startLine?: number }
  }
}

/** The log of a check, after the schema has accepted it. */
function logOf(folder: string, ...args: readonly string[]): Log['runs'][0] {
  const { out } = modeldriver(folder, 'check', ...args, '--format', 'sarif')
  const log = JSON.parse(out) as Log
  expect(isValid(log) || isValid.errors).toBe(true)
  // What the standard's schema with its first errata asks for, and this older one does not.
  for (const { locations, relatedLocations = [] } of log.runs[0].results)
    for (const { physicalLocation } of [...locations, ...relatedLocations])
      expect(physicalLocation.region.startLine).toBeGreaterThan(0)
  return log.runs[0]
}

const uriOf = ({ physicalLocation }: Location) => physicalLocation.artifactLocation.uri

test('the schema refuses what is no log, so that it can say no', () => {
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] }
  expect(isValid(log)).toBe(false)
  expect(isValid.errors?.map(({ message }) => message)).toEqual(["must have required property 'message'"])
})

test('no problems', () => {
  const { results, tool } = logOf(folderWith({ 'a.features.ts': 'export const a = (b) => b\n' }))
  expect(results).toEqual([])
  expect(tool.driver.rules.length).toBeGreaterThan(15)
  // Checked by Microsoft's `sarif validate`, which is too large to install for a test.
  expect(tool.driver.rules.filter(({ name }) => !/^(?:[A-Z][a-z]+)+$/.test(name))).toEqual([])
  expect(tool.driver.rules[0]).toMatchObject({ id: 'MD001', name: 'UnknownInput' })
})

const unruly = {
  'größe #1/100% sure/modeldriver.json': JSON.stringify({
    models: [{ model_name: 'm', seq: 1, features: ['**/*.features.ts'], data: 'gone & lost.csv' }],
  }),
  'größe #1/100% sure/数据/a b.features.ts': `export const a = (b) => b
export const b = (a) => a
export const c = (x) => { return async }
export async function d() {}
`,
}

test('related places, cycles, and paths with spaces, letters of all languages, # and %', () => {
  const { results, tool } = logOf(folderWith(unruly), 'größe #1/100% sure')
  const rules = tool.driver.rules.map(({ id }) => id)
  expect(rules).toEqual(expect.arrayContaining(results.map(({ ruleId }) => ruleId)))
  const manifest = 'gr%C3%B6%C3%9Fe%20%231/100%25%20sure/modeldriver.json'
  const features = 'gr%C3%B6%C3%9Fe%20%231/100%25%20sure/%E6%95%B0%E6%8D%AE/a%20b.features.ts'
  expect(results.map(({ ruleId, locations }) => `${ruleId} ${uriOf(locations[0])}`)).toEqual(
    expect.arrayContaining([`MD026 ${manifest}`, `MD013 ${features}`, `MD002 ${features}`]),
  )
  const cycle = results.find(({ ruleId }) => ruleId === 'MD002')
  expect(cycle?.relatedLocations?.map(uriOf)).toEqual([features])
})

test('files outside of the working folder have absolute addresses', () => {
  const folder = folderWith(unruly)
  const elsewhere = folderWith({})
  const inside = logOf(elsewhere, join(folder, 'größe #1', '100% sure')).results
  expect(inside.length).toBeGreaterThan(2)
  for (const { locations } of inside) {
    expect(uriOf(locations[0])).toMatch(/^file:\/\/\/.*\/gr%C3%B6%C3%9Fe%20%231\/100%25%20sure\//)
  }
})
