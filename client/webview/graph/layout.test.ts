import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { twoModels, viewOf } from './drawing.fixture.ts'
import { keptLayout } from './keep.ts'
import { type Box, type Layout, layoutDrawing, sizes } from './layout.ts'
import type { Drawing } from './lineage.ts'
import { scopedDrawing } from './scope.ts'

const xOf = (layout: Layout, id: string) => layout.nodes.get(id)?.x ?? Number.NaN
const isApart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
const isInside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** Everything that must hold for every drawing. */
function check(drawing: Drawing): Layout {
  const layout = layoutDrawing(drawing)
  const nodes = [...layout.nodes.values()]
  expect(nodes.map(({ id }) => id).sort()).toEqual(drawing.nodes.map(({ id }) => id).sort())
  nodes.forEach((a, index) => {
    for (const b of nodes.slice(index + 1)) expect(isApart(a, b), `${a.id} over ${b.id}`).toBe(true)
  })
  layout.lanes.forEach((lane, index) => {
    const next = layout.lanes[index + 1]
    if (next) expect(lane.x + lane.width).toBeLessThan(next.x)
  })
  for (const node of drawing.nodes) {
    const box = layout.nodes.get(node.id)
    const lanes = layout.lanes.filter((lane) => box && isInside(box, lane))
    expect(lanes, `lane of ${node.id}`).toHaveLength(1)
    expect([undefined, node.model]).toContain(lanes[0]?.model)
  }
  const passed = layout.edges.flatMap(({ passages }) => passages.map(({ y }) => y))
  const space = Math.min(...nodes.map(({ y }) => y), ...passed) - sizes.laneHead - sizes.lanePad
  expect(nodes.length === 0 || space < 10, `${space} pixels of nothing at the top`).toBe(true)
  for (const { edge, back, passages } of layout.edges) {
    if (back) continue
    const from = layout.nodes.get(edge.from)
    expect(from && from.x + from.width, `${edge.id} from left to right`).toBeLessThan(xOf(layout, edge.to))
    const stops = [from?.x ?? 0, ...passages.map(({ left }) => left), xOf(layout, edge.to)]
    expect(stops).toEqual([...stops].sort((a, b) => a - b))
    for (const { left, right, y } of passages) {
      const line = { x: left, y, width: right - left, height: 0 }
      const crossed = nodes.filter((node) => !isApart(line, node))
      expect(
        crossed.map(({ id }) => id),
        `${edge.id} runs through nodes`,
      ).toEqual([])
    }
  }
  return layout
}

