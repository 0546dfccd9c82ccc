import type { GraphEdge, GraphNode, GraphView } from '@modeldriver/protocol'

/** The part of a view that is laid out and drawn. */
export interface Drawing extends Pick<GraphView, 'lanes' | 'edges'> {
  readonly nodes: readonly DrawingNode[]
}

export interface DrawingNode extends GraphNode {
  /** So many outputs of a card are told by their number alone. */
  readonly otherPorts?: number
}

export type Mode = 'all' | 'lineage' | 'upstream' | 'downstream'

/** What is reached from a node in one direction; the node itself is not part of it. */
export interface Reach {
  readonly nodes: ReadonlySet<string>
  /** Edge ids. */
  readonly edges: ReadonlySet<string>
  /** Ports of model cards that were passed, as `portKey`. */
  readonly ports: ReadonlySet<string>
}

export interface Lineage {
  readonly up: Reach
  readonly down: Reach
}

/** Beyond this many nodes a graph opens on one lineage instead of all of it. */
export const readableNodes = 300

export const portKey = (node: string, port: string): string => JSON.stringify([node, port])

export function lineageOf(view: Pick<GraphView, 'edges'>, node: string): Lineage {
  return { up: reach(view.edges, node, 'up'), down: reach(view.edges, node, 'down') }
}

/** The direct neighbours of a node in one direction, each once, in the order of the edges. */
export function neighbours(view: Drawing, node: string, side: 'inputs' | 'users'): readonly GraphNode[] {
  const ids = new Set(
    view.edges.flatMap((edge) => {
      if (side === 'inputs') return edge.to === node ? [edge.from] : []
      return edge.from === node ? [edge.to] : []
    }),
  )
  const byId = new Map(view.nodes.map((each) => [each.id, each]))
  return [...ids].flatMap((id) => byId.get(id) ?? [])
}

interface Direction {
  readonly start: (edge: GraphEdge) => string
  readonly end: (edge: GraphEdge) => string
  readonly startPort: (edge: GraphEdge) => string | undefined
  readonly endPort: (edge: GraphEdge) => string | undefined
}

const downwards: Direction = {
  start: ({ from }) => from,
  end: ({ to }) => to,
  startPort: ({ fromPort }) => fromPort,
  endPort: ({ toPort }) => toPort,
}

const upwards: Direction = {
  start: ({ to }) => to,
  end: ({ from }) => from,
  startPort: ({ toPort }) => toPort,
  endPort: ({ fromPort }) => fromPort,
}

/**
 * What is reached from a node, at most so many steps away. A model card that is entered by one port is left by that port only (its
 * other outputs have nothing to do with it), and passing it is no step.
 */
export function reach(
  edges: readonly GraphEdge[],
  root: string,
  way: 'up' | 'down',
  depth = Number.POSITIVE_INFINITY,
): Reach {
  const direction = way === 'up' ? upwards : downwards
  const leaving = new Map<string, GraphEdge[]>()
  for (const edge of edges) {
    const start = direction.start(edge)
    const known = leaving.get(start)
    if (known) known.push(edge)
    else leaving.set(start, [edge])
  }
  const nodes = new Set<string>()
  const passed = new Set<string>()
  const ports = new Set<string>()
  const visited = new Set<string>()
  // Nearest first, so that each node is met by its shortest way.
  let layer: readonly Visit[] = [{ node: root, port: undefined }]
  for (let step = 0; layer.length > 0 && step < depth; step++) {
    const further: Visit[] = []
    const here = [...layer]
    for (let visit = here.pop(); visit; visit = here.pop()) {
      const key = visit.port === undefined ? visit.node : portKey(visit.node, visit.port)
      if (visited.has(key)) continue
      visited.add(key)
      for (const edge of leaving.get(visit.node) ?? []) {
        const leftBy = direction.startPort(edge)
        if (visit.port !== undefined && leftBy !== undefined && leftBy !== visit.port) continue
        passed.add(edge.id)
        const next = direction.end(edge)
        const port = direction.endPort(edge)
        if (leftBy !== undefined) ports.add(portKey(visit.node, leftBy))
        if (port !== undefined) ports.add(portKey(next, port))
        if (next !== root) nodes.add(next)
        const reached = { node: next, port }
        if (port === undefined) further.push(reached)
        else here.push(reached)
      }
    }
    layer = further
  }
  return { nodes, edges: passed, ports }
}

interface Visit {
  readonly node: string
  readonly port: string | undefined
}
