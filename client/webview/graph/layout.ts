import {
  layout as dagreLayout,
  type EdgeLabel,
  Graph,
  type GraphLabel,
  type NodeLabel,
  type RankerFunction,
} from '@dagrejs/dagre'
import type { GraphEdge, GraphLane, GraphNode } from '@modeldriver/protocol'
import { typeName } from '../shared/format.ts'
import type { Drawing } from './lineage.ts'
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

/** Places nodes lane by lane, from left to right: dagre orders each column, the columns' places come from the lanes. */
export function layoutDrawing(drawing: Drawing): Layout {
  const ranking = rankNodes(drawing)
  const rankOf = (id: string) => ranking.ranks.get(id) ?? 0
  const widths = rankWidths(drawing.nodes, rankOf)
  const { lefts, lanes, width } = placeBands(ranking.bands, widths)
  const { rows, routes } = bestArrangement(drawing, ranking, widths)
  const top = Math.min(...rows.map(({ y }) => y), ...routes.flatMap(({ ys }) => ys))
  const shift = sizes.laneHead + sizes.lanePad - (Number.isFinite(top) ? top : 0)
  const bottom = Math.max(0, ...rows.map(({ node, y }) => y + heightOf(node)), ...routes.flatMap(({ ys }) => ys))
  const height = bottom + shift + sizes.lanePad
  return {
    nodes: new Map(
      rows.map(({ node, y }) => {
        const rank = rankOf(node.id)
        const box = { x: lefts[rank] ?? 0, y: y + shift, width: widths[rank] ?? 0, height: heightOf(node) }
        return [node.id, { id: node.id, rank, ...box }]
      }),
    ),
    lanes: lanes.map(({ band, ...place }) => ({
      key: band.key,
      ...laneTexts(band.model, drawing),
      ...place,
      y: 0,
      height,
    })),
    edges: routes.map(({ edge, ys }) => ({
      edge,
      back: ranking.back.has(edge.id),
      passages: ys.map((y, index) => {
        const rank = rankOf(edge.from) + 1 + index
        const left = lefts[rank] ?? 0
        return { left, right: left + (widths[rank] ?? 0), y: y + shift }
      }),
    })),
    width,
    height,
    ranks: widths.length,
  }
}

/** Distance from a card's top to the middle of a port's line; the middle of the node when it has no such port. */
export function portOffset(node: GraphNode, port: string | undefined): number {
  const index = port === undefined ? -1 : (node.ports ?? []).indexOf(port)
  if (node.kind !== 'model') return heightOf(node) / 2
  return index < 0 ? sizes.cardHead / 2 : sizes.cardHead + (index + 0.5) * sizes.port
}

