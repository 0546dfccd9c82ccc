import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cyclicComponents, shortestCycles } from './cycles.ts'

const cyclesOf = (edges: number[][]) => cyclicComponents(edges).flatMap((component) => shortestCycles(component, edges))

describe('cycles', () => {
  it.each([
    ['none', [[1], [2], []], []],
    ['a self loop', [[0]], [[0]]],
    ['two nodes', [[1], [0]], [[0, 1]]],
    [
      'two cycles that share an edge',
      [[1], [2, 3], [0], [0]],
      [
        [0, 1, 2],
        [0, 1, 3],
      ],
    ],
    [
      'two tangles',
      [[1], [0], [3], [2], [0, 2]],
      [
        [2, 3],
        [0, 1],
      ],
    ],
  ] as [string, number[][], number[][]][])('%s', (_, edges, expected) => {
    expect([...cyclesOf(edges)].sort()).toEqual([...expected].sort())
  })

  it('walks along edges, has no repetitions and covers every edge inside a component', () => {
    const graphs = fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(graphs, (edges) => {
        for (const component of cyclicComponents(edges)) {
          const cycles = shortestCycles(component, edges)
          const walked = new Set(
            cycles.flatMap((cycle) => cycle.map((node, i) => `${node}>${cycle[(i + 1) % cycle.length]}`)),
          )
          const inside = component.flatMap((from) =>
            (edges[from] ?? []).filter((to) => component.includes(to)).map((to) => `${from}>${to}`),
          )
          for (const cycle of cycles) expect(new Set(cycle).size).toBe(cycle.length)
          expect([...walked].sort()).toEqual(inside.sort())
        }
      }),
    )
  })
})
