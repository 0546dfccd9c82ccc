import { describe, expect, test } from 'vitest'
import { twoModels, viewOf } from './drawing.fixture.ts'
import type { Drawing, Mode } from './lineage.ts'
import { farModels, hiddenNeighbours, type Scope, scopedDrawing } from './scope.ts'

const everything: Scope = { mode: 'all', root: undefined, depth: undefined, expanded: [], collapsed: [] }
const draw = (scope: Partial<Scope>, view = twoModels) => scopedDrawing(view, { ...everything, ...scope })
const names = (drawing: { readonly nodes: readonly { readonly id: string }[] }) =>
  drawing.nodes
    .map(({ id }) => id)
    .sort()
    .join(' ')

describe('what is drawn', () => {
  test.each<[Mode, string]>([
    ['upstream', 'margin/revenue margin/total'],
    ['downstream', 'margin margin/share margin/total risk risk/exposure risk/score'],
    ['lineage', 'margin margin/revenue margin/share margin/total risk risk/exposure risk/score'],
  ])('%s draws its part only', (mode, expected) => {
    const drawing = draw({ mode, root: 'margin/total' })
    expect(names(drawing)).toBe(expected)
    const drawn = new Set(drawing.nodes.map(({ id }) => id))
    expect(drawing.edges.every(({ from, to }) => drawn.has(from) && drawn.has(to))).toBe(true)
  })

  test('without a root, or with one that is gone, everything', () => {
    expect(draw({ mode: 'lineage' })).toBe(twoModels)
    expect(draw({ mode: 'upstream', root: 'margin/gone' })).toBe(twoModels)
  })

  test.each([
    [1, 'margin/total margin margin/share margin/revenue risk/exposure'],
    [2, 'margin/total margin margin/share margin/revenue risk/exposure risk/score'],
  ])('%i steps away; a card on the way is no step', (depth, expected) => {
    expect(names(draw({ mode: 'lineage', root: 'margin/total', depth }))).toBe(expected.split(' ').sort().join(' '))
  })

  test('a card with many outputs draws those that are read, and counts the others', () => {
    const outputs = Array.from({ length: 100 }, (_, index) => `f${index}`)
    const features = outputs.map((name) => `${name}(x)`).join(', ')
    const view = viewOf([`m: x!, ${features}, -> ${outputs.join(', ')}`, 'n: a(m#f7), b(m#f90, m#f7), -> a'])
    const card = (drawing: Drawing) => drawing.nodes.find(({ id }) => id === 'm')
    const all = draw({}, view)
    expect(card(all)).toMatchObject({ ports: ['f7', 'f90'], otherPorts: 98 })
    expect(all.edges.filter(({ to }) => to === 'm').map(({ from }) => from)).toEqual(['m/f7', 'm/f90'])
    expect(all.edges.filter(({ from }) => from === 'm').map(({ fromPort, to }) => `${fromPort} ${to}`)).toEqual([
      'f7 n/a',
      'f90 n/b',
      'f7 n/b',
    ])
    const near = draw({ mode: 'lineage', root: 'm/f3', depth: 1 }, view)
    expect(card(near)).toMatchObject({ ports: ['f3'], otherPorts: 99 })
    expect(near.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['m/x m/f3', 'm/f3 m'])
  })

  test('beyond the outputs that a card can show the lines of the others leave the card itself, each once', () => {
    const outputs = Array.from({ length: 100 }, (_, index) => `f${index}`)
    const features = outputs.map((name) => `${name}(x)`).join(', ')
    const read = outputs.map((name) => `m#${name}`).join(', ')
    const { nodes, edges } = draw(
      {},
      viewOf([`m: x!, ${features}, -> ${outputs.join(', ')}`, `n: all(${read}), -> all`]),
    )
    expect(nodes.find(({ id }) => id === 'm')).toMatchObject({ ports: outputs.slice(0, 30), otherPorts: 70 })
    expect(edges.filter(({ from }) => from === 'm').map(({ fromPort }) => fromPort)).toEqual([
      ...outputs.slice(0, 30),
      undefined,
    ])
  })

  test('a node that is expanded shows its neighbours, and says how many others are hidden', () => {
    const scope = { mode: 'upstream', root: 'margin/margin', depth: 1 } as const
    const near = draw(scope)
    expect(names(near)).toBe('margin/margin margin/profit margin/revenue')
    expect(Object.fromEntries(hiddenNeighbours(twoModels, near, []))).toEqual({
      'margin/margin': 1,
      'margin/profit': 1,
      'margin/revenue': 2,
    })
    expect(names(draw({ ...scope, expanded: ['margin/profit'] }))).toBe(
      'margin/cost margin/margin margin/profit margin/revenue',
    )
  })

  test('a model that is closed is its card; edges lead there, each once', () => {
    const drawing = draw({ collapsed: ['margin'] })
    expect(names(drawing)).toBe('margin risk risk/exposure risk/late risk/score')
    expect(drawing.edges.map(({ from, fromPort, to }) => `${from}:${fromPort ?? ''} ${to}`).sort()).toEqual([
      'margin: risk/late',
      'margin:margin risk/score',
      'margin:total risk/exposure',
      'risk/exposure: risk/score',
      'risk/score: risk',
    ])
  })

  test('around a root in a closed model its card is the root', () => {
    expect(names(draw({ mode: 'downstream', root: 'margin/cost', collapsed: ['margin'], depth: 1 }))).toBe(
      'margin risk/exposure risk/late risk/score',
    )
  })

  test('of a large pipeline the models are closed that have nothing to do with the root', () => {
    const view = viewOf(['a: x!, f(x), -> f', 'b: g(a#f), -> g', 'c: y!, h(y), -> h'])
    expect(farModels(view, 'b/g')).toEqual(['c'])
    expect(farModels(view, undefined)).toEqual(['a', 'b', 'c'])
  })
})
