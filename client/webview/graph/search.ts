import type { GraphNode } from '@modeldriver/protocol'

/** The nodes whose name matches what was typed, best first: the same name, then beginnings, then words, then parts. */
export function searchNodes(nodes: readonly GraphNode[], typed: string, most = 10): readonly GraphNode[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  return nodes
    .map((node, index) => ({ node, index, rank: rankOf(node.name.toLowerCase(), wanted) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank || a.node.name.length - b.node.name.length || a.index - b.index)
    .slice(0, most)
    .map(({ node }) => node)
}

function rankOf(name: string, wanted: string): number {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (name.includes(`_${wanted}`)) return 2
  return name.includes(wanted) ? 3 : 4
}
