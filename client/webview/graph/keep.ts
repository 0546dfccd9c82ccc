import { heightOf, type Layout, laneTexts } from './layout.ts'
import type { Drawing } from './lineage.ts'

/**
 * The places of `previous` when the same nodes are drawn (edges may have come and gone; new ones run straight), so that
 * nothing moves needlessly; undefined for other nodes.
 */
export function keptLayout(drawing: Drawing, previous: Layout | undefined): Layout | undefined {
  if (!previous || !hasSameNodes(drawing, previous)) return undefined
  const known = new Map(previous.edges.map((each) => [each.edge.id, each]))
  const rankOf = (id: string) => previous.nodes.get(id)?.rank ?? 0
  return {
    ...previous,
    lanes: previous.lanes.map((lane) => ({ ...lane, ...laneTexts(lane.model, drawing) })),
    edges: drawing.edges.map((edge) => {
      const before = known.get(edge.id)
      return before ? { ...before, edge } : { edge, back: rankOf(edge.from) >= rankOf(edge.to), passages: [] }
    }),
  }
}

function hasSameNodes({ nodes }: Drawing, previous: Layout): boolean {
  return (
    nodes.length === previous.nodes.size &&
    nodes.every((node) => previous.nodes.get(node.id)?.height === heightOf(node))
  )
}
