import type { GraphEdge, GraphNode } from '@modeldriver/protocol'
import type { Drawing } from './lineage.ts'

/** A vertical band of the drawing: the data columns, or one model. */
export interface Band {
  readonly key: string
  /** Undefined for the band of data columns. */
  readonly model?: string
  readonly first: number
  readonly last: number
}

export interface Ranking {
  /** Column of the drawing that each node stands in, from 0. */
  readonly ranks: ReadonlyMap<string, number>
  /** From left to right; the bands' ranks never mix. */
  readonly bands: readonly Band[]
  /** Ids of edges that lead back (they close a cycle, or lead to an earlier model) and do not count for the order. */
  readonly back: ReadonlySet<string>
}

/**
 * Inputs stand left of what reads them: data columns first, then the models in `seq` order, each closed by its card.
 */
export function rankNodes(drawing: Drawing): Ranking {
  const groups = bandsOf(drawing)
  const bandOf = new Map(groups.flatMap(({ nodes }, index) => nodes.map(({ id }) => [id, index] as const)))
  const back = new Set<string>()
  const inside = groups.map((): GraphEdge[] => [])
  for (const edge of drawing.edges) {
    const from = bandOf.get(edge.from)
    const to = bandOf.get(edge.to)
    if (from === undefined || to === undefined || from > to) back.add(edge.id)
    else if (from === to) inside[from]?.push(edge)
  }
  const ranks = new Map<string, number>()
  const bands: Band[] = []
  let base = 0
  groups.forEach(({ nodes, ...band }, index) => {
    const edges = inside[index] ?? []
    const depths = depthsIn(nodes, edges, back)
    for (const { id } of nodes) ranks.set(id, base + (depths.get(id) ?? 0))
    const last = base + Math.max(...depths.values())
    bands.push({ ...band, first: base, last })
    base = last + 1
  })
  return { ranks, bands, back }
}

interface BandNodes {
  readonly key: string
  readonly model?: string
  readonly nodes: readonly GraphNode[]
}

function bandsOf({ lanes, nodes, edges }: Drawing): BandNodes[] {
  const fed = new Set(edges.map(({ to }) => to))
  const isInput = (node: GraphNode) => node.kind === 'column' && !fed.has(node.id)
  const models = [...lanes].sort((a, b) => a.seq - b.seq).map(({ model }) => model)
  const strays = nodes.map(({ model }) => model).filter((model) => !models.includes(model))
  const inputs = nodes.filter(isInput)
  return [
    { key: 'inputs', nodes: inputs },
    ...[...new Set([...models, ...strays])].map((model) => ({
      key: `model ${model}`,
      model,
      nodes: nodes.filter((node) => node.model === model && !isInput(node)),
    })),
  ].filter(({ nodes }) => nodes.length > 0)
}

/** Longest way from the left edge of the band; adds the edges that close a cycle to `back`. */
function depthsIn(nodes: readonly GraphNode[], edges: readonly GraphEdge[], back: Set<string>): Map<string, number> {
  const cards = new Set(nodes.filter(({ kind }) => kind === 'model').map(({ id }) => id))
  const leaving = new Map<string, GraphEdge[]>(nodes.map(({ id }) => [id, []]))
  for (const edge of edges) {
    if (cards.has(edge.from)) back.add(edge.id)
    else leaving.get(edge.from)?.push(edge)
  }
  const order = topological(nodes, leaving, back)
  const depths = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  for (const id of order) {
    for (const edge of leaving.get(id) ?? []) {
      if (back.has(edge.id)) continue
      depths.set(edge.to, Math.max(depths.get(edge.to) ?? 0, (depths.get(id) ?? 0) + 1))
    }
  }
  const fed = new Set(edges.filter(({ id }) => !back.has(id)).map(({ to }) => to))
  for (const { id, kind } of nodes) {
    if (kind !== 'constant' || fed.has(id)) continue
    const users = (leaving.get(id) ?? []).map(({ to }) => depths.get(to) ?? 1)
    if (users.length > 0) depths.set(id, Math.max(0, Math.min(...users) - 1))
  }
  const others = nodes.filter(({ id }) => !cards.has(id)).map(({ id }) => depths.get(id) ?? 0)
  for (const card of cards) depths.set(card, Math.max(-1, ...others) + 1)
  return depths
}

/** Inputs before users; an edge to a node that is still being visited closes a cycle. Iterative: chains may be long. */
function topological(
  nodes: readonly GraphNode[],
  leaving: ReadonlyMap<string, readonly GraphEdge[]>,
  back: Set<string>,
): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const finished: string[] = []
  for (const { id: root } of nodes) {
    if (state.has(root)) continue
    state.set(root, 'open')
    const path = [{ id: root, next: 0 }]
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = leaving.get(top.id)?.[top.next++]
      if (!edge) {
        state.set(top.id, 'done')
        finished.push(top.id)
        path.pop()
      } else if (state.get(edge.to) === 'open') {
        back.add(edge.id)
      } else if (!state.has(edge.to)) {
        state.set(edge.to, 'open')
        path.push({ id: edge.to, next: 0 })
      }
    }
  }
  return finished.reverse()
}
