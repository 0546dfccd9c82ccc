import { type GraphNode, type NodeRun, type RunOverlay, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { memo } from 'react'
import { formatDuration, formatShare } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import type { Layout, PlacedNode } from './layout.ts'
import { type Drawing, type DrawingNode, type Lineage, portKey } from './lineage.ts'
import { kindOf, otherPorts, severityOf, spoken } from './words.ts'

export type Tone = 'plain' | 'selected' | 'up' | 'down' | 'dim'

/** Everything that one node on the screen depends on. */
export interface DrawnNode {
  readonly node: DrawingNode
  readonly box: PlacedNode
  readonly tone: Tone
  /** What a screen reader says after what is seen. */
  readonly unseen: string
  /** Ports on the way of the lineage that is shown. */
  readonly litPorts: readonly string[]
  readonly inCycle: boolean
  /** What the last run says of it. */
  readonly run?: NodeRun
  readonly isStale: boolean
  /** Its value in the cell that is traced, or its feature's. */
  readonly traced?: string
  /** Neighbours that are not drawn. */
  readonly hidden: number
}

interface Around {
  readonly selected: string | undefined
  readonly lineage: Lineage | undefined
  readonly run: RunOverlay | undefined
  readonly traced: ReadonlyMap<string, string> | undefined
  readonly hidden: ReadonlyMap<string, number>
}

export function drawnNodes(
  drawing: Drawing,
  layout: Layout,
  { selected, lineage, run, traced, hidden }: Around,
): readonly DrawnNode[] {
  const circular = new Set(drawing.edges.filter(({ inCycle }) => inCycle).flatMap(({ from, to }) => [from, to]))
  const inputs = counts(drawing.edges.map(({ to }) => to))
  const users = counts(drawing.edges.map(({ from }) => from))
  return drawing.nodes.flatMap((node) => {
    const box = layout.nodes.get(node.id)
    if (!box) return []
    const inCycle = circular.has(node.id)
    const own = run?.nodes[node.id]
    const others = hidden.get(node.id) ?? 0
    const isStale = run?.isStale ?? false
    const value = traced?.get(node.id)
    const known = spoken(node, inputs.get(node.id) ?? 0, users.get(node.id) ?? 0, inCycle)
    const unseen = own && isStale && value === undefined ? `${known}, ${t('run before the last change')}` : known
    const tone = toneOf(node.id, selected, lineage)
    const lit = litPorts(node, selected, lineage)
    const said = { ...(own && { run: own }), ...(value !== undefined && { traced: value }) }
    return [{ node, box, tone, unseen, litPorts: lit, inCycle, ...said, isStale, hidden: others }]
  })
}

interface NodesProps {
  readonly nodes: readonly DrawnNode[]
  readonly title: string
  readonly choose: (id: string) => void
  readonly open: (node: GraphNode) => void
  readonly expand: (id: string) => void
}

/** The tree that assistive technology meets; arrows and Enter are handled by the canvas around it. */
export const Nodes = memo(function Nodes({ nodes, title, choose, open, expand }: NodesProps) {
  const stop = nodes.find(({ tone }) => tone === 'selected') ?? nodes[0]
  return (
    <div className="nodes" role="tree" aria-label={t('Dependency graph of {0}', title)}>
      {nodes.map((drawn) => (
        <FeatureNode
          key={drawn.node.id}
          drawn={drawn}
          isTabStop={drawn === stop}
          choose={choose}
          open={open}
          expand={expand}
        />
      ))}
    </div>
  )
})

interface FeatureNodeProps {
  readonly drawn: DrawnNode
  /** One node of the tree is reached by Tab, the arrows lead on. */
  readonly isTabStop: boolean
  readonly choose: (id: string) => void
  readonly open: (node: GraphNode) => void
  readonly expand: (id: string) => void
}

const FeatureNode = memo(function FeatureNode({ drawn, isTabStop, choose, open, expand }: FeatureNodeProps) {
  const { node, box, tone, unseen, litPorts, inCycle, run, isStale, traced, hidden } = drawn
  const severity = severityOf(node)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas handles the keys of all nodes
    <div
      className={`node node-${node.kind} tone-${tone}${inCycle ? ' in-cycle' : ''}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      role="treeitem"
      aria-selected={tone === 'selected'}
      tabIndex={isTabStop ? 0 : -1}
      data-node={node.id}
      data-kind={node.kind}
      data-cycle={inCycle}
      data-tone={tone}
      data-run={run && (run.error === undefined ? 'done' : 'failed')}
      title={node.doc ?? node.name}
      onClick={() => choose(node.id)}
      onDoubleClick={() => open(node)}
    >
      <div className="node-head">
        <span className={`tile kind-${kindOf(node)}`}>
          <Icon name={kindOf(node)} />
        </span>
        <span className="name">{node.name} </span>
        <span className="type">{typeName(node.type)}</span>
      </div>{' '}
      {node.kind === 'model' &&
        node.ports?.map((port) => (
          <div key={port} className={litPorts.includes(port) ? 'port lit' : 'port'} data-port={port}>
            {`${port} `}
            <i className="dot" />
          </div>
        ))}
      {node.otherPorts !== undefined && <div className="port others">{otherPorts(node)} </div>}
      {traced !== undefined && <span className="ran traced">{`= ${traced} `}</span>}
      {run && traced === undefined && (
        <span className={`ran${run.error === undefined ? '' : ' failed'}${isStale ? ' stale' : ''}`} title={run.error}>
          {`${runText(run)} `}
        </span>
      )}
      {hidden > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the key + does the same
        // biome-ignore lint/a11y/useKeyWithClickEvents: the key + does the same
        <span
          className="more"
          title={t('Show {0} more around {1}', hidden, node.name)}
          data-more={hidden}
          onClick={(event) => {
            event.stopPropagation()
            expand(node.id)
          }}
        >
          +{hidden}
        </span>
      )}
      {severity && (
        <span className={`badge badge-${severity}`}>
          <Icon name={severity} />
        </span>
      )}
      <span className="unseen">, {unseen}</span>
    </div>
  )
})

/** `12 ms · 3 % missing` */
export function runText({ ms, count, missing, isKept, error }: NodeRun): string {
  if (error !== undefined) return t('failed')
  const time = isKept ? t('kept') : formatDuration(ms)
  return missing > 0 ? `${time} · ${t('{0} missing', formatShare(missing, count))}` : time
}

function toneOf(id: string, selected: string | undefined, lineage: Lineage | undefined): Tone {
  if (!lineage) return 'plain'
  if (id === selected) return 'selected'
  if (lineage.up.nodes.has(id)) return 'up'
  return lineage.down.nodes.has(id) ? 'down' : 'dim'
}

function litPorts(node: GraphNode, selected: string | undefined, lineage: Lineage | undefined): readonly string[] {
  if (!lineage || node.id === selected) return []
  return (node.ports ?? []).filter((port) => {
    const key = portKey(node.id, port)
    return lineage.up.ports.has(key) || lineage.down.ports.has(key)
  })
}

function counts(ids: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1)
  return found
}
