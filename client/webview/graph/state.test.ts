import { describe, expect, test } from 'vitest'
import { twoModels, viewOf } from './drawing.fixture.ts'
import { type GraphAction, type GraphState, reduce, startState, toSave } from './state.ts'

const after = (...actions: GraphAction[]) => actions.reduce(reduce, startState)

/** The next page, which was told what this one kept. */
function nextPage(state: GraphState): GraphState {
  const saved = toSave(state)
  return saved ? after({ kind: 'kept', saved }) : startState
}

describe('graph page', () => {
  test('selection and mode outlive a new graph; a selected node that is gone does not', () => {
    const chosen = after(
      { kind: 'graph', view: twoModels },
      { kind: 'choose', node: 'margin/total' },
      { kind: 'mode', mode: 'upstream' },
    )
    expect(chosen).toMatchObject({ selected: 'margin/total', root: 'margin/total', mode: 'upstream', rev: 1 })
    const again = reduce(chosen, { kind: 'graph', view: { ...twoModels, revision: 2 } })
    expect(again).toMatchObject({ selected: 'margin/total', root: 'margin/total', mode: 'upstream', rev: 2, reveal: 0 })
    const without = { ...twoModels, nodes: twoModels.nodes.filter(({ id }) => id !== 'margin/total') }
    const gone = reduce(chosen, { kind: 'graph', view: without })
    expect(gone.selected).toBeUndefined()
    expect(gone.root).toBe('margin')
  })

  test('what the last run said is of its own project', () => {
    const run = { nodes: { 'margin/total': { ms: 1, count: 3, missing: 0 } }, isStale: false }
    const ran = after({ kind: 'graph', view: twoModels }, { kind: 'run', run })
    expect(reduce(ran, { kind: 'graph', view: { ...twoModels, revision: 2 } }).run).toBe(run)
    expect(reduce(ran, { kind: 'graph', view: { ...twoModels, project: '/other.json' } }).run).toBeUndefined()
  })

  test('the host selects a node and it is brought into sight; an unknown one changes nothing', () => {
    const state = after({ kind: 'graph', view: twoModels }, { kind: 'select', node: 'risk/score' })
    expect(state).toMatchObject({ selected: 'risk/score', reveal: 1, rev: 2 })
    expect(reduce(state, { kind: 'select', node: 'risk/nothing' })).toMatchObject({ selected: 'risk/score', reveal: 1 })
  })

  describe('more than 300 nodes', () => {
    const features = Array.from({ length: 320 }, (_, index) => `f${index}(x)`).join(', ')
    const large = { ...viewOf([`big: x!, ${features}, -> f7, f9`]), project: '/large.json', current: 'big' }

    test('open on the lineage of the current model, or of the node that was asked for', () => {
      expect(after({ kind: 'graph', view: large })).toMatchObject({ mode: 'lineage', root: 'big' })
      const asked = after({ kind: 'graph', view: large, select: 'big/f3' })
      expect(asked).toMatchObject({ mode: 'lineage', root: 'big/f3', selected: 'big/f3' })
    })

    test('are drawn whole when one asks: after an edit, an error, a time out of sight, and with another choice', () => {
      const all = after({ kind: 'graph', view: large, select: 'big/f3' }, { kind: 'mode', mode: 'all' })
      const again = { kind: 'graph', view: { ...large, revision: 2 } } as const
      expect(reduce(all, again)).toMatchObject({ mode: 'all', selected: 'big/f3' })
      const failed = reduce(all, { kind: 'error', message: 'Not now.' })
      expect(reduce(failed, again)).toMatchObject({ mode: 'all', selected: 'big/f3' })
      expect(reduce(nextPage(all), again)).toMatchObject({ mode: 'all', selected: 'big/f3' })
      expect(reduce(nextPage(all), { ...again, select: 'big/f4' })).toMatchObject({
        mode: 'all',
        selected: 'big/f4',
      })
    })

    test('open small beside another project, which begins anew as well', () => {
      const first = after({ kind: 'graph', view: twoModels }, { kind: 'fold', model: 'risk' })
      const second = reduce(first, { kind: 'graph', view: large })
      expect(second).toMatchObject({ mode: 'lineage', root: 'big', collapsed: [] })
      const back = reduce(second, { kind: 'graph', view: twoModels })
      expect(back).toMatchObject({ mode: 'all', root: 'margin', collapsed: [] })
      expect(back.depth).toBeUndefined()
    })
  })

  test('the same graph once more is not drawn anew', () => {
    const shown = after({ kind: 'graph', view: twoModels, select: 'risk/score' })
    const again = reduce(shown, { kind: 'graph', view: structuredClone(twoModels), select: 'risk/score' })
    expect(again.view).toBe(shown.view)
    expect(again).toEqual({ ...shown, rev: 2 })
    const other = { ...twoModels, title: 'other' }
    expect(reduce(shown, { kind: 'graph', view: other }).view).toBe(other)
  })

  describe('a cell of the results that is traced', () => {
    const cell = {
      model: 'margin',
      column: 'profit',
      kind: 'row',
      value: '3',
      inputs: { revenue: '8', cost: '5' },
    } as const
    const shown = after(
      { kind: 'graph', view: twoModels },
      { kind: 'choose', node: 'risk/score' },
      { kind: 'traced', cell },
    )

    test('its feature is chosen and brought into sight, with its value and those that it was made from', () => {
      expect(shown).toMatchObject({ selected: 'margin/profit', root: 'margin/profit', reveal: 1 })
      const values = { 'margin/profit': '3', 'margin/revenue': '8', 'margin/cost': '5' }
      expect(Object.fromEntries(shown.traced?.values ?? [])).toEqual(values)
      // Told again after an edit elsewhere.
      expect(reduce(shown, { kind: 'traced', cell: { ...cell } }).reveal).toBe(1)
    })

    test('what was chosen before comes back with the end of the trace, unless something else was chosen since', () => {
      const other = { ...cell, column: 'total', inputs: { revenue: '8' } }
      const next = reduce(shown, { kind: 'traced', cell: other })
      expect(next).toMatchObject({ selected: 'margin/total', reveal: 2 })
      const ended = reduce(next, { kind: 'traced' })
      expect(ended).toMatchObject({ selected: 'risk/score', root: 'margin' })
      expect(ended.traced).toBeUndefined()
      const walked = reduce(next, { kind: 'choose', node: 'margin/cost' })
      expect(reduce(walked, { kind: 'traced' })).toMatchObject({ selected: 'margin/cost' })
    })

    test('of a column it is the column, of one that no feature reads nothing is marked', () => {
      const column = { ...cell, column: 'cost', kind: 'column', value: '5', inputs: {} } as const
      expect(reduce(shown, { kind: 'traced', cell: column })).toMatchObject({ selected: 'margin/cost' })
      const unread = reduce(shown, { kind: 'traced', cell: { ...column, column: 'note' } })
      expect(unread).toMatchObject({ selected: 'risk/score' })
      expect(unread.traced).toBeUndefined()
    })
  })

  test('an error takes the place of the graph until the next one', () => {
    const failed = after({ kind: 'graph', view: twoModels }, { kind: 'error', message: 'No model here.' })
    expect(failed).toMatchObject({ error: 'No model here.', rev: 2 })
    expect(failed.view).toBeUndefined()
    expect(reduce(failed, { kind: 'graph', view: twoModels }).error).toBeUndefined()
  })

  test('what is saved comes back whole, to its own project', () => {
    const state = after(
      { kind: 'graph', view: twoModels },
      { kind: 'choose', node: 'margin/margin' },
      { kind: 'mode', mode: 'downstream' },
      { kind: 'depth', depth: 1 },
      { kind: 'expand', node: 'risk/score' },
      { kind: 'fold', model: 'margin' },
    )
    const back = reduce(nextPage(state), { kind: 'graph', view: twoModels })
    expect(back).toEqual({ ...state, rev: 2 })
    expect(back).toMatchObject({ depth: 1, expanded: ['risk/score'], collapsed: ['margin'] })
    expect(toSave(startState)).toBeUndefined()
    const other = { ...twoModels, project: '/other.json' }
    expect(reduce(nextPage(state), { kind: 'graph', view: other })).toEqual({
      ...after({ kind: 'graph', view: other }),
      rev: 2,
    })
  })
})
