import {
  type AnalysedModel,
  type Analysis,
  basename,
  columnId,
  dirname,
  type Level,
  type Location,
  type Problem,
  relative,
} from '@modeldriver/engine'
import { whyText } from '@modeldriver/protocol'
import { handedOver, locationOf, type Source, sourceOf } from './sources.ts'
import { modelOfFile } from './target.ts'

/** The pipeline as it is drawn, with places as offsets. Node ids as in the protocol. */
export interface PipelineGraph {
  readonly title: string
  readonly lanes: readonly Lane[]
  readonly nodes: readonly PipelineNode[]
  readonly edges: readonly PipelineEdge[]
  readonly cycles: readonly (readonly string[])[]
  readonly current?: string
}

export interface Lane {
  readonly model: string
  readonly seq: number
  readonly groupBy?: readonly string[]
  readonly input: string
}

export interface PipelineNode {
  readonly id: string
  readonly name: string
  readonly model: string
  readonly kind: 'column' | Level | 'model'
  readonly type?: string
  readonly why?: string
  readonly isKey?: boolean
  readonly doc?: string
  readonly ports?: readonly string[]
  readonly problems: readonly Pick<Problem, 'severity' | 'code' | 'message'>[]
  readonly location?: Location
}

export interface PipelineEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly fromPort?: string
  readonly toPort?: string
  readonly inCycle: boolean
}

/** The graph of a whole project; `path` is the file whose model is the current one. */
export function graphOf(analysis: Analysis, path?: string): PipelineGraph {
  const { project } = analysis.snapshot
  const ports = portsOf(analysis)
  const lanes = analysis.models.map((model) => drawLane(analysis, model, ports.get(model) ?? new Set()))
  const current = path === undefined ? undefined : modelOfFile(analysis, path)
  return {
    title: basename(project.kind === 'manifest' ? dirname(project.path) : project.path),
    lanes: analysis.models.map((model) => laneOf(analysis, model)),
    nodes: lanes.flatMap(({ nodes }) => nodes),
    edges: lanes.flatMap(({ edges }) => edges),
    cycles: analysis.models.flatMap((model) =>
      model.graph.cycles.map((members) => members.map((name) => nodeId(model, name))),
    ),
    ...(current && { current: current.model.name }),
  }
}

const nodeId = ({ model }: AnalysedModel, name: string): string => `${model.name}/${name}`

function laneOf({ snapshot }: Analysis, { model }: AnalysedModel): Lane {
  const { input } = model
  const groupBy = model.groupBy?.map(({ name }) => name)
  return {
    model: model.name,
    seq: model.seq,
    ...(groupBy && { groupBy }),
    input:
      input.kind === 'file'
        ? relative(snapshot.project.root, input.path)
        : input.kind === 'model'
          ? `${input.model}.${input.table}`
          : '',
  }
}

/** The output ports of each card: the model's outputs, and what later models read of it beyond them. */
function portsOf(analysis: Analysis): ReadonlyMap<AnalysedModel, ReadonlySet<string>> {
  const ports = new Map(
    analysis.models.map((model) => [model, new Set(model.model.outputs?.map(({ as }) => as) ?? model.features.keys())]),
  )
  // From the last model to the first: a column that is handed on through several models needs a port on each card.
  for (const model of [...analysis.models].reverse()) {
    const passedOn = [...(ports.get(model) ?? [])].map((port) => outputName(model, port))
    for (const name of new Set([...namesRead(model), ...passedOn])) {
      const column = model.columns?.get(name)
      const handed = column && handedOver(analysis, model, column)
      if (handed) ports.get(handed.model)?.add(handed.port)
    }
  }
  return ports
}

const outputName = ({ model }: AnalysedModel, port: string): string =>
  model.outputs?.find(({ as }) => as === port)?.name ?? port

const keysOf = ({ model }: AnalysedModel): readonly string[] => model.groupBy?.map(({ name }) => name) ?? []

const namesRead = (model: AnalysedModel): readonly string[] => [
  ...keysOf(model),
  ...[...model.features.values()].flatMap(({ inputs }) => inputs.map(({ name }) => name)),
]

interface End {
  readonly node: string
  readonly port?: string
}

