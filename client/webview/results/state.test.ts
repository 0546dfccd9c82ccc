import { describe, expect, test } from 'vitest'
import { currentModel, failures, nextSort, type ResultsAction, reduce, sortKey, startState } from './state.ts'
import { sales, summary } from './summary.fixture.ts'

const after = (...actions: ResultsAction[]) => actions.reduce(reduce, startState)

describe('results page', () => {
  test('shows the last model of the first run, then the one that was chosen', () => {
    const first = after({ kind: 'running', model: 'sales' }, { kind: 'ran', summary })
    expect(first).toMatchObject({ running: false, model: 'sales', tab: 'rows', rev: 2 })
    const again = after({ kind: 'ran', summary }, { kind: 'model', model: 'cleaned' }, { kind: 'ran', summary })
    expect(currentModel(again)?.model).toBe('cleaned')
  })

  test.each([
    ['margin', 'rows'],
    ['total', 'groups'],
    ['broken', 'features'],
  ])('the feature %s that was run is shown among the %s', (feature, tab) => {
    const state = after({ kind: 'ran', summary, show: { model: 'sales', feature } })
    expect(state).toMatchObject({ model: 'sales', tab, chosen: feature, reveal: 1 })
  })

  test('what the run chose opens no details by itself where there is little room; what a person chooses does', () => {
    const ran = after({ kind: 'ran', summary, show: { model: 'sales', feature: 'total' } })
    expect(ran.wantsDetails).toBe(false)
    expect(reduce(ran, { kind: 'choose', column: 'total' }).wantsDetails).toBe(true)
  })

  test('a tab that does not have the chosen column has none chosen', () => {
    const groups = after({ kind: 'ran', summary, show: { model: 'sales', feature: 'total' } })
    expect(reduce(groups, { kind: 'tab', tab: 'features' }).chosen).toBe('total')
    const rows = after({ kind: 'ran', summary, show: { model: 'sales', feature: 'margin' } })
    expect(reduce(rows, { kind: 'tab', tab: 'groups' }).chosen).toBeUndefined()
  })

  test('a model without groups shows its rows', () => {
    const state = after({ kind: 'ran', summary }, { kind: 'tab', tab: 'groups' }, { kind: 'model', model: 'cleaned' })
    expect(state).toMatchObject({ model: 'cleaned', tab: 'rows' })
  })

  test('while it runs again the old result stays; an error keeps it too', () => {
    const state = after({ kind: 'ran', summary }, { kind: 'running' })
    expect(state).toMatchObject({ running: true, summary })
    const failed = reduce(state, { kind: 'error', message: 'The run was stopped.' })
    expect(failed).toMatchObject({ running: false, error: 'The run was stopped.', summary })
    expect(reduce(failed, { kind: 'running' }).error).toBeUndefined()
  })

  test('a sorted view is taken by the question it answers, and forgotten with the run', () => {
    const key = sortKey('sales', 'rows')
    const asked = after(
      { kind: 'ran', summary },
      { kind: 'sorted', table: 'rows', sort: { column: 'margin', descending: false, asked: 4 } },
    )
    expect(reduce(asked, { kind: 'view', id: 3, view: 'old' }).sorts[key]?.view).toBeUndefined()
    const sorted = reduce(asked, { kind: 'view', id: 4, view: 'v4' })
    expect(sorted.sorts[key]).toMatchObject({ column: 'margin', view: 'v4' })
    expect(reduce(sorted, { kind: 'ran', summary }).sorts).toEqual({})
    expect(reduce(sorted, { kind: 'sorted', table: 'rows', sort: undefined }).sorts).toEqual({})
  })

  test('a header sorts up, down, not at all', () => {
    const up = nextSort(undefined, 'margin')
    expect(up).toEqual({ column: 'margin', descending: false })
    const down = nextSort(up && { ...up, asked: 1 }, 'margin')
    expect(down).toEqual({ column: 'margin', descending: true })
    expect(nextSort(down && { ...down, asked: 2 }, 'margin')).toBeUndefined()
    expect(nextSort(down && { ...down, asked: 2 }, 'total')).toEqual({ column: 'total', descending: false })
  })

  test('what failed is told from what waits for it', () => {
    expect(failures(sales)).toEqual({ failed: 1, waiting: 1 })
  })
})
