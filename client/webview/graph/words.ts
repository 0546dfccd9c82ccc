import type { GraphNode, GraphView } from '@modeldriver/protocol'
import { typeName } from '../shared/format.ts'
import { kindWords, type NodeKind } from '../shared/icons.tsx'

export const kindOf = (node: GraphNode): NodeKind => (node.kind === 'column' && node.isKey ? 'key' : node.kind)

/** `Row feature in margin_core`. */
export function kindAndModel(node: GraphNode): string {
  return node.kind === 'model' ? 'Model' : `${kindWords[kindOf(node)]} in ${node.model}`
}

/** The gravest of the node's problems. */
export function severityOf({ problems }: GraphNode): 'error' | 'warning' | 'info' | undefined {
  if (problems.some(({ severity }) => severity === 'error')) return 'error'
  if (problems.some(({ severity }) => severity === 'warning')) return 'warning'
  return problems.length > 0 ? 'info' : undefined
}

/** What a screen reader says of a node: first the words that are seen on it (`more`: besides its own), then what its colour, place and lines say. */
export function spoken(
  node: GraphNode,
  inputs: number,
  users: number,
  inCycle: boolean,
  more: readonly string[] = [],
): string {
  const seen = [node.name, typeName(node.type), ...(node.ports ?? []), ...more].filter((word) => word !== '').join(' ')
  const words = [seen, kindAndModel(node)]
  if (node.kind === 'model') words.push(counted(node.ports?.length ?? 0, 'output'))
  else if (node.kind !== 'column') words.push(counted(inputs, 'input'))
  if (node.kind !== 'model') words.push(users === 0 ? 'not used' : `used by ${users}`)
  if (inCycle) words.push('in a cycle')
  if (node.problems.length > 0) words.push(counted(node.problems.length, 'problem'))
  return words.join(', ')
}

/** `1 edge`, `2 edges`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

export function problemCounts(view: GraphView) {
  const severities = view.nodes.flatMap(({ problems }) => problems.map(({ severity }) => severity))
  return {
    errors: severities.filter((severity) => severity === 'error').length,
    warnings: severities.filter((severity) => severity === 'warning').length,
    cycles: view.cycles.length,
  }
}
