import type { GraphNode, GraphView } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { type ModelsNode, pipelineNode } from './nodes.ts'

const place = (file: string, line: number) => {
  const at = { line, character: 0 }
  return { uri: `file:///${file}`, range: { start: at, end: at } }
}
const node = (model: string, name: string, kind: GraphNode['kind'], more: Partial<GraphNode> = {}): GraphNode => ({
  id: `${model}/${name}`,
  name,
  model,
  kind,
  problems: [],
  ...more,
})
const error = { severity: 'error', code: 'MD001', message: "No column or feature is named 'cst'." }
const warning = { severity: 'warning', code: 'MD011', message: 'Not read by anything.' }

const view: GraphView = {
  project: '/modeldriver.json',
  title: 'shop',
  revision: 1,
  lanes: [
    { model: 'daily', seq: 2, groupBy: ['day'], input: 'sales.rows' },
    { model: 'sales', seq: 1, input: 'sales.csv' },
  ],
  nodes: [
    node('sales', 'price', 'column', { type: 'number' }),
    node('sales', 'margin', 'row', {
      place: place('sales.features.ts', 2),
      why: 'row by default',
      problems: [error, warning],
    }),
    node('sales', 'sales', 'model', { ports: ['margin'] }),
    node('daily', 'day', 'column', { isKey: true }),
    node('daily', 'total', 'group', { place: place('daily.features.ts', 1), why: '#agg' }),
    node('daily', 'daily', 'model', { problems: [warning], place: place('modeldriver.json', 4) }),
  ],
  edges: [],
  cycles: [],
}

const lines = ({ label, detail = '', errors, warnings, children }: ModelsNode, depth = 0): string[] => [
  `${'  '.repeat(depth)}${label} (${detail}) ${errors}/${warnings}`,
  ...children.flatMap((child) => lines(child, depth + 1)),
]

test('a pipeline is a tree of its models in their order, with the problems of each', () => {
  expect(lines(pipelineNode(view, 'file:///modeldriver.json'))).toEqual([
    'shop (2 models) 1/2',
    '  sales (seq 1) 1/1',
    '    Inputs (1) 0/0',
    '      price (number) 0/0',
    '    Row features (1) 1/1',
    '      margin () 1/1',
    '    Outputs (1) 0/0',
    '      margin () 0/0',
    '  daily (seq 2 · per day) 0/1',
    '    Inputs (1) 0/0',
    '      day (key) 0/0',
    '    Group features (1) 0/0',
    '      total () 0/0',
  ])
})

test('entries say what to run and where to go, and have names that no edit changes', () => {
  const root = pipelineNode(view, 'file:///modeldriver.json')
  const [sales] = root.children
  expect(sales).toMatchObject({ uri: 'file:///sales.features.ts', tooltip: 'reads sales.csv' })
  expect(sales?.children[1]?.children[0]).toMatchObject({
    uri: 'file:///sales.features.ts',
    feature: 'margin',
    tooltip: "row by default\n\nMD001: No column or feature is named 'cst'.\n\nMD011: Not read by anything.",
  })
  const ids = (of: ModelsNode): string[] => [of.id, ...of.children.flatMap(ids)]
  expect(new Set(ids(root)).size).toBe(ids(root).length)
})
