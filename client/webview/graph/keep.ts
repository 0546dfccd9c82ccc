import { type Layout, layoutDrawing } from './layout.ts'
import type { Drawing } from './lineage.ts'

/**
 * A layout of the drawing that moves nothing needlessly: the places of `previous` when the same nodes are drawn (edges
 * may have come and gone; new ones run straight), a fresh layout otherwise.
 */
export function keptLayout(drawing: Drawing, previous: Layout | undefined): Layout {
  const fresh = layoutDrawing(drawing)
  if (!previous || !sameNodes(fresh, previous)) return fresh
  const known = new Map(previous.edges.map((each) => [each.edge.id, each]))
  return {
    ...previous,
    lanes: fresh.lanes.map((lane, index) => ({ ...lane, ...boxOf(previous.lanes[index] ?? lane) })),
    edges: fresh.edges.map((each) => {
      const before = known.get(each.edge.id)
      if (before) return { ...before, edge: each.edge }
      const from = previous.nodes.get(each.edge.from)?.rank ?? 0
      const to = previous.nodes.get(each.edge.to)?.rank ?? 0
      return { edge: each.edge, back: from >= to, passages: [] }
    }),
  }
}

function sameNodes(a: Layout, b: Layout): boolean {
  return (
    a.nodes.size === b.nodes.size &&
    a.lanes.length === b.lanes.length &&
    [...a.nodes.values()].every(({ id, height }) => b.nodes.get(id)?.height === height)
  )
}

const boxOf = ({ x, y, width, height }: Layout['lanes'][number]) => ({ x, y, width, height })
