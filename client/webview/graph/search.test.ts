import { expect, test } from 'vitest'
import { twoModels } from './drawing.fixture.ts'
import { searchNodes } from './search.ts'

test.each([
  ['margin', ['margin', 'margin/margin']],
  ['co', ['margin/cost', 'risk/score']],
  ['  REV ', ['margin/revenue']],
  ['', []],
  ['zzz', []],
])('%o finds %o', (typed, ids) => {
  expect(searchNodes(twoModels.nodes, typed).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  expect(searchNodes(twoModels.nodes, typed)).toHaveLength(ids.length)
})

test('the same name stands before beginnings and parts', () => {
  const named = ['late_rate', 'rate', 'rate_late', 'generate'].map((name) => ({
    id: name,
    name,
    model: 'm',
    kind: 'row' as const,
    problems: [],
  }))
  expect(searchNodes(named, 'rate').map(({ name }) => name)).toEqual(['rate', 'rate_late', 'late_rate', 'generate'])
})
