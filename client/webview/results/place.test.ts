import { expect, test } from 'vitest'
import { cellAt, nameCell, savedResults } from './place.ts'

test('a cell is found again by the name of its column, in the nearest row', () => {
  const cell = nameCell({ row: 7, col: 1 }, ['pin', 'margin'])
  expect(cell).toEqual({ row: 7, column: 'margin' })
  expect(cellAt(cell, ['margin', 'pin'], 20)).toEqual({ row: 7, col: 0 })
  expect(cellAt(cell, ['margin'], 5)).toEqual({ row: 4, col: 0 })
  expect(cellAt({ row: -1, column: 'pin' }, ['pin'], 5)).toEqual({ row: -1, col: 0 })
  expect(cellAt(cell, ['pin'], 20)).toBeUndefined()
  expect(nameCell(undefined, ['pin'])).toBeUndefined()
})

test('what is kept is believed when it has its form', () => {
  const place = { top: 240, left: 0, active: { row: 10, column: 'margin' } }
  const saved = { tab: 'groups', wantsDetails: true, details: {}, views: {}, places: { x: place } }
  expect(savedResults(saved)).toBe(true)
  expect(savedResults({ ...saved, tab: 'secrets' })).toBe(false)
  expect(savedResults({ ...saved, places: { x: { ...place, active: { row: 10 } } } })).toBe(false)
  expect(savedResults({ ...saved, views: { x: { options: { sort: 'margin' } } } })).toBe(false)
})
