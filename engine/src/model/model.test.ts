import { describe, expect, it } from 'vitest'
import { memoryFiles } from '../testing/fixture.ts'
import { readManifest } from './manifest.ts'
import { identifierOf, matchHeader } from './names.ts'
import { join } from './paths.ts'
import { findProject, findProjects } from './project.ts'
import { closest } from './suggest.ts'

describe('names', () => {
  it.each([
    ['Unit Price', 'Unit_Price'],
    ['margin %', 'margin_pct'],
    ['# items', 'num_items'],
    ['2025 total', '_2025_total'],
    ['class', 'class_'],
    ['größe', 'größe'],
  ])('%s becomes %s', (header, name) => expect(identifierOf(header)).toBe(name))

  it.each([
    ['revenue', ['revenue'], { kind: 'one', header: 'revenue' }],
    ['unit_price', ['Unit Price'], { kind: 'one', header: 'Unit Price' }],
    ['class_', ['class'], { kind: 'one', header: 'class' }],
    ['unit_price', ['Unit Price', 'unit-price'], { kind: 'ambiguous', headers: ['Unit Price', 'unit-price'] }],
    ['größe'.normalize('NFD'), ['größe'], { kind: 'one', header: 'größe' }],
    ['cost', ['revenue'], { kind: 'none' }],
  ])('%s among %j', (name, headers, expected) => expect(matchHeader(name, headers)).toEqual(expected))

  it.each([
    ['revenu', ['revenue', 'cost'], ['revenue']],
    ['csot', ['cost', 'cast'], ['cost']],
    ['UnitPrice', ['unit_price', 'unit_prices'], ['unit_price', 'unit_prices']],
    ['x', ['y', 'abc'], []],
    ['xs', ['xt', 'x', 'XS'], ['XS', 'x', 'xt']],
    ['revenu', ['REVENUE', 'revenues', 'revenue'], ['revenue', 'REVENUE', 'revenues']],
    ['temperature', ['revenue'], []],
  ])('closest to %s', (name, candidates, expected) => expect(closest(name, candidates)).toEqual(expected))
})

describe('paths', () => {
  it.each([
    ['/a/b', 'c.csv', '/a/b/c.csv'],
    ['/a/b', '../c.csv', '/a/c.csv'],
    ['/a', './x/./y', '/a/x/y'],
    ['/a', '/b/c', '/b/c'],
    ['c:/a', 'd:/b', 'd:/b'],
  ])('%s + %s', (folder, path, expected) => expect(join(folder, path)).toBe(expected))
})

describe('readManifest', () => {
  it('reads comments, trailing commas, renamed outputs and column forms', () => {
    const text = `{ // a comment
      "client_name": "acme",
      "models": [{ "model_name": "m", "seq": 3, "features": "a.features.ts", "group_by": [],
        "outputs": { "total": "total_revenue" },
        "columns": { "region": "string", "price": { "from": "Unit Price", "type": "number" } },
        "formats": { "number": { "decimal": "," } }, "kinds": { "count_days": "row" }, }],
    }`
    const { value, problems } = readManifest('/modeldriver.json', text)
    expect(problems).toEqual([])
    expect(value.models[0]).toMatchObject({
      name: 'm',
      seq: 3,
      groupBy: [],
      outputs: [{ name: 'total_revenue', as: 'total' }],
      columns: { region: { type: 'string' }, price: { from: 'Unit Price', type: 'number' } },
      formats: { number: { decimal: ',' } },
      kinds: { count_days: 'row' },
    })
  })

  it('says only where the text breaks off while a word is typed', () => {
    const text = '{ "models": [{ "model_name": "m", "gro" "features": ["a.features.ts"] }] }'
    const { problems } = readManifest('/modeldriver.json', text)
    expect(problems.map(({ message }) => message)).toEqual(["This is not valid JSON: a ':' is missing before this."])
  })

  it.each([
    ['{ "models": [ }', 'This is not valid JSON: a value is missing here.'],
    ['[]', 'The manifest must be an object { … }.'],
    ['{ }', 'The manifest has no "models": list at least one model.'],
    ['{ "models": [{ "seq": 1 }] }', 'This model has no "model_name".'],
    ['{ "models": [{ "model_name": "a", "seq": 1.5 }] }', '"seq" must be a whole number.'],
    [
      '{ "models": [{ "model_name": "a", "columns": { "x": "int" } }] }',
      '"int" is not a type; choose one of number, integer, string, boolean, date, datetime.',
    ],
    ['{ "models": [{ "model_name": "a" }, { "model_name": "a" }] }', "Two models are named 'a'."],
  ])('%s', (text, message) =>
    expect(readManifest('/modeldriver.json', text).problems.map((problem) => problem.message)).toContain(message),
  )

  it('gives up where brackets go on and on', () => {
    const deep = `{ "models": ${'['.repeat(50_000)}${']'.repeat(50_000)} }`
    expect(readManifest('/modeldriver.json', deep).problems.map((problem) => problem.message)).toEqual([
      'This is nested too deeply.',
    ])
  })
})

describe('findProject', () => {
  const fs = memoryFiles(
    new Map([
      ['/w/modeldriver.json', '{ "models": [{ "model_name": "m", "features": ["in/*.features.ts"] }] }'],
      ['/w/in/a.features.ts', ''],
      ['/w/out/b.features.ts', ''],
      ['/w/two/c.features.ts', ''],
      ['/w/two/d.features.ts', ''],
    ]),
  )
  it.each([
    ['/w/modeldriver.json', '/w/modeldriver.json'],
    ['/w', '/w/modeldriver.json'],
    ['/w/in/a.features.ts', '/w/modeldriver.json'],
    ['/w/out/b.features.ts', '/w/out/b.features.ts'],
  ])('%s belongs to %s', (path, project) => expect(findProject(path, fs)).toBe(project))

  it('a folder without a manifest has one project per feature file', () =>
    expect(findProjects('/w/two', fs)).toEqual(['/w/two/c.features.ts', '/w/two/d.features.ts']))
})
