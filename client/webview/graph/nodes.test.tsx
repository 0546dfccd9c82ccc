import type { RunOverlay } from '@modeldriver/protocol'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { twoModels, viewOf } from './drawing.fixture.ts'
import { Edges } from './layers.tsx'
import { layoutDrawing } from './layout.ts'
import { lineageOf } from './lineage.ts'
import { drawnNodes, Nodes, runText } from './nodes.tsx'

test.each([
  [{ ms: 12, count: 100, missing: 0 }, '12 ms'],
  [{ ms: 0.84, count: 200, missing: 6 }, '0.84 ms · 3 % missing'],
  [{ ms: 1234, count: 100, missing: 100 }, '1.23 s · 100 % missing'],
  [{ ms: 0, count: 10, missing: 0, isKept: true }, 'kept'],
  [{ ms: 0, count: 10, missing: 5, isKept: true }, 'kept · 50 % missing'],
  [{ ms: 3, count: 0, missing: 0, error: 'day_name is not a function' }, 'failed'],
] as const)('%j', (run, text) => {
  expect(runText(run)).toBe(text)
})

describe('nodes after a run', () => {
  const run: RunOverlay = {
    nodes: {
      'margin/profit': { ms: 2, count: 4, missing: 1 },
      'margin/total': { ms: 0, count: 0, missing: 0, error: 'revenue is empty' },
    },
    isStale: false,
  }

  test('say its time, what is missing, and what went wrong, to eyes and to ears', () => {
    const { node, read } = drawn({ run })
    expect(node('margin/profit')).toContain('data-run="done"')
    expect(node('margin/profit')).toContain('<span class="ran">2.0 ms · 25 % missing </span>')
    expect(read('margin/profit')).toBe(
      'profit number 2.0 ms · 25 % missing , Row feature in margin, 2 inputs, used by 1',
    )
    expect(node('margin/total')).toContain('data-run="failed"')
    expect(node('margin/total')).toContain('<span class="ran failed" title="revenue is empty">failed </span>')
    expect(node('margin/share')).not.toContain('class="ran')
  })

  test('say it as of before the last change when there was one', () => {
    const { node, read } = drawn({ run: { ...run, isStale: true } })
    expect(node('margin/profit')).toContain('class="ran stale"')
    expect(read('margin/profit')).toMatch(/, run before the last change$/)
    expect(read('margin/share')).not.toContain('run before the last change')
  })

  test('say the values of a cell that is traced in place of it', () => {
    const { node, read } = drawn({ run, traced: new Map([['margin/profit', '3.5']]) })
    expect(node('margin/profit')).toContain('<span class="ran traced">= 3.5 </span>')
    expect(read('margin/profit')).toMatch(/^profit number = 3.5 , /)
    expect(node('margin/profit')).not.toContain('25 % missing')
  })
})

test('a cycle is marked at its nodes and its edges, whatever else is chosen', () => {
  const view = viewOf(['a: x!, first(second, x), second(first), third(x)'], [['a/first', 'a/second']])
  const layout = layoutDrawing(view)
  const nodes = drawn({ view, selected: 'a/third' })
  expect(nodes.node('a/first')).toMatch(/class="[^"]*in-cycle"/)
  expect(nodes.read('a/first')).toMatch(/, in a cycle$/)
  expect(nodes.node('a/third')).toContain('data-cycle="false"')
  const byId = new Map(view.nodes.map((node) => [node.id, node]))
  const edges = renderToStaticMarkup(
    <Edges layout={layout} byId={byId} lineage={lineageOf(view, 'a/third')} sight={undefined} />,
  )
  expect(edges).toContain('class="edge tone-dim in-cycle" data-edge="a/first-&gt;a/second" data-cycle="true"')
  expect(edges).toContain('class="edge tone-up" data-edge="a/x-&gt;a/third" data-cycle="false"')
})

interface Shown {
  readonly view?: typeof twoModels
  readonly selected?: string
  readonly run?: RunOverlay
  readonly traced?: ReadonlyMap<string, string>
}

function drawn({ view = twoModels, selected, run, traced }: Shown) {
  const lineage = selected === undefined ? undefined : lineageOf(view, selected)
  const around = { selected, lineage, run, traced, hidden: new Map() }
  const nothing = () => undefined
  const markup = renderToStaticMarkup(
    <Nodes
      nodes={drawnNodes(view, layoutDrawing(view), around)}
      title={view.title}
      choose={nothing}
      open={nothing}
      expand={nothing}
    />,
  )
  const each = markup.split('<div class="node ').slice(1)
  const node = (id: string) => `<div class="node ${each.find((one) => one.includes(`data-node="${id}"`))}`
  /** What a screen reader reads. */
  const read = (id: string) => node(id).replaceAll(/<[^>]*>/g, '')
  return { node, read }
}
