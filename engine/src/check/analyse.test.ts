import { describe, expect, it } from 'vitest'
import type { Analysis } from '../ir/analysis.ts'
import { findProject, openProject, replaceFile } from '../model/project.ts'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { memoryFiles, parseFixture } from '../testing/fixture.ts'
import { analyse } from './analyse.ts'
import type { Rule } from './rule.ts'

const text = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
// group_by: pin
export function margin(revenue, cost) { return revenue - cost }
export function total(margin) { return margin.sum() }
`
const path = '/sales.features.ts'

/** Analyses the fixture, then again after each edit of the feature file. */
function edits(...changes: [from: string, to: string][]): readonly Analysis[] {
  const { files } = parseFixture(text)
  const fs = memoryFiles(files)
  const reader = typeScriptReader()
  let snapshot = openProject(findProject(path, fs), fs, reader)
  const seen = [analyse(snapshot)]
  let source = files.get(path) ?? ''
  for (const [from, to] of changes) {
    source = source.replace(from, to)
    snapshot = replaceFile(snapshot, path, source, reader)
    seen.push(analyse(snapshot, seen.at(-1)))
  }
  return seen
}

const manyText = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "sales.csv", "group_by": "pin" }] }
//- /sales.csv
pin,revenue,cost
A,10,4
//- /a.features.ts
const rate = 2
export function margin(revenue, cost) { return revenue - cost }
export function gross(revenue) { return revenue * rate }
export function unsaid(revenue, cost) { return revenue }
//- /b.features.ts
export function total(margin) { return margin.sum() }
export function share(gross) { return gross / 2 }
export function twice(share) { return share * 2 }
`

/** Which features the rules are asked about after an edit of a file. */
function askedAfter(path: string, from: string, to: string): readonly string[] {
  const { files } = parseFixture(manyText)
  const fs = memoryFiles(files)
  const reader = typeScriptReader()
  const asked: string[] = []
  const asking: Rule = {
    code: 'MD900',
    name: 'asking',
    severity: 'hint',
    doc: '',
    *checkFeature(_, { model }, feature) {
      asked.push(feature.name)
      if (feature.name !== 'unsaid') return
      yield { message: 'said again', path: feature.path, span: feature.nameSpan, model: model.name }
    },
  }
  const before = analyse(openProject('/modeldriver.json', fs, reader), undefined, [asking])
  expect(asked.splice(0)).toHaveLength(6)
  const text = files.get(path) as string
  const snapshot = replaceFile(before.snapshot, path, text.replace(from, to), reader)
  const { problems } = analyse(snapshot, before, [asking])
  const unsaid = snapshot.files.get('/a.features.ts')?.features.find(({ name }) => name === 'unsaid')
  expect(problems.map(({ span }) => span)).toEqual([unsaid?.nameSpan])
  return asked.filter((name) => name !== 'unsaid').sort()
}

const graphs = (analyses: readonly Analysis[]) => analyses.map((analysis) => analysis.models[0]?.graph)

describe('analyse', () => {
  it('keeps the graph through an edit inside a body', () => {
    const [first, second, third] = graphs(
      edits(['revenue - cost', 'revenue - cost * 2'], ['margin.sum()', 'margin.max()']),
    )
    expect(second).toBe(first)
    expect(third).toBe(first)
  })

  it('rebuilds it when a signature changes, and the problem goes when the name is right again', () => {
    const all = edits(['(revenue, cost)', '(revenue, csot)'], ['(revenue, csot)', '(revenue, cost)'])
    const [first, second] = graphs(all)
    expect(second).not.toBe(first)
    expect(all.map((analysis) => analysis.problems.map((problem) => problem.code))).toEqual([[], ['MD001'], []])
  })

  it('takes a new key from the first comment', () => {
    const [, second] = edits(['group_by: pin', 'group_by: pin, region'])
    expect(second?.problems.map((problem) => problem.message)).toEqual([
      "group_by column 'region' is not in sales.csv.",
    ])
  })

  it.each([
    ['a body, behind which others only move', 'revenue - cost', 'revenue - cost * 2', ['margin']],
    ['a type, and with it that of its users', 'revenue - cost', "'none'", ['margin', 'total']],
    ['a helper, and with it all of its file', 'rate = 2', 'rate = Date.now()', ['gross', 'margin', 'share']],
  ])('asks the rules again only about what they may say something else of: %s', (_, from, to, expected) => {
    expect(askedAfter('/a.features.ts', from, to)).toEqual(expected)
  })

  it('reads a file for each model under the names and with the types that this model gives', () => {
    const { files } = parseFixture(`
//- /modeldriver.json
{
  "models": [
    { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "sales.csv",
      "columns": { "price": { "from": "Unit Price", "type": "string" } } },
    { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "sales.csv", "group_by": "day",
      "formats": { "date": "dd-MM-yyyy" } }
  ]
}
//- /sales.csv
day,Unit Price
01-02-2024,4
//- /a.features.ts
export function label(price: string, day: string) { return price + day }
//- /b.features.ts
export function twice(unit_price: number) { return unit_price * 2 }
export function later(day: Date) { return day }
`)
    const { models, problems } = analyse(openProject('/modeldriver.json', memoryFiles(files), typeScriptReader()))
    expect(problems).toEqual([])
    const typesOf = (at: number) => [...(models[at]?.columns ?? [])].map(([name, { type }]) => `${name} ${type}`)
    expect(typesOf(0)).toEqual(['day string', 'price string'])
    expect(typesOf(1)).toEqual(['day date', 'Unit Price integer', 'unit_price integer'])
  })

  it('survives any broken text', () => {
    for (const broken of ['export function', 'export function a(', '}}}', 'export const x = (', '`']) {
      expect(edits(['export function margin', broken])[1]?.problems).toBeDefined()
    }
  })
})
