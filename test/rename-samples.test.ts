import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Analysis, typeScriptNames } from '@modeldriver/engine'
import { analyseFiles, applyEdits } from '@modeldriver/engine/testing'
import { describe, expect, test, vi } from 'vitest'
import { renameAt } from '../server/src/ide/rename.ts'

vi.setConfig({ testTimeout: 60_000 })

// Every name of the samples gets another one and its old one back. Nothing may be wrong in between, nothing may mean something
// else, and the way back must end at the very same text.

type Files = ReadonlyMap<string, string>

const names = typeScriptNames()

function sample(folder: string, paths: readonly string[]): Files {
  const read = (path: string) =>
    readFileSync(fileURLToPath(new URL(`../samples/${folder}/${path}`, import.meta.url)), 'utf8')
  const head = (text: string) => text.split('\n').slice(0, 30).join('\n')
  return new Map(paths.map((path) => [`/${path}`, path.endsWith('.csv') ? head(read(path)) : read(path)]))
}

const retail = sample('retail', [
  'modeldriver.json',
  'transactions.features.ts',
  'daily.features.ts',
  'customer_profile.features.ts',
  'data/transactions.csv',
])
const property = sample('property', ['property.features.ts', 'property.csv'])

function renamed(files: Files, analysis: Analysis, path: string, offset: number, to: string): Files {
  const result = renameAt(analysis, path, offset, to, { textOf: (file) => files.get(file), names })
  if (result?.kind !== 'edits') throw new Error(result?.message ?? `nothing at ${path}:${offset}`)
  return applyEdits(files, result.edits)
}

/** What is said of which model. */
const kinds = ({ problems }: Analysis) => problems.map(({ code, model }) => `${code} ${model}`)

/** What models compute and how, with one name in the place of another. */
const meaning = ({ models }: Analysis, before = '', after = '') => {
  const name = (text: string) => (text === before ? after : text)
  return models.map(({ model, features, levels }) => ({
    model: model.name,
    key: model.groupBy?.map((key) => name(key.name)),
    outputs: model.outputs?.map((output) => name(output.name)),
    features: [...features.values()].map((feature) => ({
      name: name(feature.name),
      inputs: feature.inputs.map((input) => name(input.name)),
      level: levels.get(feature.name)?.level,
    })),
  }))
}

const featuresOf = (files: Files) =>
  analyseFiles(files).models.flatMap(({ model, features }) =>
    [...features.keys()].map((feature) => ({ model: model.name, feature })),
  )

const featureOf = ({ models }: Analysis, model: string, name: string) => {
  const found = models.find((each) => each.model.name === model)?.features.get(name)
  if (!found) throw new Error(`${model} has no feature ${name}`)
  return found
}

for (const [title, files] of Object.entries({ retail, property })) {
  describe(`the sample ${title}`, () => {
    const analysis = analyseFiles(files)

    test.each(featuresOf(files))('feature $feature of $model', ({ model, feature }) => {
      const { path, nameSpan } = featureOf(analysis, model, feature)
      const after = renamed(files, analysis, path, nameSpan.start, 'another_name')
      const analysed = analyseFiles(after)
      expect(kinds(analysed)).toEqual(kinds(analysis))
      expect(meaning(analysed, 'another_name', feature)).toEqual(meaning(analysis))
      const there = featureOf(analysed, model, 'another_name')
      expect(renamed(after, analysed, path, there.nameSpan.start, feature)).toEqual(files)
    })
  })
}

describe('the columns of the sample retail', () => {
  const analysis = analyseFiles(retail)
  const [first] = analysis.models
  const readers = [...(first?.features.values() ?? [])].flatMap(({ path, inputs }) =>
    inputs
      .filter(({ name }) => first?.columns?.get(name)?.origin.kind === 'file')
      .map(({ name, span }) => ({ column: name, path, at: span.start })),
  )
  const columns = [...new Map(readers.map((reader) => [reader.column, reader])).values()]

  test('there are some', () => expect(columns.length).toBeGreaterThan(5))

  test.each(columns)('$column gets an alias', ({ column, path, at }) => {
    const after = renamed(retail, analysis, path, at, 'another_name')
    const analysed = analyseFiles(after)
    expect(kinds(analysed)).toEqual(kinds(analysis))
    expect(meaning(analysed, 'another_name', column)).toEqual(meaning(analysis))
    expect(after.get('/data/transactions.csv')).toBe(retail.get('/data/transactions.csv'))
    expect(analysed.models[0]?.model.columns.another_name).toEqual({
      from: column,
      ...analysis.models[0]?.model.columns[column],
    })

    const back = renamed(after, analysed, path, after.get(path)?.indexOf('another_name') ?? -1, column)
    for (const file of retail.keys()) if (file.endsWith('.ts')) expect(back.get(file)).toBe(retail.get(file))
    expect(analyseFiles(back).problems).toEqual(analysis.problems)
  })
})
