import { expect, test } from 'vitest'
import { viewOf } from './drawing.fixture.ts'
import { dotOf, mermaidOf, svgOf } from './exports.ts'
import { layoutDrawing } from './layout.ts'

const view = viewOf(['sales: price!, total(price), a(b), b(a), -> total'], [['sales/a', 'sales/b']])

test('Mermaid: models as subgraphs, each edge once, cycles dashed', () => {
  expect(mermaidOf(view)).toBe(`flowchart LR
  subgraph "sales"
    n0(["price"])
    n1["total"]
    n2["a"]
    n3["b"]
    n4[["sales"]]
  end
  n0 --> n1
  n3 -.-> n2
  n2 -.-> n3
  n1 --> n4
`)
})

test('Graphviz: models as clusters', () => {
  expect(dotOf(view)).toBe(`digraph {
  rankdir=LR
  node [fontname="sans-serif"]
  subgraph cluster_0 {
    label="sales"
    n0 [label="price", shape=ellipse]
    n1 [label="total", shape=box]
    n2 [label="a", shape=box]
    n3 [label="b", shape=box]
    n4 [label="sales", shape=component]
  }
  n0 -> n1
  n3 -> n2 [style=dashed, color=red]
  n2 -> n3 [style=dashed, color=red]
  n1 -> n4
}
`)
})

test('SVG: every node, edge and port, in the colours of the theme, with nothing that could be read as markup', () => {
  const odd = { ...view, nodes: view.nodes.map((node) => ({ ...node, name: node.name.replace('total', 'a<b>&"') })) }
  const kinds = { column: 'grey', row: 'purple', group: 'green', constant: 'grey', model: 'gold' }
  const colours = {
    background: 'white',
    text: 'black',
    muted: 'grey',
    line: 'silver',
    lane: 'silver',
    error: 'red',
    kinds,
  }
  const svg = svgOf(odd, layoutDrawing(odd), colours)
  expect(svg.match(/<g data-kind/g)).toHaveLength(odd.nodes.length)
  expect(svg.match(/<path d="[^"]+" fill="none"/g)).toHaveLength(odd.edges.length)
  expect(svg.match(/<circle/g)).toHaveLength(1)
  expect(svg).toContain('a&lt;b&gt;&amp;&quot;')
  expect(svg.match(/stroke="red" stroke-dasharray/g)).toHaveLength(2)
})

test('a header that breaks over lines stays on the line of its node', () => {
  const node = { id: 'm/x', name: 'net\nsales', model: 'm', kind: 'column', problems: [] } as const
  const drawing = { lanes: [{ model: 'm', seq: 1, input: 'd.csv' }], nodes: [node], edges: [] }
  expect(mermaidOf(drawing)).toContain('n0(["net sales"])')
  expect(dotOf(drawing)).toContain('n0 [label="net sales"')
})
