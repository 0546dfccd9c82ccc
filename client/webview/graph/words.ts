import type { GraphNode, GraphView } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCount } from '../shared/format.ts'
import { kindWord, type NodeKind } from '../shared/icons.tsx'
import type { DrawingNode } from './lineage.ts'

export const kindOf = (node: GraphNode): NodeKind => (node.kind === 'column' && node.isKey ? 'key' : node.kind)

/** `Row feature in margin_core`. */
export function kindAndModel(node: GraphNode): string {
  return node.kind === 'model' ? t('Model') : t('{0} in {1}', kindWord(kindOf(node)), node.model)
}

/** The gravest of the node's problems. */
export function severityOf({ problems }: GraphNode): 'error' | 'warning' | 'info' | undefined {
  if (problems.some(({ severity }) => severity === 'error')) return 'error'
  if (problems.some(({ severity }) => severity === 'warning')) return 'warning'
  return problems.length > 0 ? 'info' : undefined
}

/** What a screen reader says of a node after the words that are seen on it: what its colour, place and lines say. */
export function spoken(node: DrawingNode, inputs: number, users: number, inCycle: boolean): string {
  const words = [kindAndModel(node)]
  const outputs = (node.ports?.length ?? 0) + (node.otherPorts ?? 0)
  const problems = node.problems.length
  if (node.kind === 'model') words.push(outputsText(outputs))
  else if (node.kind !== 'column') words.push(inputs === 1 ? t('1 input') : t('{0} inputs', inputs))
  if (node.kind !== 'model') words.push(users === 0 ? t('not used') : t('used by {0}', users))
  if (inCycle) words.push(t('in a cycle'))
  if (problems > 0) words.push(problems === 1 ? t('1 problem') : t('{0} problems', problems))
  return words.join(', ')
}

const outputsText = (count: number): string => (count === 1 ? t('1 output') : t('{0} outputs', formatCount(count)))

/** `1,970 more outputs`; nothing where all stand there. */
export function otherPorts({ ports, otherPorts: count = 0 }: DrawingNode): string {
  if (count === 0) return ''
  if (!ports?.length) return outputsText(count)
  return count === 1 ? t('1 more output') : t('{0} more outputs', formatCount(count))
}

export function problemCounts(view: GraphView) {
  const severities = view.nodes.flatMap(({ problems }) => problems.map(({ severity }) => severity))
  return {
    errors: severities.filter((severity) => severity === 'error').length,
    warnings: severities.filter((severity) => severity === 'warning').length,
    cycles: view.cycles.length,
  }
}
