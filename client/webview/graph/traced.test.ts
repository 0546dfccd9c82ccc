import { expect, test } from 'vitest'
import { viewOf } from './drawing.fixture.ts'
import { tracedNodes } from './traced.ts'

const view = viewOf([
  'sales: price!, shop!, revenue(price), total(revenue), -> total',
  'score: total!, size(sales#total, total), price(total)',
])
const cell = { model: 'sales', column: 'revenue', kind: 'row', value: '7', inputs: { price: '2.5' } } as const

test('a value stands at its node, those that it was made from at theirs', () => {
  const values = new Map([
    ['sales/revenue', '7'],
    ['sales/price', '2.5'],
  ])
  expect(tracedNodes(view, cell)).toEqual({ node: 'sales/revenue', values })
})

test('of a group value: how many rows it was made from', () => {
  const group = { ...cell, column: 'total', kind: 'group', value: '1,234.50', inputs: { revenue: '27 rows' } } as const
  const values = new Map([
    ['sales/total', '1,234.50'],
    ['sales/revenue', '27 rows'],
  ])
  expect(tracedNodes(view, group)).toEqual({ node: 'sales/total', values })
})

test('the model tells columns of one name apart, and a column of the data from the feature that took its name', () => {
  expect(tracedNodes(view, { ...cell, column: 'price', kind: 'column', inputs: {} })?.node).toBe('sales/price')
  expect(tracedNodes(view, { ...cell, model: 'score', column: 'price', inputs: {} })?.node).toBe('score/price')
  expect(tracedNodes(view, { ...cell, model: 'score', column: 'price', kind: 'column', inputs: {} })).toBeUndefined()
})

test('what another model gave is not drawn at that model’s card', () => {
  const size = { ...cell, model: 'score', column: 'size', value: 'large', inputs: { total: '120' } } as const
  const values = new Map([
    ['score/size', 'large'],
    ['score/total', '120'],
  ])
  expect(tracedNodes(view, size)).toEqual({ node: 'score/size', values })
})

test('nothing for a column that the graph does not have', () => {
  expect(tracedNodes(view, { ...cell, column: 'note', kind: 'column', inputs: {} })).toBeUndefined()
})
