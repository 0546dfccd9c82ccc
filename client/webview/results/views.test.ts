import { describe, expect, test } from 'vitest'
import { column } from './summary.fixture.ts'
import { arranged, blockOf, hide, isIn, moveTo, nextSort, show, togglePin, wholeTable, withWidth } from './views.ts'

const columns = [column('pin', { kind: 'key' }), column('a'), column('b'), column('c')]
const { layout } = wholeTable
const names = (of: typeof layout) => {
  const { shown, pinned } = arranged(columns, of)
  return shown.map(({ name }, index) => (index < pinned ? `${name}!` : name)).join(' ')
}

test('a width is kept within reason, with the rest of the layout, until it is that which fits again', () => {
  const wide = withWidth(hide(layout, 'b'), 'a', 120.4)
  expect(wide).toEqual({ ...hide(layout, 'b'), widths: { a: 120 } })
  expect(withWidth(withWidth(wide, 'a', 5), 'c', 5000).widths).toEqual({ a: 60, c: 900 })
  expect(withWidth(wide, 'a', undefined).widths).toEqual({})
})

describe('columns', () => {
  test.each([
    ['as computed, the key pinned', layout, 'pin! a b c'],
    ['one hidden', hide(layout, 'b'), 'pin! a c'],
    ['shown again', show(hide(hide(layout, 'b'), 'pin'), ['b']), 'a b c'],
    ['pinned', togglePin(columns, layout, 'c'), 'pin! c! a b'],
    ['let go', togglePin(columns, layout, 'pin'), 'pin a b c'],
    ['moved to the left', moveTo(columns, layout, 'c', 'a'), 'pin! c a b'],
    ['moved to the right', moveTo(columns, layout, 'a', 'c'), 'pin! b c a'],
    ['moved among the pinned ones', moveTo(columns, layout, 'c', 'pin'), 'c! pin! a b'],
    ['moved out of them', moveTo(columns, layout, 'pin', 'b'), 'a b pin c'],
    ['moved twice', moveTo(columns, moveTo(columns, layout, 'c', 'a'), 'b', 'c'), 'pin! b c a'],
    [
      'moved past a hidden one, which keeps its place',
      show(moveTo(columns, hide(layout, 'b'), 'c', 'a'), ['b']),
      'pin! c a b',
    ],
    ['moved nowhere', moveTo(columns, layout, 'a', 'nothing'), 'pin! a b c'],
    ['that are gone are no matter', { hidden: ['x'], pinned: ['y', 'b'], order: ['z', 'c'] }, 'b! c pin a'],
  ])('%s', (_, of, expected) => {
    expect(names(of)).toBe(expected)
  })
})

test('a header sorts up, down, not at all', () => {
  const up = nextSort(undefined, 'margin')
  expect(up).toEqual({ column: 'margin', descending: false })
  const down = nextSort(up, 'margin')
  expect(down).toEqual({ column: 'margin', descending: true })
  expect(nextSort(down, 'margin')).toBeUndefined()
  expect(nextSort(down, 'total')).toEqual({ column: 'total', descending: false })
})

test('a block lies between its corners', () => {
  const block = blockOf({ row: 5, col: 1 }, { row: 2, col: 3 })
  expect(block).toEqual({ top: 2, bottom: 5, left: 1, right: 3 })
  expect([isIn(block, 2, 1), isIn(block, 6, 1), isIn(block, 3, 0)]).toEqual([true, false, false])
})
