import type { GraphNode } from '@modeldriver/protocol'
import { type Box, type PlacedEdge, portOffset, sizes } from './layout.ts'

export interface Route {
  /** SVG path data of the line. */
  readonly line: string
  /** SVG path data of the arrow head. */
  readonly head: string
}

interface End {
  readonly box: Box
  readonly node: GraphNode
}

/** The line of an edge from the right side of its start to the left side of its end. */
export function routeOf({ edge, back, passages }: PlacedEdge, from: End, to: End): Route {
  const end = { x: to.box.x, y: to.box.y + portOffset(to.node, edge.toPort) }
  if (back) return backRoute(from.box, to.box)
  let x = from.box.x + from.box.width
  let y = from.box.y + portOffset(from.node, edge.fromPort)
  let line = `M${n(x)} ${n(y)}`
  for (const passage of passages) {
    line += `${bend(x, y, passage.left, passage.y)}H${n(passage.right)}`
    x = passage.right
    y = passage.y
  }
  line += bend(x, y, end.x - 4, end.y)
  return { line, head: `M${n(end.x)} ${n(end.y)}l-6 -3v6z` }
}

/** Arcs below both nodes, so that it is not taken for one of the edges that are read from left to right. */
function backRoute(from: Box, to: Box): Route {
  const sx = from.x + from.width / 2
  const sy = from.y + from.height
  const ex = to.x + to.width / 2 + (from === to ? -24 : 0)
  const ey = to.y + to.height
  const depth = Math.max(sy, ey) + sizes.node * 0.9 + Math.min(40, Math.abs(sx - ex) * 0.08)
  const line = `M${n(sx)} ${n(sy)}C${n(sx)} ${n(depth)} ${n(ex)} ${n(depth)} ${n(ex)} ${n(ey + 5)}`
  return { line, head: `M${n(ex)} ${n(ey)}l-3.5 6.5h7z` }
}

function bend(x: number, y: number, toX: number, toY: number): string {
  const middle = n((x + toX) / 2)
  return Math.abs(y - toY) < 0.5 ? `L${n(toX)} ${n(toY)}` : `C${middle} ${n(y)} ${middle} ${n(toY)} ${n(toX)} ${n(toY)}`
}

const n = (value: number) => Math.round(value * 10) / 10
