import type { GraphEdge, GraphNode } from '@modeldriver/protocol'
import type { Ranking } from './ranks.ts'

/** What stands in a column of the drawing: a node, or the place where edges pass between nodes. */
export interface Item {
  readonly rank: number
  readonly height: number
  readonly isBend: boolean
}

/** A piece of line from an item to one of the next column; where it leaves and enters is told from the items' middles. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly leaves: number
  readonly enters: number
}

export interface Columns {
  /** The nodes in their order, then the bends. All others name items by their index here. */
  readonly items: readonly Item[]
  readonly links: readonly Link[]
  /** The bends of each edge, by its id. */
  readonly bends: ReadonlyMap<string, readonly number[]>
}

/** Where a line meets a node, from its top, and how high the node is. */
export interface Shapes {
  readonly heightOf: (node: GraphNode) => number
  readonly portOffset: (node: GraphNode, port: string | undefined) => number
}

/**
 * The columns of the drawing, in no order yet. Edges that leave a node (a card: by the same port) share one line, which
 * each leaves in the column before its end: however many features read a column, its line passes once.
 */
export function columnsOf(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  { ranks, back }: Ranking,
  { heightOf, portOffset }: Shapes,
): Columns {
  const indexes = new Map(nodes.map(({ id }, index) => [id, index]))
  const items: Item[] = nodes.map((node) => ({
    rank: ranks.get(node.id) ?? 0,
    height: heightOf(node),
    isBend: false,
  }))
  const below = (node: GraphNode, port: string | undefined) => portOffset(node, port) - heightOf(node) / 2
  const links = new Map<string, Link>()
  const link = (from: number, to: number, leaves: number, enters: number) =>
    links.set([from, to, leaves, enters].join(), { from, to, leaves, enters })
  const trunks = new Map<string, number[]>()
  const bends = new Map<string, readonly number[]>()
  for (const edge of edges) {
    const from = indexes.get(edge.from)
    const to = indexes.get(edge.to)
    if (from === undefined || to === undefined || back.has(edge.id)) continue
    const [start, end] = [items[from] as Item, items[to] as Item]
    const leaves = below(nodes[from] as GraphNode, edge.fromPort)
    const key = JSON.stringify([edge.from, edge.fromPort])
    const trunk = trunks.get(key) ?? [from]
    trunks.set(key, trunk)
    const passed = end.rank - start.rank - 1
    for (let length = trunk.length; length <= passed; length++) {
      const bend = items.push({ rank: start.rank + length, height: 1, isBend: true }) - 1
      link(trunk[length - 1] as number, bend, length === 1 ? leaves : 0, 0)
      trunk.push(bend)
    }
    link(trunk[passed] as number, to, passed === 0 ? leaves : 0, below(nodes[to] as GraphNode, edge.toPort))
    bends.set(edge.id, trunk.slice(1, passed + 1))
  }
  return { items, links: [...links.values()], bends }
}
