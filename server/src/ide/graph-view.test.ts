import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { graphOf } from './graph-view.ts'

function draw(fixture: string, path?: string) {
  const graph = graphOf(analyseFixture(fixture).analysis, path)
  return {
    ...graph,
    drawnNodes: graph.nodes.map(({ kind, id, isKey, ports }) =>
      [kind, id, ...(isKey ? ['key'] : []), ...(ports ? [`[${ports.join(' ')}]`] : [])].join(' '),
    ),
    drawnEdges: graph.edges.map(
      ({ from, fromPort, to, toPort, inCycle }) =>
        `${from}${fromPort ? `:${fromPort}` : ''} > ${to}${toPort ? `:${toPort}` : ''}${inCycle ? ' cycle' : ''}`,
    ),
  }
}

const pipeline = `
  //- /shop/modeldriver.json
  { "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "data/sales.csv", "group_by": "shop",
      "outputs": ["turnover"] },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "sales.outputs", "group_by": "shop" } ] }
  //- /shop/data/sales.csv
  shop,price,quantity,unused
  a,2,3,x
  //- /shop/sales.features.ts
  /** Money that came in. */
  export const revenue = (price, quantity) => price * quantity
  export const turnover = (revenue) => revenue.sum() //#agg
  //- /shop/score.features.ts
  export const size = (turnover, shop, typo) => turnover > 100 && shop + typo
`

test('lanes, columns that are read, features, cards with ports, and what joins them', () => {
  const graph = draw(pipeline, '/shop/score.features.ts')
  expect(graph.title).toBe('shop')
  expect(graph.current).toBe('score')
  expect(graph.lanes).toEqual([
    { model: 'sales', seq: 1, groupBy: ['shop'], input: 'data/sales.csv' },
    { model: 'score', seq: 2, groupBy: ['shop'], input: 'sales.outputs' },
  ])
  expect(graph.drawnNodes).toEqual([
    'column sales/shop key',
    'column sales/price',
    'column sales/quantity',
    'row sales/revenue',
    'group sales/turnover',
    'model sales [turnover shop]',
    'column score/shop key',
    'column score/typo',
    'row score/size',
    'model score [size]',
  ])
  expect(graph.drawnEdges).toEqual([
    'sales/price > sales/revenue',
    'sales/quantity > sales/revenue',
    'sales/revenue > sales/turnover',
    'sales/turnover > sales:turnover',
    'sales/shop > sales:shop',
    'sales:shop > score/shop',
    'sales:turnover > score/size',
    'score/shop > score/size',
    'score/typo > score/size',
    'score/size > score:size',
  ])
})

test('nodes carry doc, reason, place and problems', () => {
  const { nodes } = draw(pipeline)
  const node = (id: string) => nodes.find((candidate) => candidate.id === id)
  expect(node('sales/revenue')).toMatchObject({
    doc: 'Money that came in.',
    location: { path: '/shop/sales.features.ts' },
  })
  expect(node('sales/turnover')?.why).toBe('#agg')
  expect(node('sales/price')).toMatchObject({ type: 'integer', location: { path: '/shop/data/sales.csv' } })
  expect(node('sales')?.location?.path).toBe('/shop/modeldriver.json')
  expect(node('score/size')?.problems.map(({ code }) => code)).toEqual(['MD001'])
  expect(node('score/typo')?.problems.map(({ code }) => code)).toEqual(['MD001'])
})

test('a cycle: its members in order, its edges marked', () => {
  const graph = draw(`
    export const a = (b) => b
    export const b = (c, price) => c + price
    export const c = (a) => a
    export const behind = (a) => a
    //- /main.csv
    price
    1
  `)
  expect(graph.title).toBe('main.features.ts')
  expect(graph.cycles).toHaveLength(1)
  expect([...(graph.cycles[0] ?? [])].sort()).toEqual(['main/a', 'main/b', 'main/c'])
  expect(graph.drawnEdges.filter((edge) => edge.endsWith(' cycle'))).toEqual([
    'main/b > main/a cycle',
    'main/c > main/b cycle',
    'main/a > main/c cycle',
  ])
})

test('a column that passes through a model gets a port on each card on its way', () => {
  const graph = draw(`
    //- /p/modeldriver.json
    { "models": [
      { "model_name": "one", "seq": 1, "features": ["one.features.ts"], "data": "one.csv" },
      { "model_name": "two", "seq": 2, "features": ["two.features.ts"], "input": "one.rows" },
      { "model_name": "three", "seq": 3, "features": ["three.features.ts"], "input": "two.rows" } ] }
    //- /p/one.csv
    price
    1
    //- /p/one.features.ts
    export const net = (price) => price / 1.19
    //- /p/two.features.ts
    export const net2 = (net) => net * 2
    //- /p/three.features.ts
    export const again = (price) => price
  `)
  expect(graph.drawnEdges).toEqual([
    'one/price > one/net',
    'one/net > one:net',
    'one/price > one:price',
    'one:net > two/net2',
    'two/net2 > two:net2',
    'one:price > two:price',
    'two:price > three/again',
    'three/again > three:again',
  ])
})

test('every edge ends at a node and, where it names one, at a port of it', () => {
  const { nodes, edges } = draw(pipeline)
  const ports = new Map(nodes.map((node) => [node.id, node.ports ?? []]))
  for (const { from, to, fromPort, toPort } of edges) {
    expect(ports.has(from) && ports.has(to)).toBe(true)
    if (fromPort !== undefined) expect(ports.get(from)).toContain(fromPort)
    if (toPort !== undefined) expect(ports.get(to)).toContain(toPort)
  }
})

test('a column and a feature of its name are two nodes; who reads the name reads the column', () => {
  const graph = draw(`
    //- /o.csv
    cost,qty
    1,2
    //- /o.features.ts
    export const cost = (cost) => Math.max(cost, 0)
    export const total = (cost, qty) => cost * qty
  `)
  expect(graph.drawnNodes).toEqual([
    'column o/cost (column)',
    'column o/qty',
    'row o/cost',
    'row o/total',
    'model o [cost total]',
  ])
  expect(graph.drawnEdges.slice(0, 3)).toEqual([
    'o/cost (column) > o/cost',
    'o/cost (column) > o/total',
    'o/qty > o/total',
  ])
})
