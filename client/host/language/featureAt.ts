import type { GraphNode, GraphView } from '@modeldriver/protocol'

/** The feature that a line of a file belongs to: the last one that begins at or above it. `uri` in the graph's own spelling. */
export function featureAt(view: GraphView, uri: string, line: number): GraphNode | undefined {
  let found: GraphNode | undefined
  let foundLine = -1
  for (const node of view.nodes) {
    if (node.kind === 'column' || node.kind === 'model' || node.place?.uri !== uri) continue
    const start = node.place.range.start.line
    if (start <= line && start > foundLine) {
      found = node
      foundLine = start
    }
  }
  return found
}

/** The node of a feature by name; of several models' the one of the file that was asked about. */
export function nodeNamed(view: GraphView, name: string): GraphNode | undefined {
  const named = view.nodes.filter((node) => node.name === name && node.kind !== 'model')
  return named.find((node) => node.model === view.current) ?? named[0]
}
