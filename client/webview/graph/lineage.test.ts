import { describe, expect, test } from 'vitest'
import { twoModels, viewOf } from './drawing.fixture.ts'
import { lineageOf, neighbours } from './lineage.ts'

const names = (ids: Iterable<string>) => [...ids].sort().join(' ')

describe('lineage', () => {
  test.each([
    ['margin/profit', 'margin/cost margin/revenue', 'margin margin/margin risk risk/score'],
    // A card is left by the port it was entered by: total does not make score.
    ['margin/total', 'margin/revenue', 'margin margin/share risk risk/exposure risk/score'],
    ['risk/exposure', 'margin margin/revenue margin/total', 'risk risk/score'],
    ['margin/pin', '', ''],
  ])('of %s', (node, upstream, downstream) => {
    const { up, down } = lineageOf(twoModels, node)
    expect(names(up.nodes)).toBe(upstream)
    expect(names(down.nodes)).toBe(downstream)
  })

  test('a port that is passed is told from the others', () => {
    const { up } = lineageOf(twoModels, 'risk/exposure')
    expect([...up.ports]).toEqual(['["margin","total"]'])
  })

  test('of a card: all of its outputs', () => {
    expect(names(lineageOf(twoModels, 'margin').up.nodes)).toBe(
      'margin/cost margin/margin margin/profit margin/revenue margin/total',
    )
  })

  test('in a cycle everything is upstream and downstream, and it ends', () => {
    const view = viewOf(['m: a(c), b(a), c(b)'], [['m/a', 'm/b', 'm/c']])
    const { up, down } = lineageOf(view, 'm/a')
    expect([names(up.nodes), names(down.nodes)]).toEqual(['m/b m/c', 'm/b m/c'])
  })

  test('neighbours are the direct inputs and users, each once', () => {
    const at = (side: 'inputs' | 'users') => neighbours(twoModels, 'margin/total', side).map(({ id }) => id)
    expect(at('inputs')).toEqual(['margin/revenue'])
    expect(at('users')).toEqual(['margin/share', 'margin'])
  })
})
