import type { GraphEdge, GraphNode } from '@modeldriver/protocol'
import { type Drawing, type DrawingNode, lineageOf, type Mode, neighbours, reach } from './lineage.ts'

/** Which part of a pipeline is drawn. */
export interface Scope {
  readonly mode: Mode
  /** The node around which the modes other than `all` draw. */
  readonly root: string | undefined
  /** How many steps from the root; absent: all of them. */
  readonly depth: number | undefined
  /** Nodes whose inputs and users are drawn besides. */
  readonly expanded: readonly string[]
  /** Models that are drawn as their card alone. */
  readonly collapsed: readonly string[]
}

export const depths = [1, 2, 3] as const

/** The part of a view that is drawn: first models become cards, then what is near the root is taken, then long cards become short. */
export function scopedDrawing(view: Drawing, scope: Scope): Drawing {
  return withShortCards(nearRoot(view, scope))
}

function nearRoot(view: Drawing, scope: Scope): Drawing {
  const { mode, root, depth, expanded } = scope
  const whole = withCards(view, scope.collapsed)
  if (mode === 'all' || root === undefined) return whole
  const start = whole.nodes.some(({ id }) => id === root) ? root : cardOf(view, root)
  if (start === undefined) return whole
  const ids = new Set([start])
  if (mode !== 'downstream') for (const id of reach(whole.edges, start, 'up', depth).nodes) ids.add(id)
  if (mode !== 'upstream') for (const id of reach(whole.edges, start, 'down', depth).nodes) ids.add(id)
  for (const node of expanded)
    if (ids.has(node))
      for (const side of ['inputs', 'users'] as const) for (const { id } of neighbours(whole, node, side)) ids.add(id)
  return {
    lanes: whole.lanes,
    nodes: whole.nodes.filter(({ id }) => ids.has(id)),
    edges: whole.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  }
}

/** A card with more outputs than this has those of which a line is drawn, and the number of the others. */
const mostPorts = 30

/**
 * Of so many that even the drawn lines are too many, those that other models read, and no line from the model's own
 * features: nobody follows a thousand of them, and room for them is all that would be seen.
 */
function withShortCards(drawing: Drawing): Drawing {
  const kept = new Map(
    drawing.nodes
      .filter(({ ports = [] }) => ports.length > mostPorts)
      .map(({ id, ports = [] }) => {
        const read = new Set(drawing.edges.flatMap(({ from, fromPort }) => (from === id ? (fromPort ?? []) : [])))
        const fed = new Set(drawing.edges.flatMap(({ to, toPort }) => (to === id ? (toPort ?? []) : [])))
        const drawn = ports.filter((port) => read.has(port) || fed.has(port))
        const some = drawn.length <= mostPorts ? drawn : ports.filter((port) => read.has(port)).slice(0, mostPorts)
        return [id, new Set(some)] as const
      }),
  )
  if (kept.size === 0) return drawing
  const edges = new Map<string, GraphEdge>()
  for (const edge of drawing.edges) {
    const { fromPort, ...rest } = edge
    const isLeft = fromPort === undefined || (kept.get(edge.from)?.has(fromPort) ?? true)
    const isMet = edge.toPort === undefined || (kept.get(edge.to)?.has(edge.toPort) ?? true)
    if (!isMet) continue
    const id = isLeft ? edge.id : `${edge.from}: → ${edge.to}`
    edges.set(id, isLeft ? edge : { ...rest, id })
  }
  const short = (node: DrawingNode): DrawingNode => {
    const some = kept.get(node.id)
    if (some === undefined) return node
    const ports = (node.ports ?? []).filter((port) => some.has(port))
    return { ...node, ports, otherPorts: (node.ports?.length ?? 0) - ports.length }
  }
  return { ...drawing, nodes: drawing.nodes.map(short), edges: [...edges.values()] }
}

/** How many neighbours of each drawn node are not drawn. */
export function hiddenNeighbours(
  view: Drawing,
  drawing: Drawing,
  collapsed: readonly string[],
): ReadonlyMap<string, number> {
  const whole = withCards(view, collapsed)
  if (whole.nodes.length === drawing.nodes.length) return new Map()
  const drawn = new Set(drawing.nodes.map(({ id }) => id))
  const hidden = new Map<string, Set<string>>()
  const note = (node: string, other: string) => {
    if (!drawn.has(node) || drawn.has(other)) return
    hidden.set(node, (hidden.get(node) ?? new Set()).add(other))
  }
  for (const { from, to } of whole.edges) {
    note(from, to)
    note(to, from)
  }
  return new Map([...hidden].map(([node, others]) => [node, others.size]))
}

/** Models whose features are not drawn: their edges lead to and from their cards. */
export function withCards(view: Drawing, collapsed: readonly string[]): Drawing {
  const closed = new Set(collapsed.filter((model) => view.nodes.some(({ id }) => id === model)))
  if (closed.size === 0) return view
  const byId = new Map(view.nodes.map((node) => [node.id, node]))
  const end = (id: string): string => {
    const model = byId.get(id)?.model
    return model !== undefined && closed.has(model) ? model : id
  }
  const edges = new Map<string, GraphEdge>()
  for (const edge of view.edges) {
    const from = end(edge.from)
    const to = end(edge.to)
    if (from === to) continue
    const { fromPort, toPort, ...rest } = edge
    const moved: GraphEdge = {
      ...rest,
      from,
      to,
      ...(fromPort !== undefined && from === edge.from && { fromPort }),
      ...(toPort !== undefined && to === edge.to && { toPort }),
    }
    const id = from === edge.from && to === edge.to ? edge.id : `${from}:${moved.fromPort ?? ''} → ${to}`
    edges.set(id, { ...moved, id })
  }
  return {
    lanes: view.lanes,
    nodes: view.nodes.filter(({ id, model }) => !closed.has(model) || id === model),
    edges: [...edges.values()],
  }
}

/** In a large pipeline the models are closed that neither hold the root nor are next to its model. */
export function farModels(view: Drawing, root: string | undefined): readonly string[] {
  const home = view.nodes.find(({ id }) => id === root)?.model
  const { up, down } = root === undefined ? { up: undefined, down: undefined } : lineageOf(view, root)
  const near = new Set([home])
  const models = new Map(view.nodes.map((node: GraphNode) => [node.id, node.model]))
  for (const id of [...(up?.nodes ?? []), ...(down?.nodes ?? [])]) near.add(models.get(id))
  return view.lanes.map(({ model }) => model).filter((model) => !near.has(model))
}

const cardOf = (view: Drawing, id: string): string | undefined => view.nodes.find((node) => node.id === id)?.model