/** One model: its columns, its features, its card, and every edge that ends in one of them. */
function drawLane(analysis: Analysis, model: AnalysedModel, ports: ReadonlySet<string>) {
  const keys = new Set(keysOf(model))
  const problems = problemsByFeature(analysis, model)
  const columns = new Map<string, PipelineNode>()
  const edges = new Map<string, PipelineEdge>()
  const cycleEdges = new Set(model.graph.cycles.flatMap((members) => pairs(members).map((pair) => pair.join(' '))))

  const connect = (from: End, to: End, inCycle = false) => {
    const id = `${portText(from)} → ${portText(to)}`
    if (edges.has(id)) return
    edges.set(id, {
      id,
      from: from.node,
      to: to.node,
      ...(from.port !== undefined && { fromPort: from.port }),
      ...(to.port !== undefined && { toPort: to.port }),
      inCycle,
    })
  }
  const column = (name: string): End => {
    const node = columnNode(analysis, model, name, keys.has(name))
    columns.set(node.id, node)
    return { node: node.id }
  }
  /** Where the value of a name comes out: a feature, the port of an earlier model's card, or a column (keys always). */
  const origin = (name: string): End => {
    const known = model.columns?.get(name)
    if (!known && model.features.has(name)) return { node: nodeId(model, name) }
    const handed = known && handedOver(analysis, model, known)
    if (!handed) return column(name)
    const port: End = { node: handed.model.model.name, port: handed.port }
    if (!keys.has(name)) return port
    const key = column(name)
    connect(port, key)
    return key
  }

  for (const key of keys) origin(key)
  for (const feature of model.features.values()) {
    for (const input of feature.inputs) {
      if (input.optional && sourceOf(analysis, model, input.name).kind === 'unknown') continue
      connect(
        origin(input.name),
        { node: nodeId(model, feature.name) },
        cycleEdges.has(`${feature.name} ${input.name}`),
      )
    }
  }
  for (const port of ports) {
    const name = outputName(model, port)
    if (sourceOf(analysis, model, name).kind !== 'unknown') connect(origin(name), { node: model.model.name, port })
  }
  const features = [...model.features.keys()].map((name) =>
    featureNode(model, name, keys.has(name), problems.get(name) ?? []),
  )
  const card = cardNode(analysis, model, [...ports], problems.get(undefined) ?? [])
  return { nodes: [...columns.values(), ...features, card], edges: [...edges.values()] }
}

const portText = ({ node, port }: End): string => (port === undefined ? node : `${node}:${port}`)

const pairs = (members: readonly string[]): readonly (readonly [string, string])[] =>
  members.map((name, i) => [name, members[(i + 1) % members.length] as string])

function columnNode(analysis: Analysis, model: AnalysedModel, name: string, isKey: boolean): PipelineNode {
  const source: Source = sourceOf(analysis, model, name)
  const type = model.columns?.get(name)?.type
  const location = locationOf(analysis, source)
  return {
    id: columnId(model, name),
    name,
    model: model.model.name,
    kind: 'column',
    ...(type && { type }),
    ...(isKey && { isKey }),
    problems: source.kind === 'unknown' ? problemsNaming(analysis, model, name) : [],
    ...(location && { location }),
  }
}

function featureNode(
  model: AnalysedModel,
  name: string,
  isKey: boolean,
  problems: PipelineNode['problems'],
): PipelineNode {
  const feature = model.features.get(name)
  const decision = model.levels.get(name)
  const type = model.types.get(name)
  return {
    id: nodeId(model, name),
    name,
    model: model.model.name,
    kind: decision?.level ?? 'row',
    ...(type && { type }),
    ...(decision && { why: whyText(decision.why) }),
    ...(isKey && { isKey }),
    ...(feature?.doc !== undefined && { doc: feature.doc }),
    problems,
    ...(feature && { location: { path: feature.path, span: feature.nameSpan } }),
  }
}

function cardNode(
  { snapshot }: Analysis,
  { model }: AnalysedModel,
  ports: readonly string[],
  problems: PipelineNode['problems'],
): PipelineNode {
  return {
    id: model.name,
    name: model.name,
    model: model.name,
    kind: 'model',
    ports,
    problems,
    ...(model.nameSpan && { location: { path: snapshot.project.path, span: model.nameSpan } }),
  }
}

/** What is said of a name that nothing has, once per message. */
function problemsNaming({ problems }: Analysis, { model }: AnalysedModel, name: string): PipelineNode['problems'] {
  const naming = problems.filter((problem) => problem.model === model.name && problem.data?.name === name)
  return [...new Map(naming.map(({ severity, code, message }) => [message, { severity, code, message }])).values()]
}

/** Problems by the feature they are about; under `undefined` those of the model itself. */
function problemsByFeature(
  { problems }: Analysis,
  { model }: AnalysedModel,
): ReadonlyMap<string | undefined, PipelineNode['problems']> {
  const own = problems.filter((problem) => problem.model === model.name)
  const byFeature = new Map<string | undefined, PipelineNode['problems'][number][]>()
  for (const { feature, severity, code, message } of own) {
    const list = byFeature.get(feature) ?? []
    byFeature.set(feature, [...list, { severity, code, message }])
  }
  return byFeature
}
