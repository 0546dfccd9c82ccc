import type { ModelSummary } from '@modeldriver/protocol'
import { describe, expect, test } from 'vitest'
import { sourceOf } from './pages.ts'
import type { Tab } from './place.ts'
import { currentModel, failures, type ResultsAction, reduce, startState, viewKey, viewOf } from './state.ts'
import { cleaned, column, sales, summary } from './summary.fixture.ts'
import { type TableView, wholeTable } from './views.ts'

const saved = {
  run: summary.run,
  model: 'sales',
  tab: 'rows',
  wantsDetails: false,
  details: {},
  views: {},
  places: {},
} as const

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

  const grown = (table: 'rows' | 'groups', ...addedColumns: string[]): typeof summary => {
    const changes = { addedRows: 0, removedRows: 0, cells: {}, addedColumns, removedColumns: [] }
    return { ...summary, run: 'run2', models: [cleaned, { ...sales, [table]: { ...sales[table], changes } }] }
  }

  test('a feature that the run before did not have is shown, unless another was asked for', () => {
    const show = { model: 'sales' }
    const ran = after({ kind: 'ran', summary }, { kind: 'ran', summary: grown('rows', 'pin', 'margin'), show })
    expect(ran).toMatchObject({ tab: 'rows', chosen: 'margin', reveal: 1 })
    const asked = { model: 'sales', feature: 'total' }
    expect(after({ kind: 'ran', summary: grown('rows', 'margin'), show: asked }).chosen).toBe('total')
    expect(after({ kind: 'ran', summary: grown('rows', 'pin'), show })).toMatchObject({ reveal: 0 })
  })

  test('a run that nobody asked for shows it where it is, and turns to no other table', () => {
    const groups = grown('groups', 'total')
    expect(after({ kind: 'ran', summary: groups, show: { model: 'sales' } })).toMatchObject({
      tab: 'groups',
      reveal: 1,
    })
    expect(after({ kind: 'ran', summary: groups })).toMatchObject({ tab: 'rows', reveal: 0 })
    const there = after({ kind: 'ran', summary }, { kind: 'tab', tab: 'groups' }, { kind: 'ran', summary: groups })
    expect(there).toMatchObject({ tab: 'groups', chosen: 'total', reveal: 1 })
  })

  test('a page that is there again shows what was looked at; after another run, too', () => {
    const kept: ResultsAction = { kind: 'kept', saved: { ...saved, chosen: 'margin', wantsDetails: true } }
    const show = { model: 'sales', feature: 'total' }
    const looked = { tab: 'rows', chosen: 'margin', wantsDetails: true, reveal: 0 }
    expect(after(kept, { kind: 'ran', summary, show })).toMatchObject(looked)
    const again = { ...summary, run: 'run2' }
    expect(after(kept, { kind: 'ran', summary: again, show: { model: 'sales' } })).toMatchObject(looked)
    expect(after(kept, { kind: 'ran', summary: again, show }).chosen).toBe('total')
  })

  test('each tab has its own details', () => {
    const state = after(
      { kind: 'ran', summary },
      { kind: 'choose', column: 'margin' },
      { kind: 'tab', tab: 'groups' },
      { kind: 'choose', column: 'total' },
      { kind: 'tab', tab: 'features' },
      { kind: 'choose', column: undefined },
    )
    const turned = (tab: Tab) => reduce(state, { kind: 'tab', tab })
    expect(turned('rows')).toMatchObject({ chosen: 'margin', wantsDetails: true })
    expect(turned('groups')).toMatchObject({ chosen: 'total', wantsDetails: true })
    expect(reduce(turned('rows'), { kind: 'tab', tab: 'features' }).chosen).toBeUndefined()
    const other = reduce(state, { kind: 'model', model: 'cleaned' })
    expect(other.chosen).toBeUndefined()
    expect(reduce(reduce(other, { kind: 'tab', tab: 'rows' }), { kind: 'model', model: 'sales' }).chosen).toBe('margin')
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
    const failed = reduce(state, { kind: 'error', problems: [{ message: 'The run was stopped.' }] })
    expect(failed).toMatchObject({ running: false, error: [{ message: 'The run was stopped.' }], summary })
    expect(reduce(failed, { kind: 'running' }).error).toBeUndefined()
    expect(failed.isGone).toBe(false)
    expect(
      reduce(state, { kind: 'error', problems: [{ message: 'The process has ended.' }], isGone: true }).isGone,
    ).toBe(true)
  })

  test('what is asked while it runs waits for its end', () => {
    const asked = after({ kind: 'ran', summary }, { kind: 'running' }, { kind: 'asked' })
    expect(asked.isWaiting).toBe(true)
    expect(reduce(asked, { kind: 'ran', summary }).isWaiting).toBe(false)
    expect(reduce(asked, { kind: 'error', problems: [{ message: 'The run was cancelled.' }] }).isWaiting).toBe(false)
    expect(after({ kind: 'ran', summary }, { kind: 'asked' }).isWaiting).toBe(false)
  })

  test('a view is taken by the question it answers; after another run its rows are asked for again', () => {
    const options = { sort: { column: 'margin', descending: false }, filter: 'margin > 0' }
    const asked = after({ kind: 'ran', summary }, { kind: 'looked', table: 'rows', options, asked: 4 })
    expect(viewOf(reduce(asked, { kind: 'view', id: 3, view: 'old', count: 9 }), 'rows').view).toBeUndefined()
    const seen = reduce(asked, { kind: 'view', id: 4, view: 'v4', count: 2 })
    expect(viewOf(seen, 'rows')).toMatchObject({ options, view: { name: 'v4', count: 2 } })
    const again = { ...summary, run: 'run2' }
    expect(viewOf(reduce(seen, { kind: 'ran', summary: again }), 'rows')).toEqual({
      options,
      layout: wholeTable.layout,
    })
    expect(viewOf(reduce(seen, { kind: 'looked', table: 'rows', options: {}, asked: 0 }), 'rows')).toEqual(wholeTable)
  })

  test('what is known of more columns later takes its place, in the run that it is about', () => {
    const later = column('margin', { isLater: true })
    const wide = { ...sales, rows: { ...sales.rows, columns: [later, column('total')] } }
    const state = after({ kind: 'ran', summary: { ...summary, models: [cleaned, wide] } })
    const columns = [column('margin', { missing: 2 }), column('nowhere')]
    const answer = { kind: 'columns', id: 1, run: summary.run, model: 'sales', table: 'rows', columns } as const
    const known = reduce(state, answer)
    expect(known.summary?.models).toEqual([
      cleaned,
      { ...wide, rows: { ...wide.rows, columns: [columns[0], column('total')] } },
    ])
    expect(known.rev).toBe(state.rev + 1)
    expect(reduce(state, { ...answer, run: 'another' }).summary).toBe(state.summary)
  })

  test('the bars of the run before stand until those of this one are there', () => {
    const bars = { distinct: 3, median: 2, histogram: { from: 0, to: 4, counts: [1, 2] } }
    const before = { ...sales, rows: { ...sales.rows, columns: [column('margin', { min: 0, max: 4, ...bars })] } }
    const now = (more: Parameters<typeof column>[1]) => ({
      ...sales,
      rows: { ...sales.rows, columns: [column('margin', more)] },
    })
    const marginOf = (next: ReturnType<typeof now>) => {
      const ran = (model: ModelSummary) => ({ kind: 'ran', summary: { ...summary, models: [model] } }) as const
      return after(ran(before), ran(next)).summary?.models[0]?.rows.columns[0]
    }
    expect(marginOf(now({ min: 1, max: 9 }))).toEqual(column('margin', { min: 1, max: 9, ...bars }))
    expect(marginOf(now({ distinct: 0 }))).toEqual(column('margin', { distinct: 0 }))
    expect(marginOf(now({ isLater: true }))).toEqual(column('margin', { isLater: true }))
    expect(marginOf(now({ type: 'date', min: 1, max: 9 }))).toEqual(column('margin', { type: 'date', min: 1, max: 9 }))
  })

  test('a refused filter leaves the rows that are shown, and says why', () => {
    const state = after(
      { kind: 'ran', summary },
      { kind: 'looked', table: 'rows', options: { filter: 'margin > 0' }, asked: 1 },
      { kind: 'view', id: 1, view: 'v1', count: 2 },
      { kind: 'looked', table: 'rows', options: { filter: 'margn > 0' }, asked: 2 },
      { kind: 'refused', id: 2, message: "There is no column 'margn'." },
    )
    expect(viewOf(state, 'rows')).toMatchObject({ view: { name: 'v1' }, refusal: "There is no column 'margn'." })
    const mended = reduce(state, { kind: 'looked', table: 'rows', options: { filter: 'margin > 1' }, asked: 3 })
    expect(viewOf(mended, 'rows').refusal).toBeUndefined()
  })

  test('rows that are no longer kept are asked for again, those of the other table stay', () => {
    const options = { filter: 'margin > 0' }
    const state = after(
      { kind: 'ran', summary, show: { model: 'sales' } },
      { kind: 'looked', table: 'rows', options, asked: 1 },
      { kind: 'looked', table: 'groups', options, asked: 2 },
      { kind: 'view', id: 1, view: 'v1', count: 2 },
      { kind: 'view', id: 2, view: 'v2', count: 1 },
    )
    const lost = reduce(state, { kind: 'lost', source: sourceOf(summary.run, 'sales', 'rows', 'v1') })
    expect(viewOf(lost, 'rows')).toEqual({ options, layout: wholeTable.layout })
    expect(viewOf(lost, 'groups')).toMatchObject({ asked: 2, view: { name: 'v2' } })
    expect(reduce(lost, { kind: 'lost', source: sourceOf(summary.run, 'sales', 'rows', undefined) }).views).toEqual(
      lost.views,
    )
  })

  test('what the cell before was made from is not shown for one that cannot be traced', () => {
    const trace = { column: 'margin', kind: 'row', table: 'rows', row: 0, inputs: [] } as const
    const traced = after({ kind: 'ran', summary }, { kind: 'traced', asked: 1 }, { kind: 'trace', id: 1, trace })
    const refused = reduce(reduce(traced, { kind: 'traced', asked: 2 }), { kind: 'refused', id: 2, message: 'Gone.' })
    expect(refused.trace).toBeUndefined()
  })

  test('an input of a cell is followed to its own, in the whole table, though it was hidden and filtered away', () => {
    const state = after(
      { kind: 'ran', summary, show: { model: 'sales', feature: 'margin' } },
      { kind: 'looked', table: 'groups', options: { filter: 'total > 9' }, asked: 1 },
      { kind: 'arranged', table: 'groups', layout: { hidden: ['total'], order: [] } },
      { kind: 'follow', table: 'groups', row: 1, column: 'total' },
    )
    expect(state).toMatchObject({ tab: 'groups', chosen: 'total', revealRow: 1, reveal: 2 })
    expect(viewOf(state, 'groups')).toEqual(wholeTable)
    expect(reduce(state, { kind: 'tab', tab: 'rows' }).chosen).toBe('margin')
  })

  test('answers about cells that are not marked any more are dropped', () => {
    const statistics = { cells: 2, count: 2, numbers: 2, sum: 3, mean: 1.5, min: 1, max: 2 }
    const marked = after({ kind: 'ran', summary }, { kind: 'selected', asked: 5 })
    expect(reduce(marked, { kind: 'statistics', id: 4, statistics }).selection?.answer).toBeUndefined()
    const answered = reduce(marked, { kind: 'statistics', id: 5, statistics })
    expect(answered.selection?.answer).toEqual(statistics)
    expect(reduce(answered, { kind: 'tab', tab: 'groups' }).selection).toBeUndefined()
  })

  test('the ways to look are kept over a reload; their rows as long as the run is the same', () => {
    const key = viewKey('sales', 'rows')
    const layout = { hidden: ['total'], order: ['margin'] }
    const options = { filter: 'margin > 0', group: 1 }
    const back = (view: TableView, run: string) =>
      after(
        { kind: 'kept', saved: { ...saved, views: { [key]: view } } },
        { kind: 'ran', summary: { ...summary, run } },
      ).views[key]
    const answered = { options, layout, asked: 7, view: { name: 'v', count: 1, asked: 7 } }
    expect(back(answered, summary.run)).toEqual(answered)
    expect(back(answered, 'run2')).toEqual({ options: { filter: 'margin > 0' }, layout })
    const { asked: _, ...unanswered } = answered
    expect(back({ ...answered, asked: 8 }, summary.run)).toEqual(unanswered)
    const refused = { ...answered, asked: 8, refusal: "There is no column 'margn'." }
    expect(back(refused, summary.run)).toEqual(refused)
  })

  test('what failed is told from what waits for it', () => {
    expect(failures(sales)).toEqual({ failed: 1, waiting: 1 })
  })
})
