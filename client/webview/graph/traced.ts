import type { GraphView, TracedCell } from '@modeldriver/protocol'

export interface TracedNodes {
  readonly node: string
  /** What the node and those that it reads were worth, by node id. */
  readonly values: ReadonlyMap<string, string>
}

/** Where a cell of the results is in the graph; nothing for a column that no feature reads. */
export function tracedNodes(
  view: GraphView,
  { model, column, kind, value, inputs }: TracedCell,
): TracedNodes | undefined {
  const isColumn = kind === 'column' || kind === 'key'
  const named = view.nodes.filter((node) => node.kind !== 'model' && node.model === model && node.name === column)
  const node = named.find((each) => (each.kind === 'column') === isColumn)?.id
  if (node === undefined) return undefined
  const names = new Map(view.nodes.map(({ id, name }) => [id, name]))
  const read = view.edges
    .filter(({ to, fromPort }) => to === node && fromPort === undefined)
    .flatMap(({ from }) => {
      const input = inputs[names.get(from) ?? '']
      return input === undefined ? [] : [[from, input] as const]
    })
  return { node, values: new Map([[node, value], ...read]) }
}
