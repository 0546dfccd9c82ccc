import { describe, expect, test } from 'vitest'
import { twoModels } from './drawing.fixture.ts'
import { layoutDrawing } from './layout.ts'
import { bringIntoView, fitAll, openingView, turnedTo, visibleBox, zoomedAt } from './viewport.ts'

const layout = layoutDrawing(twoModels)
const large = { width: 1600, height: 900 }

describe('viewport', () => {
  test('everything is shown, in the middle, hardly larger than its natural size', () => {
    const { x, y, zoom } = fitAll({ width: 100, height: 50 }, { width: 500, height: 250 })
    expect({ x, y, zoom }).toEqual({ x: 187.5, y: 93.75, zoom: 1.25 })
    const above = fitAll({ width: 400, height: 900 }, { width: 800, height: 600 }, 104)
    expect(above.y + 900 * above.zoom).toBeLessThanOrEqual(600 - 104)
    expect(fitAll({ width: 1000, height: 100 }, { width: 536, height: 400 })).toMatchObject({ zoom: 0.5, x: 18 })
  })

  test('opens on everything when that is readable, else around the selected node or the current lane', () => {
    expect(openingView(layout, large, { model: 'risk' })).toEqual(fitAll(layout, large))
    const small = { width: 360, height: 260 }
    const lane = layout.lanes.find(({ model }) => model === 'risk')
    const onLane = openingView(layout, small, { model: 'risk' })
    expect(onLane.zoom).toBeGreaterThanOrEqual(0.7)
    expect((lane?.x ?? 0) * onLane.zoom + onLane.x).toBeCloseTo(18)
    const node = layout.nodes.get('margin/share')
    if (!node) throw new Error('margin/share has no place')
    const onNode = openingView(layout, small, { selected: { box: node, near: [] }, model: 'risk' })
    expect(onNode.zoom).toBeGreaterThanOrEqual(0.8)
    const seen = visibleBox(onNode, small)
    expect(seen.x).toBeLessThan(node.x)
    expect(seen.x + seen.width).toBeGreaterThan(node.x + node.width)
    // Nothing is selected any more: still where the author is, unless all can be read.
    const root = { box: node, near: [] }
    expect(openingView(layout, small, { root, model: 'risk' })).toEqual(onNode)
    expect(openingView(layout, large, { root, model: 'risk' })).toEqual(fitAll(layout, large))
  })

  test('what is out of sight comes with its neighbours, in the same size; what is in sight hardly moves', () => {
    const size = { width: 660, height: 500 }
    const at = { x: 0, y: 0, zoom: 0.9 }
    const box = { x: 4000, y: 900, width: 150, height: 28 }
    const near = [-250, 250].map((by) => ({ ...box, x: box.x + by }))
    const there = turnedTo({ box, near }, at, size)
    const seen = visibleBox(there, size)
    expect(there.zoom).toBe(0.9)
    for (const each of near) expect(each.x >= seen.x && each.x + each.width <= seen.x + seen.width).toBe(true)
    const edge = { ...box, x: 600, y: 200 }
    expect(turnedTo({ box: edge, near: [] }, at, size)).toEqual(bringIntoView(edge, at, size))
  })

  test('opens on a node with the neighbours that have room, the node in the middle when they allow it', () => {
    const wide = { lanes: [], nodes: new Map(), edges: [], width: 9000, height: 400, ranks: 9 }
    const size = { width: 660, height: 500 }
    const box = { x: 4000, y: 200, width: 150, height: 28 }
    const input = { ...box, x: 3750 }
    const middle = openingView(wide, size, { selected: { box, near: [input] } })
    expect(middle.zoom).toBeGreaterThanOrEqual(0.8)
    const seen = visibleBox(middle, size)
    expect(seen.x).toBeLessThan(input.x)
    const far = openingView(wide, size, { selected: { box, near: [input, { ...box, x: 8000 }] } })
    expect(far).toEqual(middle)
    const users = openingView(wide, size, { selected: { box, near: [{ ...box, x: 4600 }] } })
    expect(visibleBox(users, size).x + visibleBox(users, size).width).toBeGreaterThan(4750)
    expect(visibleBox(users, size).x).toBeLessThan(box.x)
  })

  test('zooming keeps what is under the pointer, within limits', () => {
    const before = { x: -40, y: 25, zoom: 0.8 }
    const point = { x: 210, y: 130 }
    const inDrawing = (at: typeof before) => [(point.x - at.x) / at.zoom, (point.y - at.y) / at.zoom]
    const after = zoomedAt(before, point, 1.5)
    expect(after.zoom).toBeCloseTo(1.2)
    expect(inDrawing(after).map((v) => v.toFixed(6))).toEqual(inDrawing(before).map((v) => v.toFixed(6)))
    expect(zoomedAt(before, point, 100).zoom).toBe(2)
  })

  test('moves only when a box is out of sight', () => {
    const at = { x: 0, y: 0, zoom: 1 }
    const size = { width: 800, height: 600 }
    expect(bringIntoView({ x: 300, y: 200, width: 100, height: 30 }, at, size)).toEqual(at)
    expect(bringIntoView({ x: 790, y: 200, width: 100, height: 30 }, at, size)).toEqual({ x: -144, y: 0, zoom: 1 })
  })
})
