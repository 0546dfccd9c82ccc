import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { kinds, manifestWords, readManifest, severities, valueTypes } from '@modeldriver/engine'
import { analyseFixture } from '@modeldriver/engine/testing'
import { Ajv } from 'ajv'
import { parse } from 'jsonc-parser'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { relaxed } from '../scripts/lib/schema.mjs'

const root = resolve(import.meta.dirname, '..')
const schema = JSON.parse(readFileSync(join(root, 'schema.json'), 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true })
const isValid = ajv.compile(schema)
const faults = (text: string) =>
  isValid(parse(text, [], { allowTrailingComma: true }))
    ? []
    : (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
const problems = (text: string) => readManifest('/modeldriver.json', text).problems.map(({ message }) => message)

const { properties, definitions } = schema
const objects: Readonly<Record<keyof typeof manifestWords, Readonly<Record<string, unknown>>>> = {
  manifest: properties,
  model: definitions.model.properties,
  join: definitions.join.properties,
  frame: definitions.frame.properties,
  column: definitions.column.oneOf[1].properties,
  formats: definitions.formats.properties,
  number: definitions.formats.properties.number.properties,
}

describe('the words of the schema are those that are read', () => {
  it.each(Object.entries(objects))('%s', (name, own) => {
    expect(Object.keys(own).sort()).toEqual([...manifestWords[name as keyof typeof manifestWords]].sort())
  })

  it('types, levels and severities too', () => {
    expect(definitions.type.enum).toEqual(valueTypes)
    expect(definitions.model.properties.kinds.additionalProperties.enum).toEqual(kinds)
    expect(properties.rules.additionalProperties.enum).toEqual(severities)
  })

  it('each is described', () => {
    const words = Object.values(objects).flatMap((own) => Object.entries(own))
    const said = (word: unknown): boolean =>
      typeof word === 'object' && word !== null && ('description' in word || ('$ref' in word && said(target(word))))
    const target = (word: object): unknown =>
      definitions[
        String((word as { $ref: string }).$ref)
          .split('/')
          .at(-1) ?? ''
      ]
    expect(words.filter(([, word]) => !said(word)).map(([name]) => name)).toEqual([])
  })
})

/** A manifest in which every word stands. */
const whole = `{ "$schema": "./schema.json", "client_name": "c", "output_base": "o", "rules": { "MD020": "off" }, "models": [{
  "model_name": "m", "seq": 1, "features": "a.features.ts", "data": "d.xlsx", "sheet": "Sales", "header_row": 4, "group_by": ["pin"], "group_order": ["pin"],
  "joins": [{ "from": "e.csv", "on": "pin", "prefix": "e_", "columns": ["x"] }], "outputs": { "total": "sum" }, "target": "y",
  "columns": { "sold": { "from": "Sold", "type": "date", "format": "dd.MM.yyyy", "required": true },
    "price": { "decimal": ",", "thousands": "." }, "paid": { "true": "ja", "false": ["nein"] }, "cost": { "missing": "-" } }, "missing": ["NA"],
  "formats": { "date": "dd.MM.yyyy", "datetime": "dd.MM.yyyy HH:mm", "number": { "decimal": ",", "thousands": "." } },
  "kinds": { "sum": "group" }, "legacy_mode": true, "frames": { "clean": { "inputs": ["pin"], "outputs": ["pin"] } }
}, { "model_name": "n", "features": [], "input": "m.groups" }] }`

describe('a word that is misspelt', () => {
  const words = [...new Set(Object.values(manifestWords).flat())].filter((word) => word !== '$schema')
  it('is nowhere in a good manifest', () => {
    expect(faults(whole)).toEqual([])
    expect(problems(whole)).toEqual([])
    for (const word of words) expect(whole).toContain(`"${word}":`)
  })
  it.each(words)('%s', (word) => {
    const text = whole.replace(`"${word}":`, `"${word}x":`)
    expect(problems(text).join()).toContain(`no property "${word}x"`)
    expect(faults(text).join()).toContain('must NOT have additional properties')
  })
  it('is left to the language server where there is one', () => {
    const isRelaxed = ajv.compile(relaxed(schema))
    expect(isRelaxed({ models: [{ modle_name: 'm' }] })).toBe(true)
    expect(isRelaxed({ models: [{ model_name: 1 }] })).toBe(false)
  })
})

describe('what the engine refuses for its form the schema refuses', () => {
  it.each([
    '[]',
    '{}',
    '{ "models": {} }',
    '{ "models": [{ "features": [] }] }',
    '{ "models": [{ "model_name": "m" }] }',
    '{ "models": [{ "model_name": "", "features": [] }] }',
    '{ "models": [{ "model_name": "m", "features": [], "seq": 1.5 }] }',
    '{ "models": [{ "model_name": "m", "features": [], "group_by": ["a", "a"] }] }',
    '{ "models": [{ "model_name": "m", "features": [], "columns": { "a": "text" } }] }',
    '{ "models": [{ "model_name": "m", "features": [], "kinds": { "a": "rows" } }] }',
    '{ "models": [{ "model_name": "m", "features": [], "legacy_mode": "yes" }] }',
    '{ "models": [{ "model_name": "m", "features": [], "joins": [{ "from": "a.csv" }] }] }',
    '{ "models": [{ "model_name": "m", "features": [], "legacy_mode": true, "frames": { "f": { "inputs": [] } } }] }',
    '{ "models": [], "rules": { "MD020": "of" } }',
  ])('%s', (text) => {
    expect(problems(text)).not.toEqual([])
    expect(faults(text)).not.toEqual([])
  })
})

it('accepts every manifest of the samples', () => {
  const manifests = readdirSync(join(root, 'samples'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('modeldriver.json'))
  expect(manifests.length).toBeGreaterThan(0)
  for (const file of manifests) {
    const text = readFileSync(join(root, 'samples', file), 'utf8')
    expect([file, problems(text), faults(text)]).toEqual([file, [], []])
  }
})

describe('the fixtures of the rules', () => {
  const fixtures: string[] = []
  beforeAll(async () => {
    vi.doMock('../engine/src/check/rules/testRule.ts', () => ({
      testRule: (_: unknown, { fires, silent, fixes = [] }: Examples) =>
        fixtures.push(...Object.values(fires), ...Object.values(silent), ...fixes.map(({ before }) => before)),
    }))
    const folder = join(root, 'engine/src/check/rules')
    for (const file of readdirSync(folder)) if (file.endsWith('.test.ts')) await import(join(folder, file))
  })

  interface Examples {
    readonly fires: Readonly<Record<string, string>>
    readonly silent: Readonly<Record<string, string>>
    readonly fixes?: readonly { readonly before: string }[]
  }

  it('are accepted where the engine accepts them', () => {
    const manifests = fixtures
      .filter((text) => text.includes('modeldriver.json'))
      .map((text) => analyseFixture(text).analysis)
      .filter((analysis) => !analysis.problems.some(({ code }) => code === 'MD030' || code === 'MD016'))
      .map(({ snapshot }) => snapshot.manifestText)
    const good = manifests.filter((text) => text !== undefined)
    expect(good.length).toBeGreaterThan(60)
    expect(good.flatMap((text) => faults(text).map((fault) => `${fault}: ${text}`))).toEqual([])
  })
})