describe('layout', () => {
  test('lanes stand in the order of seq, data columns first, the card closes its lane', () => {
    const layout = check(twoModels)
    expect(layout.lanes.map(({ title, subtitle }) => `${title} (${subtitle})`)).toMatchInlineSnapshot(`
      [
        "Inputs (margin.csv)",
        "margin (seq 1 · group by pin)",
        "risk (seq 2 · group by pin)",
      ]
    `)
    const inMargin = ['profit', 'margin', 'total', 'share'].map((name) => xOf(layout, `margin/${name}`))
    expect(Math.max(...inMargin)).toBeLessThan(xOf(layout, 'margin'))
    expect(layout.edges.some(({ back }) => back)).toBe(false)
  })

  test('nothing is left empty at the top when a cycle draws all nodes down', () => {
    const ports = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`).join(', ')
    const view = viewOf(
      [`a: p7(), -> ${ports(21)}`, `b: p1(a#p7, p5), p5(p1), p15(p1, a#p7), -> ${ports(16)}`],
      [['b/p1', 'b/p5']],
    )
    const ids = new Set(view.nodes.map(({ id }) => id))
    check({ ...view, edges: view.edges.filter(({ from }) => ids.has(from)) })
  })

  test('lanes follow seq even when the manifest lists them otherwise', () => {
    const [first, second] = twoModels.lanes
    const lanes = [second, first].flatMap((lane) => lane ?? [])
    expect(layoutDrawing({ ...twoModels, lanes }).lanes.map(({ title }) => title)).toEqual(['Inputs', 'margin', 'risk'])
  })

  test('exactly one edge of a cycle leads back', () => {
    const view = viewOf(['m: price!, a(price, c), b(a), c(b), d(c)'], [['m/a', 'm/b', 'm/c']])
    const layout = check(view)
    expect(layout.edges.filter(({ back }) => back).map(({ edge }) => edge.id)).toEqual(['m/c#->m/a'])
  })

  test('a feature that reads itself, and a model that reads a later one, lead back', () => {
    const view = viewOf(['m: x!, self(self, x), early(n#late)', 'n: late(m/self), -> late'])
    const layout = check(view)
    expect(layout.edges.filter(({ back }) => back).map(({ edge }) => edge.to)).toEqual(['m/self', 'm/early'])
  })

  test('an edge past other columns of the drawing is given room of its own', () => {
    const layout = check(viewOf(['m: x!, a(x), b(a), c(b), d(c, x), -> d']))
    expect(layout.edges.find(({ edge }) => edge.from === 'm/x' && edge.to === 'm/d')?.passages).toHaveLength(3)
  })

  test('what many features read passes each column once, and straight where there is room', () => {
    const layout = check(viewOf(['m: x!, a(x), b(a, x), c(b, x), d(c, x), -> d']))
    const lines = layout.edges.filter(({ edge }) => edge.from === 'm/x').map(({ passages }) => passages)
    expect(lines.map((line) => line.length)).toEqual([0, 1, 2, 3])
    const [longest = []] = lines.slice(-1)
    for (const line of lines) expect(line).toEqual(longest.slice(0, line.length))
    expect(new Set(longest.map(({ y }) => y)).size).toBe(1)
  })

  test('lines do not cross where another order spares it, not even in front of a card', () => {
    const layout = check(viewOf(['m: p!, q!, r!, a(r), b(q), c(p), d(a, b), -> c, d, b', 'n: x(m#b), y(m#d), z(m#c)']))
    const downwards = (...ids: string[]) => {
      const ys = ids.map((id) => layout.nodes.get(id)?.y ?? Number.NaN)
      expect(ys, ids.join()).toEqual([...ys].sort((a, b) => a - b))
    }
    downwards('m/p', 'm/r', 'm/q')
    downwards('m/c', 'm/a', 'm/b')
    downwards('n/z', 'n/y', 'n/x')
  })

  test('a card to which no line is drawn stands beside the last column', () => {
    const view = viewOf(['m: x!, a(x), b(x), c(b), d(c), e(d), -> e'])
    const { nodes } = check({ ...view, edges: view.edges.filter(({ to }) => to !== 'm') })
    const [last, card] = ['m/e', 'm'].map((id) => nodes.get(id))
    expect((card?.y ?? 0) + (card?.height ?? 0) / 2).toBeCloseTo((last?.y ?? 0) + (last?.height ?? 0) / 2)
  })

  test('any graph: nothing overlaps, lanes are apart, edges lead from left to right', () => {
    const graphs = fc
      .array(fc.tuple(fc.nat(2), fc.array(fc.nat(23), { maxLength: 4 })), { minLength: 1, maxLength: 24 })
      .map((features) => {
        const names = features.map(([model], index) => `${'lmn'[model]}/f${index}`)
        const modelLines = ['l', 'm', 'n'].map((model, at) => {
          const items = features.flatMap(([of, inputs], index) => {
            const read = [...new Set(inputs)].flatMap((input) => names[input] ?? [])
            return of === at ? [`f${index}(${[`${model}/x`, ...read].join(', ')})`] : []
          })
          const ports = items.slice(-2).map((item) => item.split('(')[0])
          return `${model}: x!, ${items.join(', ')}${ports.length > 0 ? `, -> ${ports.join(', ')}` : ''}`
        })
        return viewOf(modelLines)
      })
    fc.assert(
      fc.property(graphs, (view) => {
        check(view)
      }),
      { numRuns: 30 },
    )
  })

  test('an empty drawing has no size', () => {
    expect(layoutDrawing({ lanes: [], nodes: [], edges: [] })).toMatchObject({ width: 0, lanes: [], ranks: 0 })
  })
})

describe('kept layout', () => {
  test('the same nodes stay where they are when edges come and go', () => {
    const before = layoutDrawing(twoModels)
    const edges = [...twoModels.edges.slice(1), { id: 'new', from: 'margin/cost', to: 'margin/share', inCycle: false }]
    const after = keptLayout({ ...twoModels, edges }, before)
    expect(after?.nodes).toBe(before.nodes)
    expect(after?.edges.map(({ edge }) => edge.id)).toEqual(edges.map(({ id }) => id))
  })

  test('there is none for other nodes', () => {
    const scope = { mode: 'upstream', root: 'margin/margin', depth: undefined, expanded: [], collapsed: [] } as const
    expect(keptLayout(scopedDrawing(twoModels, scope), layoutDrawing(twoModels))).toBeUndefined()
    expect(keptLayout(twoModels, undefined)).toBeUndefined()
  })
})
