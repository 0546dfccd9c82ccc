import { describe, expect, test } from 'vitest'
import { clampTop, mostInSight, type Place, rowHeight, sightAt, spanAt } from './sight.ts'

const space = 100
const count = 1000
const at = (top: number, source = 'sorted'): Place => ({ source, top })

describe('rows in sight', () => {
  test('are all that stand in the space, also those of which only a part does', () => {
    expect(spanAt(0, space, count)).toEqual({ first: 0, last: 4 })
    expect(spanAt(rowHeight, space, count)).toEqual({ first: 1, last: 5 })
    expect(spanAt(rowHeight - 0.5, space, count)).toEqual({ first: 0, last: 5 })
    expect(spanAt(0, space, 2)).toEqual({ first: 0, last: 1 })
    expect(spanAt(0, 0, 0)).toEqual({ first: 0, last: -1 })
  })

  test('at the end of the table are the last ones', () => {
    const top = clampTop(1e9, space, count)
    expect(top + space).toBe(count * rowHeight)
    expect(spanAt(top, space, count).last).toBe(count - 1)
    expect(clampTop(-30, space, count)).toBe(0)
    expect(clampTop(500, 48, 2)).toBe(0)
  })

  test('are never more than have a place of their own', () => {
    for (let top = 0; top < 200; top += 0.25) {
      const { first, last } = spanAt(top, space, count)
      expect(last - first + 1).toBeLessThanOrEqual(mostInSight(space))
    }
  })
})

/** Scrolls to places one after the other; `here` names those whose rows have come by then. */
function scroll(...moves: readonly { readonly to: Place; readonly here: readonly number[] }[]): Place | undefined {
  let passed: readonly Place[] = []
  let shown: Place | undefined
  for (const { to, here } of moves) {
    const sight = sightAt(to, passed, ({ top }) => !here.includes(top))
    passed = sight.passed
    shown = sight.shown
  }
  return shown
}

describe('what is drawn', () => {
  test('is the place to which the table is scrolled, once its rows are here', () => {
    expect(scroll({ to: at(0), here: [0] })).toEqual(at(0))
    expect(scroll({ to: at(0), here: [0] }, { to: at(500), here: [0, 500] })).toEqual(at(500))
    expect(scroll({ to: at(0), here: [0] }, { to: at(500), here: [0] }, { to: at(500), here: [0, 500] })).toEqual(
      at(500),
    )
  })

  test('stays the place before while the rows are on their way', () => {
    expect(scroll({ to: at(0), here: [0] }, { to: at(500), here: [0] })).toEqual(at(0))
  })

  test('is the last place that was passed and has its rows, and goes back to none before it', () => {
    const dragged = [
      { to: at(0), here: [0] },
      { to: at(100), here: [0] },
      { to: at(200), here: [0] },
      { to: at(300), here: [0] },
    ]
    expect(scroll(...dragged, { to: at(400), here: [0, 100, 200] })).toEqual(at(200))
    expect(scroll(...dragged, { to: at(400), here: [0, 200] }, { to: at(500), here: [0, 100, 200] })).toEqual(at(200))
    expect(scroll(...dragged, { to: at(300), here: [0, 300] }, { to: at(600), here: [0, 100, 200, 300] })).toEqual(
      at(300),
    )
  })

  test('is the place itself, still without cells, when nothing else is here', () => {
    expect(scroll({ to: at(700), here: [] })).toEqual(at(700))
    expect(scroll({ to: at(0), here: [0] }, { to: at(700), here: [] })).toEqual(at(700))
    expect(scroll({ to: at(700), here: [] }, { to: at(800), here: [] }, { to: at(900), here: [800] })).toEqual(at(800))
  })

  test('is never of another source', () => {
    expect(scroll({ to: at(0), here: [0] }, { to: at(700, 'filtered'), here: [0] })).toEqual(at(700, 'filtered'))
  })

  test('is remembered however many places are passed meanwhile', () => {
    const moves = Array.from({ length: 500 }, (_, index) => ({ to: at(index * 50), here: [0] }))
    expect(scroll(...moves)).toEqual(at(0))
    let passed: readonly Place[] = []
    for (const { to } of moves) passed = sightAt(to, passed, ({ top }) => top !== 0).passed
    expect(passed.length).toBeLessThan(50)
  })
})
