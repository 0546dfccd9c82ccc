import { type GraphEdge, type GraphLane, type GraphNode, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { columnsOf } from './columns.ts'
import { heightsOf } from './heights.ts'
import type { Drawing, DrawingNode } from './lineage.ts'
import { orderOf } from './order.ts'
import { type Band, type Ranking, rankNodes } from './ranks.ts'

/** All sizes in pixels at zoom 1; `x`, `y` is the upper left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedNode extends Box {
  readonly id: string
  /** Column of the drawing, from 0. */
  readonly rank: number
}

export interface LaneTexts {
  readonly title: string
  readonly subtitle: string
  readonly model?: string
}

export interface PlacedLane extends Box, LaneTexts {
  readonly key: string
}

export interface PlacedEdge {
  readonly edge: GraphEdge
  /** Leads against the reading direction. */
  readonly back: boolean
  /** Horizontal stretches between other nodes, for edges that pass columns of the drawing. */
  readonly passages: readonly { readonly left: number; readonly right: number; readonly y: number }[]
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, PlacedNode>
  readonly lanes: readonly PlacedLane[]
  readonly edges: readonly PlacedEdge[]
  readonly width: number
  readonly height: number
  readonly ranks: number
}

export const sizes = {
  node: 28,
  column: 26,
  cardHead: 32,
  port: 19,
  cardFoot: 7,
  laneHead: 38,
  lanePad: 14,
  laneGap: 30,
  rankGap: 36,
} as const

/** Places nodes lane by lane, from left to right. */
export function layoutDrawing(drawing: Drawing): Layout {
  const ranking = rankNodes(drawing)
  const rankOf = (id: string) => ranking.ranks.get(id) ?? 0
  const widths = rankWidths(drawing.nodes, rankOf)
  const { lefts, lanes, width } = placeBands(ranking.bands, widths)
  const { nodes, passages, top, bottom } = arrange(drawing, ranking, { lefts, widths })
  const height = sizes.laneHead + bottom - top + 2 * sizes.lanePad
  return {
    nodes,
    lanes: lanes.map(({ band, ...place }) => ({
      key: band.key,
      ...laneTexts(band.model, drawing),
      ...place,
      y: 0,
      height,
    })),
    edges: drawing.edges.map((edge) => ({
      edge,
      back: ranking.back.has(edge.id),
      passages: passages.get(edge.id) ?? [],
    })),
    width,
    height,
    ranks: widths.length,
  }
}

/** Distance from a card's top to the middle of a port's line; the middle of the node when it has no such port. */
export function portOffset(node: DrawingNode, port: string | undefined): number {
  const index = port === undefined ? -1 : (node.ports ?? []).indexOf(port)
  if (node.kind !== 'model') return heightOf(node) / 2
  return index < 0 ? sizes.cardHead / 2 : sizes.cardHead + (index + 0.5) * sizes.port
}

/** Height of a node's box. */
export function heightOf(node: DrawingNode): number {
  const lines = (node.ports?.length ?? 0) + (node.otherPorts === undefined ? 0 : 1)
  if (node.kind === 'model') return sizes.cardHead + lines * sizes.port + sizes.cardFoot
  return node.kind === 'column' ? sizes.column : sizes.node
}

function widthOf(node: GraphNode): number {
  if (node.kind === 'model') {
    const longest = Math.max(node.name.length + 7, ...(node.ports ?? []).map((port) => port.length))
    return clamp(54 + longest * 7, 130, 240)
  }
  const letters = node.name.length * 7.2 + typeName(node.type).length * 6
  return node.kind === 'column' ? clamp(50 + letters, 84, 200) : clamp(56 + letters, 104, 220)
}

/** All nodes of a column of the drawing are equally wide, so that edges pass between them straight. */
function rankWidths(nodes: readonly GraphNode[], rankOf: (id: string) => number): number[] {
  const widths: number[] = []
  for (const node of nodes) {
    const rank = rankOf(node.id)
    widths[rank] = Math.max(widths[rank] ?? 0, Math.round(widthOf(node)))
  }
  return widths
}

function placeBands(bands: readonly Band[], widths: readonly number[]) {
  const lefts: number[] = []
  let x = 0
  const lanes = bands.map((band) => {
    const left = x
    x += sizes.lanePad
    for (let rank = band.first; rank <= band.last; rank++) {
      lefts[rank] = x
      x += (widths[rank] ?? 0) + (rank < band.last ? sizes.rankGap : sizes.lanePad)
    }
    const width = x - left
    x += sizes.laneGap
    return { band, x: left, width }
  })
  return { lefts, lanes, width: Math.max(0, x - sizes.laneGap) }
}

interface Places {
  readonly lefts: readonly number[]
  readonly widths: readonly number[]
}

/** The order of the nodes in each column of the drawing, and their heights. */
function arrange({ nodes, edges }: Drawing, ranking: Ranking, { lefts, widths }: Places) {
  const columns = columnsOf(nodes, edges, ranking, { heightOf, portOffset })
  const middles = heightsOf(columns, orderOf(columns))
  let [top, bottom] = columns.items.length === 0 ? [0, 0] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  columns.items.forEach(({ height }, item) => {
    const middle = middles[item] ?? 0
    top = Math.min(top, middle - height / 2)
    bottom = Math.max(bottom, middle + height / 2)
  })
  const boxes = columns.items.map(({ rank, height }, item) => ({
    rank,
    x: lefts[rank] ?? 0,
    y: (middles[item] ?? 0) - height / 2 - top + sizes.laneHead + sizes.lanePad,
    width: widths[rank] ?? 0,
    height,
  }))
  const passages = boxes.map(({ x, y, width, height }) => ({ left: x, right: x + width, y: y + height / 2 }))
  return {
    top,
    bottom,
    nodes: new Map(nodes.map(({ id }, item) => [id, { id, ...(boxes[item] as (typeof boxes)[number]) }])),
    passages: new Map(
      [...columns.bends].map(([id, bends]) => [id, bends.map((bend) => passages[bend] as (typeof passages)[number])]),
    ),
  }
}

/** What stands at the top of a model's lane, or of the lane of data columns. */
export function laneTexts(model: string | undefined, { lanes, nodes }: Drawing): LaneTexts {
  if (model === undefined) {
    const readers = new Set(nodes.filter(({ kind }) => kind === 'column').map((node) => node.model))
    const files = lanes.filter((lane) => readers.has(lane.model)).map(({ input }) => input)
    return { title: t('Inputs'), subtitle: [...new Set(files)].filter((file) => /\.\w+$/.test(file)).join(', ') }
  }
  const lane: GraphLane | undefined = lanes.find((each) => each.model === model)
  const key = lane?.groupBy
  const grouped = key === undefined ? '' : ` · ${key.length === 0 ? t('one group') : t('group by {0}', key.join(', '))}`
  return { model, title: model, subtitle: lane ? `seq ${lane.seq}${grouped}` : '' }
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
