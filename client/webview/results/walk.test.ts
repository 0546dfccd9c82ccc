import { expect, test } from 'vitest'
import { walkCells } from './walk.ts'

const size = { rows: 1000, cols: 5, screen: 30 }

test.each([
  ['3,2', 'ArrowUp', '2,2'],
  ['0,2', 'ArrowUp', '-1,2'],
  ['-1,2', 'ArrowUp', '-1,2'],
  ['-1,2', 'ArrowDown', '0,2'],
  ['999,2', 'ArrowDown', '999,2'],
  ['3,0', 'ArrowLeft', '3,0'],
  ['3,4', 'ArrowRight', '3,4'],
  ['3,2', 'ArrowRight', '3,3'],
  ['100,1', 'PageDown', '130,1'],
  ['990,1', 'PageDown', '999,1'],
  ['100,1', 'PageUp', '70,1'],
  ['10,1', 'PageUp', '0,1'],
  ['-1,1', 'PageUp', '-1,1'],
  ['7,3', 'Home', '7,0'],
  ['7,3', 'End', '7,4'],
  ['7,3', 'ctrl Home', '0,0'],
  ['7,3', 'ctrl End', '999,4'],
  ['7,3', 'ctrl ArrowDown', '999,3'],
  ['7,3', 'ctrl ArrowUp', '0,3'],
  ['7,3', 'ctrl ArrowLeft', '7,0'],
])('from %s %s leads to %s', (from, stroke, to) => {
  const [row = 0, col = 0] = from.split(',').map(Number)
  const key = stroke.split(' ').at(-1) ?? ''
  const next = walkCells({ row, col }, { key, ctrl: stroke.startsWith('ctrl') }, size)
  expect(next && `${next.row},${next.col}`).toBe(to)
})

test('other keys are not the grid’s', () => {
  expect(walkCells({ row: 0, col: 0 }, { key: 'a', ctrl: false }, size)).toBeUndefined()
})

test('an empty table has its header only', () => {
  const empty = { rows: 0, cols: 2, screen: 30 }
  expect(walkCells({ row: -1, col: 0 }, { key: 'ArrowDown', ctrl: false }, empty)).toEqual({ row: -1, col: 0 })
  expect(walkCells({ row: -1, col: 0 }, { key: 'End', ctrl: true }, empty)).toEqual({ row: -1, col: 1 })
})
