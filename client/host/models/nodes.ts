import { type GraphLane, type GraphNode, type GraphView, type Place, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { keyWords } from '../words.ts'

/** An entry of the models tree: plain data, made from the graph of a pipeline. */
export interface ModelsNode {
  /** Stays the same over edits, so that what is open stays open. */
  readonly id: string
  readonly kind: 'pipeline' | 'model' | 'part' | GraphNode['kind']
  readonly label: string
  readonly detail?: string
  readonly tooltip?: string
  readonly errors: number
  readonly warnings: number
  readonly place?: Place
  /** The file that a run or the graph of it is asked with, and its feature. */
  readonly uri?: string
  readonly feature?: string
  readonly children: readonly ModelsNode[]
}

/** Pipeline → models in their order → inputs, row features, group features, outputs. */
export function pipelineNode(view: GraphView, uri: string): ModelsNode {
  const models = [...view.lanes].sort((a, b) => a.seq - b.seq).map((lane) => modelNode(view, lane, uri))
  return {
    id: uri,
    kind: 'pipeline',
    label: view.title,
    detail: models.length === 1 ? t('1 model') : t('{0} models', models.length),
    ...problemsIn(models),
    uri,
    children: models,
  }
}

function modelNode(view: GraphView, { model, seq, groupBy, input }: GraphLane, uri: string): ModelsNode {
  const own = view.nodes.filter((node) => node.model === model)
  const card = own.find(({ kind }) => kind === 'model')
  const id = `${uri} ${model}`
  const file = own.find(({ kind, place }) => kind !== 'column' && kind !== 'model' && place)?.place?.uri ?? uri
  const of = (label: string, kinds: readonly GraphNode['kind'][]): ModelsNode[] => {
    const nodes = own.filter(({ kind }) => kinds.includes(kind)).map((node) => leaf(id, node))
    return nodes.length === 0 ? [] : [part(`${id} ${label}`, label, nodes)]
  }
  const outputs = (card?.ports ?? []).map((port): ModelsNode => {
    const made = own.find(({ name, kind }) => name === port && kind !== 'model')
    return {
      ...leaf(`${id} output`, made ?? { ...cardOf(card, model), name: port, kind: 'column' }),
      errors: 0,
      warnings: 0,
    }
  })
  const children = [
    ...of(t('Inputs'), ['column']),
    ...of(t('Row features'), ['row']),
    ...of(t('Group features'), ['group']),
    ...of(t('Constants'), ['constant']),
    ...(outputs.length > 0 ? [part(`${id} outputs`, t('Outputs'), outputs)] : []),
  ]
  const found = problemsIn(children)
  const ownProblems = countsOf(card?.problems ?? [])
  return {
    id,
    kind: 'model',
    label: model,
    detail: [`seq ${seq}`, keyWords(groupBy)].filter((text) => text !== undefined).join(' · '),
    tooltip: t('reads {0}', input),
    errors: found.errors + ownProblems.errors,
    warnings: found.warnings + ownProblems.warnings,
    ...(card?.place && { place: card.place }),
    uri: file,
    children,
  }
}

const cardOf = (card: GraphNode | undefined, model: string): GraphNode =>
  card ?? { id: model, name: model, model, kind: 'model', problems: [] }

function part(id: string, label: string, children: readonly ModelsNode[]): ModelsNode {
  return { id, kind: 'part', label, detail: String(children.length), ...problemsIn(children), children }
}

function leaf(of: string, { name, kind, type, why, doc, isKey, problems, place }: GraphNode): ModelsNode {
  const said = problems.map(({ code, message }) => `${code}: ${message}`)
  const facts = [doc, kind === 'column' ? undefined : why, ...said].filter((text) => text !== undefined)
  const isFeature = kind === 'row' || kind === 'group' || kind === 'constant'
  return {
    id: `${of} ${kind} ${name}`,
    kind,
    label: name,
    detail: [typeName(type), isKey ? t('key') : ''].filter((text) => text !== '').join(' · '),
    ...(facts.length > 0 && { tooltip: facts.join('\n\n') }),
    ...countsOf(problems),
    ...(place && { place }),
    ...(isFeature && place && { uri: place.uri, feature: name }),
    children: [],
  }
}

const countsOf = (problems: GraphNode['problems']) => ({
  errors: problems.filter(({ severity }) => severity === 'error').length,
  warnings: problems.filter(({ severity }) => severity === 'warning').length,
})

const problemsIn = (nodes: readonly ModelsNode[]) => ({
  errors: nodes.reduce((count, node) => count + node.errors, 0),
  warnings: nodes.reduce((count, node) => count + node.warnings, 0),
})
