import { type GraphNode, typeName } from '@modeldriver/protocol'
import { type Layout, portOffset } from './layout.ts'
import type { Drawing, DrawingNode } from './lineage.ts'
import { routeOf } from './routes.ts'
import { kindOf, otherPorts } from './words.ts'

/** The drawing as Mermaid's flowchart: models as subgraphs. */
export function mermaidOf(drawing: Drawing): string {
  const ids = shortIds(drawing.nodes)
  const lines = drawing.lanes.flatMap(({ model }) => {
    const own = drawing.nodes.filter((node) => node.model === model)
    if (own.length === 0) return []
    return [
      `  subgraph ${quoted(model)}`,
      ...own.map((node) => `    ${ids.get(node.id)}${mermaidShape(node)}`),
      '  end',
    ]
  })
  const edges = drawing.edges.map(
    ({ from, to, inCycle }) => `  ${ids.get(from)} ${inCycle ? '-.->' : '-->'} ${ids.get(to)}`,
  )
  return ['flowchart LR', ...lines, ...new Set(edges), ''].join('\n')
}

function mermaidShape({ kind, name }: GraphNode): string {
  const text = quoted(name)
  if (kind === 'column') return `([${text}])`
  if (kind === 'model') return `[[${text}]]`
  return kind === 'group' ? `[/${text}/]` : `[${text}]`
}

/** The drawing in Graphviz's language: models as clusters. */
export function dotOf(drawing: Drawing): string {
  const ids = shortIds(drawing.nodes)
  const clusters = drawing.lanes.flatMap(({ model }, index) => {
    const own = drawing.nodes.filter((node) => node.model === model)
    if (own.length === 0) return []
    const nodes = own.map(
      (node) => `    ${ids.get(node.id)} [label=${quoted(node.name)}, shape=${dotShapes[node.kind]}]`,
    )
    return [`  subgraph cluster_${index} {`, `    label=${quoted(model)}`, ...nodes, '  }']
  })
  const edges = drawing.edges.map(
    ({ from, to, inCycle }) => `  ${ids.get(from)} -> ${ids.get(to)}${inCycle ? ' [style=dashed, color=red]' : ''}`,
  )
  return ['digraph {', '  rankdir=LR', '  node [fontname="sans-serif"]', ...clusters, ...new Set(edges), '}', ''].join(
    '\n',
  )
}

const dotShapes: Readonly<Record<GraphNode['kind'], string>> = {
  column: 'ellipse',
  row: 'box',
  group: 'box3d',
  constant: 'plain',
  model: 'component',
}

/** Colours of the theme, by what they are for. */
export interface Palette {
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly lane: string
  readonly error: string
  readonly kinds: Readonly<Record<GraphNode['kind'], string>>
}

const pad = 16

/** The drawing as a picture of its own: what is on the screen, without selection. */
export function svgOf(drawing: Drawing, layout: Layout, colours: Palette): string {
  const byId = new Map(drawing.nodes.map((node) => [node.id, node]))
  const lanes = layout.lanes.map(
    ({ x, y, width, height, title, subtitle }) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="none" stroke="${colours.lane}"/>` +
      `<text x="${x + 14}" y="${y + 24}" font-weight="600">${escaped(title)} <tspan fill="${colours.muted}" font-weight="400">${escaped(subtitle)}</tspan></text>`,
  )
  const edges = layout.edges.flatMap((placed) => {
    const ends = [placed.edge.from, placed.edge.to].map((id) => ({ box: layout.nodes.get(id), node: byId.get(id) }))
    const [from, to] = ends
    if (!from?.box || !from.node || !to?.box || !to.node) return []
    const { line, head } = routeOf(placed, { box: from.box, node: from.node }, { box: to.box, node: to.node })
    const colour = placed.edge.inCycle ? colours.error : colours.line
    const dashes = placed.edge.inCycle ? ' stroke-dasharray="5 4"' : ''
    return [`<path d="${line}" fill="none" stroke="${colour}"${dashes}/><path d="${head}" fill="${colour}"/>`]
  })
  const nodes = drawing.nodes.flatMap((node) => {
    const box = layout.nodes.get(node.id)
    return box ? [nodeSvg(node, box, colours)] : []
  })
  const width = layout.width + 2 * pad
  const height = layout.height + 2 * pad
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-pad} ${-pad} ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}">`,
    `<rect x="${-pad}" y="${-pad}" width="${width}" height="${height}" fill="${colours.background}"/>`,
    ...lanes,
    ...edges,
    ...nodes,
    '</svg>',
    '',
  ].join('\n')
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function nodeSvg(node: DrawingNode, { x, y, width, height }: Place, colours: Palette): string {
  const colour = colours.kinds[node.kind]
  const round = node.kind === 'column' ? 13 : 4
  const head = node.kind === 'model' ? 32 : height
  const type = typeName(node.type)
  const ports = (node.ports ?? []).map(
    (port) =>
      `<text x="${x + width - 11}" y="${y + portOffset(node, port) + 4}" font-size="11" text-anchor="end">${escaped(port)}</text>` +
      `<circle cx="${x + width}" cy="${y + portOffset(node, port)}" r="3.5" fill="${colours.background}" stroke="${colour}"/>`,
  )
  if (node.otherPorts !== undefined)
    ports.push(
      `<text x="${x + width - 11}" y="${y + height - 12}" font-size="11" text-anchor="end" fill="${colours.muted}">${escaped(otherPorts(node))}</text>`,
    )
  return [
    `<g data-kind="${kindOf(node)}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${colours.background}" stroke="${colour}"/>`,
    `<rect x="${x}" y="${y}" width="5" height="${height}" rx="2" fill="${colour}"/>`,
    `<text x="${x + 14}" y="${y + head / 2 + 4}"${node.kind === 'model' ? ' font-weight="600"' : ''}>${escaped(node.name)}</text>`,
    type === ''
      ? ''
      : `<text x="${x + width - 9}" y="${y + head / 2 + 4}" font-size="10" text-anchor="end" fill="${colours.muted}">${escaped(type)}</text>`,
    ...ports,
    '</g>',
  ].join('')
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Both languages escape a quotation mark inside of quotation marks their own way; `#quot;` and `'` are read by both. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '/').replaceAll('"', "'").replace(/\s+/g, ' ')}"`

const shortIds = (nodes: readonly GraphNode[]): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ id }, index) => [id, `n${index}`]))

/** The colours that the page has now. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element)
  const probe = document.createElement('i')
  element.append(probe)
  // A variable may hold a mix of colours: the browser is asked what it comes to.
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color || style.color
  }
  const found: Palette = {
    background: colour('--bg'),
    text: colour('--fg'),
    muted: colour('--muted'),
    line: colour('--line'),
    lane: colour('--border'),
    error: colour('--error'),
    kinds: {
      column: colour('--line'),
      row: colour('--row'),
      group: colour('--group'),
      constant: colour('--muted'),
      model: colour('--model'),
    },
  }
  probe.remove()
  return found
}

const mostPixels = 64_000_000

/** The picture as PNG in base64, twice as large so that it stays sharp, as far as browsers draw. */
export async function pngOf(svg: string): Promise<string> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const { width, height } = image
  const scale = Math.min(2, 12_000 / Math.max(width, height), Math.sqrt(mostPixels / (width * height)))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser cannot draw pictures.')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/png').split(',')[1] ?? ''
}
