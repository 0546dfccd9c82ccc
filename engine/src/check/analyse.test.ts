import { describe, expect, it } from 'vitest'
import type { Analysis } from '../ir/analysis.ts'
import { findProject, openProject, replaceFile } from '../model/project.ts'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { memoryFiles, parseFixture } from '../testing/fixture.ts'
import { analyse } from './analyse.ts'

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

  it('survives any broken text', () => {
    for (const broken of ['export function', 'export function a(', '}}}', 'export const x = (', '`']) {
      expect(edits(['export function margin', broken])[1]?.problems).toBeDefined()
    }
  })
})
