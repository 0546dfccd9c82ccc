import { type Box, type Layout, sizes } from './layout.ts'

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export const zoomLimits = { least: 0.1, most: 2, readable: 0.5, clear: 0.8, fitted: 1.25, step: 1.2 } as const

const margin = 18
const laneHead = sizes.laneHead + sizes.lanePad

export interface Point {
  readonly x: number
  readonly y: number
}

export const panned = (viewport: Viewport, dx: number, dy: number): Viewport => ({
  ...viewport,
  x: viewport.x + dx,
  y: viewport.y + dy,
})

/** Zooms so that what is under `point` (in pixels of the canvas) stays under it. */
export function zoomedAt(viewport: Viewport, point: Point, factor: number): Viewport {
  const zoom = clamp(viewport.zoom * factor, zoomLimits.least, zoomLimits.most)
  const ratio = zoom / viewport.zoom
  return { x: point.x - (point.x - viewport.x) * ratio, y: point.y - (point.y - viewport.y) * ratio, zoom }
}

/** The part of the drawing that is on the screen. */
export function visibleBox({ x, y, zoom }: Viewport, size: Size): Box {
  return { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom }
}

/** Everything in sight, a small drawing somewhat larger than its natural size; above what covers the lower `covered` pixels when it would be under it. */
export function fitAll(layout: Size, size: Size, covered = 0): Viewport {
  const whole = fitInto(layout, size)
  const isFree = whole.y + layout.height * whole.zoom <= size.height - covered
  return isFree ? whole : fitInto(layout, { ...size, height: size.height - covered })
}

function fitInto(layout: Size, size: Size): Viewport {
  const room = Math.min((size.width - 2 * margin) / layout.width, (size.height - 2 * margin) / layout.height)
  const zoom = clamp(room, zoomLimits.least, zoomLimits.fitted)
  return { x: (size.width - layout.width * zoom) / 2, y: (size.height - layout.height * zoom) / 2, zoom }
}

/** A node and what is directly connected with it. */
export interface Focus {
  readonly box: Box
  readonly near: readonly Box[]
}

/** What a drawing that is too large to be read whole opens at. */
export interface Places {
  readonly selected?: Focus | undefined
  /** Where the author is or was, when nothing is selected. */
  readonly root?: Focus | undefined
  readonly model?: string | undefined
}

/**
 * Everything when that is readable; else, in a readable size that leaves room for others, the selected node or the root
 * with its neighbours, or the current model's lane with what feeds it.
 */
export function openingView(layout: Layout, size: Size, { selected, root, model }: Places): Viewport {
  const all = fitAll(layout, size)
  if (all.zoom >= (selected ? zoomLimits.clear : zoomLimits.readable)) return all
  const focus = selected ?? root
  if (focus) return focused(focus, size, zoomLimits.clear)
  const index = Math.max(
    0,
    layout.lanes.findIndex((each) => each.model === model),
  )
  const lane = layout.lanes[index]
  if (!lane) return all
  const before = layout.lanes[index - 1] ?? lane
  const both = { ...lane, x: before.x, width: lane.x + lane.width - before.x }
  const room = size.width - 2 * margin
  const shown = room / both.width >= 0.7 ? both : lane
  const zoom = clamp(room / shown.width, 0.7, 1)
  const inLane = [...layout.nodes.values()].filter(({ x }) => x >= lane.x && x < lane.x + lane.width)
  const top = Math.min(...inLane.map((node) => node.y))
  const fitsHeight = layout.height * zoom <= size.height - 2 * margin
  const y = fitsHeight
    ? (size.height - layout.height * zoom) / 2
    : Math.max(margin - (top - laneHead) * zoom, size.height - margin - layout.height * zoom)
  return { x: Math.max(margin, (size.width - shown.width * zoom) / 2) - shown.x * zoom, y, zoom }
}

/** The smallest move that shows a node; to one that is out of sight, its neighbours come with it. */
export function turnedTo(focus: Focus, viewport: Viewport, size: Size): Viewport {
  const isNear = touches(focus.box, visibleBox(viewport, size))
  return isNear ? bringIntoView(focus.box, viewport, size) : focused(focus, size, viewport.zoom)
}

const touches = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y

/** The node in the middle, or as near to it as its neighbours allow: the nearest ones first, as many as have room. */
function focused({ box, near }: Focus, size: Size, zoom: number): Viewport {
  const room = { width: size.width - 2 * margin, height: size.height - 2 * margin }
  const fits = (each: Box) => each.width * zoom <= room.width && each.height * zoom <= room.height
  const byDistance = [...near].sort((a, b) => distance(a, box) - distance(b, box))
  let shown = box
  for (const each of byDistance) {
    const wider = [each, facingPart(each, box)].map((part) => around(shown, part))
    shown = wider.find(fits) ?? shown
  }
  return bringIntoView(shown, centred(box, zoom, size), size)
}

/** Enough of a far box to know it by, at the side that looks to `other`. */
function facingPart(far: Box, other: Box): Box {
  const width = Math.min(far.width, 100)
  return { ...far, width, x: far.x > other.x ? far.x : far.x + far.width - width }
}

function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  const right = Math.max(a.x + a.width, b.x + b.width)
  const bottom = Math.max(a.y + a.height, b.y + b.height)
  return { x, y, width: right - x, height: bottom - y }
}

const distance = (a: Box, b: Box) =>
  Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2)

/** The viewport itself when it shows all of the box, else the smallest move that does. */
export function bringIntoView(box: Box, viewport: Viewport, size: Size): Viewport {
  const { zoom } = viewport
  return {
    x: viewport.x + shift(box.x * zoom + viewport.x, box.width * zoom, size.width, 8),
    y: viewport.y + shift(box.y * zoom + viewport.y, box.height * zoom, size.height, 3 * margin),
    zoom,
  }
}

/** The middle of a box in the middle of the canvas. */
export function centred(box: Box, zoom: number, size: Size): Viewport {
  return {
    x: size.width / 2 - (box.x + box.width / 2) * zoom,
    y: size.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  }
}

/** Nothing is moved that has `least` pixels of air; what is moved gets more. */
function shift(start: number, length: number, room: number, least: number): number {
  const edge = Math.min(3 * margin, Math.max(0, (room - length) / 2))
  const near = Math.min(edge, least)
  if (start < near) return edge - start
  if (start + length > room - near) return room - edge - length - start
  return 0
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
