import { expect, test } from 'vitest'
import { twoModels } from './drawing.fixture.ts'
import { layoutDrawing } from './layout.ts'
import { readingOrder, type WalkKey, walk } from './walk.ts'

const layout = layoutDrawing(twoModels)

test.each<[string, WalkKey, string]>([
  ['margin/profit', 'ArrowRight', 'margin/margin'],
  ['margin/margin', 'ArrowRight', 'margin'],
  ['margin/pin', 'ArrowRight', 'margin/pin'],
  ['margin/pin', 'ArrowLeft', 'margin/pin'],
  ['risk/exposure', 'ArrowLeft', 'margin'],
  ['risk/score', 'ArrowRight', 'risk'],
])('from %s %s leads to %s', (from, key, to) => {
  expect(walk(layout, from, key)).toBe(to)
})

test('left and right follow edges only', () => {
  for (const id of layout.nodes.keys()) {
    const next = walk(layout, id, 'ArrowRight')
    if (next !== id) expect(twoModels.edges.some(({ from, to }) => from === id && to === next)).toBe(true)
  }
})

test('up and down stay in the column and undo each other', () => {
  for (const { id, rank } of layout.nodes.values()) {
    const below = walk(layout, id, 'ArrowDown')
    expect(layout.nodes.get(below)?.rank).toBe(rank)
    if (below !== id) expect(walk(layout, below, 'ArrowUp')).toBe(id)
  }
})

test('Home and End are the ends of the reading order', () => {
  const order = readingOrder(layout).map(({ id }) => id)
  expect(walk(layout, 'margin/total', 'Home')).toBe(order[0])
  expect(walk(layout, 'margin/total', 'End')).toBe('risk')
})
