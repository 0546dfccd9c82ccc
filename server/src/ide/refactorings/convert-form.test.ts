import { analyseFixture, applyEdits } from '@modeldriver/engine/testing'
import { describe, expect, test } from 'vitest'
import { convertForm } from './convert-form.ts'

const fixtureOf = (source: string, extension = 'ts') => `
//- /main.csv
pin,revenue,cost,name,Unit Price
A,1,2,x,3
//- /main.features.${extension}
// group_by: pin
${source}
export const total = (revenue) => revenue.sum()
`

/** The feature `f` of a fixture, with its level and what it reads. */
function read(text: string) {
  const { fixture, analysis } = analyseFixture(text)
  const [model] = analysis.models
  const feature = model?.features.get('f')
  if (!model || !feature) throw new Error('no feature f')
  return { fixture, analysis, feature, level: model.levels.get('f')?.level, model }
}

/** What a conversion makes of `f`; undefined when none is offered. Its level must stay, and what it reads. */
function converted(source: string, extension = 'ts'): string | undefined {
  const { fixture, analysis, feature, level } = read(fixtureOf(source, extension))
  const text = fixture.files.get(feature.path) ?? ''
  const at = feature.nameSpan.start
  const made = convertForm({ analysis, path: feature.path, range: { start: at, end: at }, text })
  if (!made) return undefined
  const after = applyEdits(fixture.files, made.edits).get(feature.path) ?? ''
  const lines = after.split('\n')
  const result = lines.slice(1, lines.indexOf('export const total = (revenue) => revenue.sum()')).join('\n')
  const again = read(fixtureOf(result, extension))
  expect(again.level).toBe(level)
  const facts = (inputs: typeof feature.inputs) =>
    inputs.map(({ name, optional, acceptsMissing }) => [
      again.model.aliases.get(name) ?? name,
      optional,
      acceptsMissing,
    ])
  expect(facts(again.feature.inputs)).toEqual(facts(feature.inputs))
  const said = (problems: typeof analysis.problems) => problems.map(({ code, message }) => `${code} ${message}`)
  expect(said(again.analysis.problems)).toEqual(said(analysis.problems))
  return `${made.title} ~ ${result}`
}

describe('to a pattern', () => {
  test.each([
    [
      'export const f = (revenue, cost) => revenue - cost',
      'Convert to { … }: Row ~ export const f = ({ revenue, cost }: Row) => revenue - cost',
    ],
    [
      'export function f(revenue) { return revenue.sum() }',
      'Convert to { … }: Group ~ export function f({ revenue }: Group) { return revenue.sum() }',
    ],
    [
      'export const f = revenue => revenue * 2',
      'Convert to { … }: Row ~ export const f = ({ revenue }: Row) => revenue * 2',
    ],
    [
      'export const f = (revenue: number, cost = 1) => revenue - cost',
      'Convert to { … }: Row ~ export const f = ({ revenue, cost = 1 }: Row) => revenue - cost',
    ],
    [
      'export const f = (revenue: Column<number>) => revenue[0]',
      'Convert to { … }: Group ~ export const f = ({ revenue }: Group) => revenue[0]',
    ],
    [
      'export function f(\n  revenue,\n  cost,\n) {\n  return revenue - cost\n}',
      'Convert to { … }: Row ~ export function f({\n  revenue,\n  cost,\n}: Row) {\n  return revenue - cost\n}',
    ],
    [
      'export const f = (total) => total * 2',
      'Convert to { … }: Group ~ export const f = ({ total }: Group) => total * 2',
    ],
    [
      'export const f = (revenue, total) => revenue / total',
      'Convert to { … }: Row ~ export const f = ({ revenue, total }: Row) => revenue / total',
    ],
  ])('%s', (before, after) => expect(converted(before)).toBe(after))

  test('in JavaScript without a type', () => {
    expect(converted('export const f = (revenue) => revenue.sum()', 'js')).toBe(
      'Convert to { … } ~ export const f = ({ revenue }) => revenue.sum()',
    )
  })

  test.each([
    ['no inputs', 'export const f = () => 1'],
    ['the type says that it may be missing', 'export const f = (revenue: number | null) => revenue'],
    ['it may be absent', 'export const f = (revenue?: number) => revenue'],
    ['a value and its column', 'export const f = (revenue) => revenue - revenue.mean()'],
    ['one value in all', 'export const f = (nowhere = 2) => nowhere'],
  ])('not where %s', (_, before) => expect(converted(before)).toBeUndefined())
})

describe('to a list', () => {
  test.each([
    [
      'export const f = ({ revenue, cost }: Row) => revenue - cost',
      'Convert to (revenue, cost) ~ export const f = (revenue, cost) => revenue - cost',
    ],
    [
      'export function f({ revenue }: Group) { return revenue.sum() }',
      'Convert to (revenue) ~ export function f(revenue) { return revenue.sum() }',
    ],
    [
      'export function f({ revenue }: Group) {\n  return revenue[0]\n}',
      'Convert to (revenue) ~ export function f(revenue) { //#agg\n  return revenue[0]\n}',
    ],
    [
      'export const f = ({ revenue: r, cost = 1 }: { revenue: number; cost?: number }) => ({ r }).r + r - cost',
      'Convert to (revenue, cost) ~ export const f = (revenue: number, cost: number = 1) => ({ r: revenue }).r + revenue - cost',
    ],
    [
      "export const f = ({ 'Unit Price': price, name }: Row) => price + name",
      'Convert to (Unit_Price, name) ~ export const f = (Unit_Price, name) => Unit_Price + name',
    ],
    [
      'export const f = ({ revenue }: Row<"main">) => revenue.toFixed()',
      'Convert to (revenue) ~ export const f = (revenue) => revenue.toFixed()',
    ],
    [
      'export const f = ({ revenue, cost, name, pin }) => revenue',
      'Convert to (revenue, cost, name, …) ~ export const f = (revenue, cost, name, pin) => revenue',
    ],
  ])('%s', (before, after) => expect(converted(before)).toBe(after))

  test('not where the name is taken in the body', () => {
    expect(converted('const cost = 2\nexport const f = ({ cost: c }: Row) => c + cost')).toBeUndefined()
  })
})
