import type { Layout, PlacedNode } from './layout.ts'

export type WalkKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

const walkKeys: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']

export const isWalkKey = (key: string): key is WalkKey => walkKeys.includes(key)

/**
 * Where a key leads from a node: left and right along edges (the nearest input or user by height), up and down within
 * the column, Home and End to the first and last node of the reading order. The node itself when there is nothing.
 */
export function walk(layout: Layout, from: string, key: WalkKey): string {
  const here = layout.nodes.get(from)
  const order = readingOrder(layout)
  if (!here) return order[0]?.id ?? from
  if (key === 'Home') return order[0]?.id ?? from
  if (key === 'End') return order.at(-1)?.id ?? from
  const found =
    key === 'ArrowUp' || key === 'ArrowDown'
      ? inColumn(layout, here, key === 'ArrowDown')
      : alongEdge(layout, here, key)
  return found?.id ?? from
}

/** Column by column, each from top to bottom. */
export function readingOrder({ nodes }: Layout): readonly PlacedNode[] {
  return [...nodes.values()].sort((a, b) => a.rank - b.rank || a.y - b.y)
}

function inColumn({ nodes }: Layout, here: PlacedNode, down: boolean): PlacedNode | undefined {
  const column = [...nodes.values()].filter(({ rank }) => rank === here.rank).sort((a, b) => a.y - b.y)
  return column[column.indexOf(here) + (down ? 1 : -1)]
}

function alongEdge(
  { nodes, edges }: Layout,
  here: PlacedNode,
  key: 'ArrowLeft' | 'ArrowRight',
): PlacedNode | undefined {
  const ends = edges.flatMap(({ edge }) => {
    if (key === 'ArrowRight') return edge.from === here.id ? [edge.to] : []
    return edge.to === here.id ? [edge.from] : []
  })
  const middle = (node: PlacedNode) => node.y + node.height / 2
  return ends
    .flatMap((id) => nodes.get(id) ?? [])
    .filter(({ id }) => id !== here.id)
    .sort((a, b) => distance(a) - distance(b))[0]

  function distance(node: PlacedNode) {
    return Math.abs(middle(node) - middle(here)) + Math.abs(node.rank - here.rank)
  }
}
