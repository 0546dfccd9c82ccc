import type { GraphEdge, GraphNode, GraphView } from '@modeldriver/protocol'

/**
 * A view from a few lines. Models in `seq` order, each `name: item, item …`; an item is `column!` (data column),
 * `feature(input, input …)` or `-> port, port …` for the card. An input is a name of the same model, `model/name`, or
 * `model#port` for an output of another model's card.
 */
export function viewOf(lines: readonly string[], cycles: readonly (readonly string[])[] = []): GraphView {
  const models = lines.map((line, index) => {
    const [model = '', rest = ''] = line.split(/:(.*)/s).map((part) => part.trim())
    return { model, seq: index + 1, items: rest.match(/->.*|[^\s,(]+\([^)]*\)|[^\s,]+/g) ?? [] }
  })
  const inCycle = (from: string, to: string) =>
    cycles.some((members) => members.some((id, at) => id === from && members[(at + 1) % members.length] === to))
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  for (const { model, items } of models) {
    for (const item of items) {
      if (item.startsWith('->')) {
        const ports = item.slice(2).split(',').map(trim)
        nodes.push({ id: model, name: model, model, kind: 'model', ports, problems: [] })
        for (const port of ports) edges.push(edge(`${model}/${port}`, model, { toPort: port }))
      } else if (item.endsWith('!')) {
        nodes.push({ ...named(model, item.slice(0, -1)), kind: 'column', type: 'number' })
      } else {
        const [name = '', inputs = ''] = item.replace(')', '').split('(')
        nodes.push({ ...named(model, name), kind: 'row', type: 'number' })
        for (const input of inputs.split(',').map(trim).filter(Boolean)) {
          const [card = '', port] = input.split('#')
          const from = port === undefined ? (input.includes('/') ? input : `${model}/${input}`) : card
          edges.push(edge(from, `${model}/${name}`, port === undefined ? {} : { fromPort: port }))
        }
      }
    }
  }
  return {
    project: '/work/modeldriver.json',
    title: 'modeldriver.json',
    revision: 1,
    lanes: models.map(({ model, seq }) => ({ model, seq, groupBy: ['pin'], input: `${model}.csv` })),
    nodes,
    edges,
    cycles,
  }

  function edge(from: string, to: string, ports: Pick<GraphEdge, 'fromPort' | 'toPort'>): GraphEdge {
    return { id: `${from}#${ports.fromPort ?? ''}->${to}`, from, to, ...ports, inCycle: inCycle(from, to) }
  }
}

/** Two models as an analyst would write them: margins, and a risk made of the first model's outputs. */
export const twoModels = viewOf([
  'margin: revenue!, cost!, pin!, profit(revenue, cost), margin(profit, revenue), total(revenue), share(revenue, total), -> margin, total',
  'risk: exposure(margin#total), score(exposure, margin#margin), late(margin/cost), -> score',
])

function named(model: string, name: string) {
  return { id: `${model}/${name}`, name, model, problems: [] }
}

function trim(word: string): string {
  return word.trim()
}
