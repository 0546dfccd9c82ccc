import type { GraphNode } from '@modeldriver/protocol'
import type { Node, NodeProps, NodeTypes } from '@xyflow/react'
import { memo } from 'react'
import { shortType } from '../shared/format.ts'
import { Icon, type NodeKind } from '../shared/icons.tsx'
import type { Layout } from './layout.ts'
import { type Drawing, type Lineage, neighbours, portKey } from './lineage.ts'
import { kindOf, severityOf, spoken } from './words.ts'

export type Tone = 'plain' | 'selected' | 'up' | 'down' | 'dim'

export type FlowNode = Node<
  {
    readonly node: GraphNode
    readonly tone: Tone
    readonly label: string
    readonly litPorts: string
    /** One node of the tree is reached by Tab, the arrows lead on. */
    readonly isTabStop: boolean
    readonly inCycle: boolean
    readonly choose: (id: string) => void
    readonly open: (node: GraphNode) => void
  },
  'feature'
>

interface Drawn {
  readonly drawing: Drawing
  readonly layout: Layout
  readonly selected: string | undefined
  readonly lineage: Lineage | undefined
  readonly choose: (id: string) => void
  readonly open: (node: GraphNode) => void
}

export function flowNodes({ drawing, layout, selected, lineage, choose, open }: Drawn): FlowNode[] {
  const circular = new Set(drawing.edges.filter(({ inCycle }) => inCycle).flatMap(({ from, to }) => [from, to]))
  const isSelectedDrawn = selected !== undefined && layout.nodes.has(selected)
  return drawing.nodes.flatMap((node, index) => {
    const box = layout.nodes.get(node.id)
    if (!box) return []
    const inputs = neighbours(drawing, node.id, 'inputs').length
    const users = neighbours(drawing, node.id, 'users').length
    const data = {
      node,
      tone: toneOf(node.id, selected, lineage),
      label: spoken(node, inputs, users, circular.has(node.id)),
      litPorts: litPorts(node, selected, lineage).join('\n'),
      isTabStop: isSelectedDrawn ? node.id === selected : index === 0,
      inCycle: circular.has(node.id),
      choose,
      open,
    }
    const { x, y, width, height } = box
    return {
      id: node.id,
      type: 'feature' as const,
      position: { x, y },
      width,
      height,
      measured: { width, height },
      data,
    }
  })
}

export function toneOf(id: string, selected: string | undefined, lineage: Lineage | undefined): Tone {
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

const FeatureNode = memo(function FeatureNode({ data }: NodeProps<FlowNode>) {
  const { node, tone, label, isTabStop, inCycle, choose, open } = data
  const kind = kindOf(node)
  const severity = severityOf(node)
  const lit = new Set(data.litPorts.split('\n'))
  return (
    <div
      className={`node node-${node.kind} tone-${tone}${inCycle ? ' in-cycle' : ''}`}
      role="treeitem"
      aria-selected={tone === 'selected'}
      aria-label={label}
      tabIndex={isTabStop ? 0 : -1}
      data-node={node.id}
      data-kind={node.kind}
      data-cycle={inCycle}
      data-tone={tone}
      title={node.doc ?? node.name}
      onClick={() => choose(node.id)}
      onDoubleClick={() => open(node)}
    >
      <NodeHead node={node} kind={kind} />
      {node.kind === 'model' &&
        node.ports?.map((port) => (
          <div key={port} className={lit.has(port) ? 'port lit' : 'port'} data-port={port}>
            {port}
            <i className="dot" />
          </div>
        ))}
      {severity && (
        <span className={`badge badge-${severity}`}>
          <Icon name={severity} />
        </span>
      )}
    </div>
  )
})

function NodeHead({ node, kind }: { node: GraphNode; kind: NodeKind }) {
  return (
    <div className="node-head">
      <span className={`tile kind-${kind}`}>
        <Icon name={kind} />
      </span>
      <span className="name">{node.name}</span>
      <span className="type">{shortType(node.type)}</span>
    </div>
  )
}

export const nodeTypes: NodeTypes = { feature: FeatureNode }
