import type { ComponentProps } from 'react'
import { expect, test } from 'vitest'
import { readText } from '../shared/markup.fixture.ts'
import { twoModels } from './drawing.fixture.ts'
import { Inspector } from './inspector.tsx'
import { lineageOf } from './lineage.ts'

test('says what a feature is, how its last run went, what it reads and who reads it', () => {
  const run = { nodes: { 'margin/profit': { ms: 2, count: 4, missing: 1 } }, isStale: false }
  expect(said('margin/profit', { run })).toEqual(
    'profit Row feature in margin Type number Last run 2.0 ms · 25 % missing Upstream 2 Downstream 4 ' +
      'Inputs 2 revenue number cost number Used by 1 margin number',
  )
  expect(said('margin/profit', { run: { ...run, isStale: true } })).toContain('Before the last edit 2.0 ms')
})

test('says what went wrong in the run, and the problems of the code', () => {
  const run = { nodes: { 'margin/total': { ms: 0, count: 0, missing: 0, error: 'revenue is empty' } }, isStale: false }
  const problem = { severity: 'error', code: 'MD001', message: "No column or feature is named 'revenu'" }
  const nodes = twoModels.nodes.map((node) => (node.id === 'margin/total' ? { ...node, problems: [problem] } : node))
  const text = said('margin/total', { run, view: { ...twoModels, nodes } })
  expect(text).toContain('Last run failed')
  expect(text).toContain("revenue is empty Problems 1 No column or feature is named 'revenu' MD001")
})

test('a model says its order, what it reads and its key, and is run and closed to its card from there', () => {
  const text = said('margin')
  expect(text).toContain('margin Model Run on sample Close to its card Order seq 1 Reads margin.csv Group by pin')
  expect(said('margin', { isFolded: true })).toContain('Open the model')
})

test('a feature with a place leads to its code', () => {
  const at = { line: 11, character: 0 }
  const place = { uri: 'file:///work/margin.features.ts', range: { start: at, end: at } }
  const nodes = twoModels.nodes.map((node) => (node.id === 'margin/total' ? { ...node, place } : node))
  expect(said('margin/total', { view: { ...twoModels, nodes } })).toContain('Go to code margin.features.ts:12')
})

function said(id: string, { view = twoModels, ...other }: Partial<ComponentProps<typeof Inspector>> = {}): string {
  const node = view.nodes.find((each) => each.id === id)
  if (!node) throw new Error(`no node ${id}`)
  const nothing = () => undefined
  return readText(
    <Inspector
      node={node}
      view={view}
      lineage={lineageOf(view, id)}
      run={undefined}
      isFolded={false}
      go={nothing}
      choose={nothing}
      fold={nothing}
      runModel={nothing}
      close={nothing}
      {...other}
    />,
  )
}
