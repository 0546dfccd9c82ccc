import type { GraphNode } from '@modeldriver/protocol'
import { type Box, type PlacedEdge, portOffset, sizes } from './layout.ts'

export interface Route {
  /** SVG path data of the line. */
  readonly line: string
  /** SVG path data of the arrow head. */
  readonly head: string
  /** Between which heights the line runs. */
  readonly top: number
  readonly bottom: number
}

interface End {
  readonly box: Box
  readonly node: GraphNode
}

/**
 * The line of an edge from the right side of its start to the left side of its end; with `sight` (from where to where
 * columns are drawn) only the part that passes there, and no head when it leads on.
 */
export function routeOf({ edge, back, passages }: PlacedEdge, from: End, to: End, sight?: Stretch): Route {
  const end = { x: to.box.x, y: to.box.y + portOffset(to.node, edge.toPort) }
  if (back) return backRoute(from.box, to.box)
  let x = from.box.x + from.box.width
  let y = from.box.y + portOffset(from.node, edge.fromPort)
  const first = sight ? beyond(passages, sight.left) : 0
  const last = sight ? beyond(passages, sight.right) : passages.length
  const before = passages[first - 1]
  if (before) [x, y] = [before.left, before.y]
  let line = `M${n(x)} ${n(y)}${before ? `H${n(before.right)}` : ''}`
  if (before) x = before.right
  let [top, bottom] = [y, y]
  for (const passage of passages.slice(first, last + 1)) {
    line += `${bend(x, y, passage.left, passage.y)}H${n(passage.right)}`
    x = passage.right
    y = passage.y
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  if (last < passages.length) return { line, head: '', top, bottom }
  line += bend(x, y, end.x - 4, end.y)
  const head = `M${n(end.x)} ${n(end.y)}l-6 -3v6z`
  return { line, head, top: Math.min(top, end.y), bottom: Math.max(bottom, end.y) }
}

export interface Stretch {
  readonly left: number
  readonly right: number
}

/** How many passages begin left of `x`. */
function beyond(passages: PlacedEdge['passages'], x: number): number {
  let [low, high] = [0, passages.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((passages[middle]?.left ?? 0) < x) low = middle + 1
    else high = middle
  }
  return low
}

/** Arcs below both nodes, so that it is not taken for one of the edges that are read from left to right. */
function backRoute(from: Box, to: Box): Route {
  const sx = from.x + from.width / 2
  const sy = from.y + from.height
  const ex = to.x + to.width / 2 + (from === to ? -24 : 0)
  const ey = to.y + to.height
  const depth = Math.max(sy, ey) + sizes.node * 0.9 + Math.min(40, Math.abs(sx - ex) * 0.08)
  const line = `M${n(sx)} ${n(sy)}C${n(sx)} ${n(depth)} ${n(ex)} ${n(depth)} ${n(ex)} ${n(ey + 5)}`
  return { line, head: `M${n(ex)} ${n(ey)}l-3.5 6.5h7z`, top: Math.min(from.y, to.y), bottom: depth }
}

function bend(x: number, y: number, toX: number, toY: number): string {
  const middle = n((x + toX) / 2)
  return Math.abs(y - toY) < 0.5 ? `L${n(toX)} ${n(toY)}` : `C${middle} ${n(y)} ${middle} ${n(toY)} ${n(toX)} ${n(toY)}`
}

const n = (value: number) => Math.round(value * 10) / 10