/** Height of a node's box. */
export function heightOf(node: GraphNode): number {
  if (node.kind === 'model') return sizes.cardHead + (node.ports?.length ?? 0) * sizes.port + sizes.cardFoot
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

interface Arrangement {
  readonly rows: readonly { readonly node: GraphNode; readonly y: number }[]
  /** Heights at which each edge passes the columns between its ends. */
  readonly routes: readonly { readonly edge: GraphEdge; readonly ys: readonly number[] }[]
}

/** Up to this many nodes a second try at the order is worth its time. */
const nodesTriedTwice = 150

/** What dagre finds depends much on the order in which it meets the edges: the try with the straighter edges is taken. */
function bestArrangement(drawing: Drawing, ranking: Ranking, widths: readonly number[]): Arrangement {
  const backwards = arrange(drawing, drawing.edges.toReversed(), ranking, widths)
  if (drawing.nodes.length > nodesTriedTwice) return backwards
  const forwards = arrange(drawing, drawing.edges, ranking, widths)
  return wander(forwards) < wander(backwards) ? forwards : backwards
}

/** How far all edges together climb and fall. */
function wander({ rows, routes }: Arrangement): number {
  const middles = new Map(rows.map(({ node, y }) => [node.id, y + heightOf(node) / 2]))
  return routes
    .map(({ edge, ys }) => [middles.get(edge.from) ?? 0, ...ys, middles.get(edge.to) ?? 0])
    .flatMap((heights) => heights.slice(1).map((y, index) => Math.abs(y - (heights[index] ?? y))))
    .reduce((sum, climb) => sum + climb, 0)
}

/**
 * dagre orders each column and finds the heights. Its columns are ours: its own rankers would mix the lanes. They count
 * double, as dagre keeps a column between two neighbouring ones for the bends of the edges.
 */
function arrange(
  drawing: Drawing,
  edges: readonly GraphEdge[],
  ranking: Ranking,
  widths: readonly number[],
): Arrangement {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true })
  const { legs, ranks } = layLegs(edges, ranking)
  const rankOf = (id: string) => ranks.get(id) ?? 0
  const ranker: RankerFunction = (ranked) => {
    for (const id of ranked.nodes()) ranked.node(id).rank = 2 * rankOf(id)
  }
  const label: Record<string, unknown> = { rankdir: 'LR', ranker, nodesep: 13, edgesep: 9, ranksep: sizes.rankGap }
  graph.setGraph(label)
  for (const node of drawing.nodes) {
    graph.setNode(node.id, { width: widths[rankOf(node.id)] ?? 0, height: heightOf(node) })
  }
  for (const leg of new Map([...legs.values()].flat().map((each) => [each.name, each])).values()) {
    for (const end of [leg.from, leg.to]) {
      if (!graph.hasNode(end)) graph.setNode(end, { width: widths[rankOf(end)] ?? 0, height: 1 })
    }
    graph.setEdge(leg.from, leg.to, { minlen: rankOf(leg.to) - rankOf(leg.from), weight: 1 }, leg.name)
  }
  dagreLayout(graph)
  return {
    rows: drawing.nodes.map((node) => ({ node, y: (graph.node(node.id).y ?? 0) - heightOf(node) / 2 })),
    routes: drawing.edges.map((edge) => ({
      edge,
      ys: (legs.get(edge.id) ?? []).flatMap((leg, index) => [
        ...(index === 0 ? [] : [graph.node(leg.from).y ?? 0]),
        ...passageYs(leg, rankOf, graph),
      ]),
    })),
  }
}

interface Leg {
  readonly name: string
  readonly from: string
  readonly to: string
}

/**
 * The way of each edge that does not lead back. Edges that pass whole lanes leave their node together and share one line
 * through those lanes: they go by points at the lanes' ends, of which each node has one a lane.
 */
function layLegs(edges: readonly GraphEdge[], { ranks, bands, back }: Ranking) {
  const withPoints = new Map(ranks)
  const bandOf = (id: string) => bands.findIndex(({ last }) => (ranks.get(id) ?? 0) <= last)
  const legs = new Map<string, readonly Leg[]>()
  for (const edge of edges) {
    if (back.has(edge.id)) continue
    const points = bands.slice(bandOf(edge.from) + 1, bandOf(edge.to)).map(({ key, last }) => {
      const point = JSON.stringify([edge.from, key])
      withPoints.set(point, last)
      return point
    })
    const stops = [edge.from, ...points, edge.to]
    legs.set(
      edge.id,
      stops.slice(1).map((to, index) => {
        const from = stops[index] ?? edge.from
        return { from, to, name: index < points.length ? JSON.stringify([from, to]) : edge.id }
      }),
    )
  }
  return { legs, ranks: withPoints }
}

/** dagre halves its columns: between two neighbouring ones there is a bend, so every second bend stands in a column. */
function passageYs(
  { from, to, name }: Leg,
  rankOf: (id: string) => number,
  graph: Graph<GraphLabel, NodeLabel, EdgeLabel>,
): readonly number[] {
  const passed = rankOf(to) - rankOf(from) - 1
  const bends = graph.edge(from, to, name).points?.slice(1, -1) ?? []
  return Array.from({ length: passed }, (_, index) => bends[2 * index + 1]?.y ?? 0)
}

/** What stands at the top of a model's lane, or of the lane of data columns. */
export function laneTexts(model: string | undefined, { lanes, nodes }: Drawing): LaneTexts {
  if (model === undefined) {
    const readers = new Set(nodes.filter(({ kind }) => kind === 'column').map((node) => node.model))
    const files = lanes.filter((lane) => readers.has(lane.model)).map(({ input }) => input)
    return { title: 'Inputs', subtitle: [...new Set(files)].filter((file) => /\.\w+$/.test(file)).join(', ') }
  }
  const lane: GraphLane | undefined = lanes.find((each) => each.model === model)
  const key = lane?.groupBy
  const grouped = key === undefined ? '' : key.length === 0 ? ' · one group' : ` · group by ${key.join(', ')}`
  return { model, title: model, subtitle: lane ? `seq ${lane.seq}${grouped}` : '' }
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
