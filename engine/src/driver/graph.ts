import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { Input } from '../ir/feature.ts'

export const graphFormats = ['mermaid', 'dot', 'json'] as const
export type GraphFormat = (typeof graphFormats)[number]

export interface DependencyNode {
  readonly id: string
  readonly name: string
  readonly model: string
  readonly kind: 'column' | 'row' | 'group' | 'constant'
  readonly isKey: boolean
}

export interface DependencyEdge {
  readonly from: string
  readonly to: string
  readonly inCycle: boolean
}

/** Who needs whom: columns and features in the lanes of their models. */
export interface DependencyGraph {
  readonly models: readonly { readonly name: string; readonly seq: number; readonly title: string }[]
  readonly nodes: readonly DependencyNode[]
  readonly edges: readonly DependencyEdge[]
}

/** The node of a column, beside that of a feature which has its name (MD015). */
export const columnId = ({ model, features }: AnalysedModel, name: string): string =>
  `${model.name}/${name}${features.has(name) ? ' (column)' : ''}`

export function dependencyGraph({ models }: Pick<Analysis, 'models'>): DependencyGraph {
  const nodes = new Map<string, DependencyNode>()
  const edges: DependencyEdge[] = []
  for (const analysed of models) {
    const { model, features, levels, columns, graph: own } = analysed
    const keys = new Set(model.groupBy?.map(({ name }) => name))
    const isAbsent = ({ name, optional }: Input) =>
      optional && !features.has(name) && columns !== undefined && !columns.has(name)
    const add = (name: string, id: string, kind: DependencyNode['kind']): string => {
      nodes.set(id, { id, name, model: model.name, kind, isKey: keys.has(name) })
      return id
    }
    const addFeature = (name: string) => add(name, `${model.name}/${name}`, levels.get(name)?.level ?? 'row')
    /** What a name means to who reads it. */
    const addRead = (name: string) =>
      features.has(name) && !columns?.has(name) ? addFeature(name) : add(name, columnId(analysed, name), 'column')
    for (const key of keys) addRead(key)
    for (const feature of features.values()) {
      for (const { name } of feature.inputs.filter((input) => !isAbsent(input))) {
        const from = addRead(name)
        const inCycle =
          own.inCycle.has(feature.name) && own.cycles.some((members) => follows(members, feature.name, name))
        edges.push({ from, to: `${model.name}/${feature.name}`, inCycle })
      }
      addFeature(feature.name)
    }
  }
  for (const { model } of models) {
    const { input } = model
    if (input.kind !== 'model') continue
    const before = models.find((each) => each.model.name === input.model)
    const read = [...nodes.values()].filter((node) => node.model === model.name && node.kind === 'column')
    for (const { id, name } of read) {
      const from = before?.columns?.has(name) ? columnId(before, name) : `${input.model}/${name}`
      if (nodes.has(from)) edges.push({ from, to: id, inCycle: false })
    }
  }
  const titles = models.map(({ model }) => {
    const key =
      model.groupBy === undefined ? '' : ` · per ${model.groupBy.map(({ name }) => name).join(', ') || 'whole table'}`
    return { name: model.name, seq: model.seq, title: `${model.name}${key}` }
  })
  return { models: titles, nodes: [...nodes.values()], edges }
}

const follows = (members: readonly string[], name: string, needed: string): boolean => {
  const at = members.indexOf(name)
  return at >= 0 && members[(at + 1) % members.length] === needed
}

const labelOf = ({ name, isKey }: DependencyNode): string => (isKey ? `${name} (key)` : name)

/** The graph as JSON, Mermaid's flowchart, or Graphviz's dot. */
export const printGraph = (graph: DependencyGraph, format: GraphFormat): string => printers[format](graph)

const printers: Readonly<Record<GraphFormat, (graph: DependencyGraph) => string>> = {
  json: (whole) => JSON.stringify(whole, null, 2),
  mermaid: printMermaid,
  dot: printDot,
}

function printMermaid({ models, nodes, edges }: DependencyGraph): string {
  const ids = new Map(nodes.map(({ id }, at) => [id, `n${at}`]))
  const text = (name: string) => `"${name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
  const shape = (node: DependencyNode) => {
    const name = labelOf(node)
    if (node.kind === 'column') return `[(${text(name)})]`
    return node.kind === 'group' ? `[[${text(`Σ ${name}`)}]]` : `(${text(`ƒ ${name}`)})`
  }
  const lanes = models.flatMap(({ name, title }, at) => [
    `  subgraph m${at}[${text(title)}]`,
    ...nodes.filter((node) => node.model === name).map((node) => `    ${ids.get(node.id)}${shape(node)}`),
    '  end',
  ])
  const arrows = edges.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`)
  const red = edges.flatMap(({ inCycle }, at) => (inCycle ? [`  linkStyle ${at} stroke:red,stroke-dasharray:4`] : []))
  return ['flowchart LR', ...lanes, ...arrows, ...red].join('\n')
}

function printDot({ models, nodes, edges }: DependencyGraph): string {
  const text = (name: string) => `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  const shapes = { column: 'cylinder', row: 'box', group: 'box3d', constant: 'plain' } as const
  const lanes = models.flatMap(({ name, title }, at) => [
    `  subgraph cluster_${at} {`,
    `    label=${text(title)}`,
    ...nodes
      .filter((node) => node.model === name)
      .map((node) => `    ${text(node.id)} [label=${text(labelOf(node))}, shape=${shapes[node.kind]}]`),
    '  }',
  ])
  const arrows = edges.map(
    ({ from, to, inCycle }) => `  ${text(from)} -> ${text(to)}${inCycle ? ' [color=red, style=dashed]' : ''}`,
  )
  return ['digraph modeldriver {', '  rankdir=LR', ...lanes, ...arrows, '}'].join('\n')
}
