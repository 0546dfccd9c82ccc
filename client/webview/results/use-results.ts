import {
  type ColumnSummary,
  type FromResultsPage,
  isBrief,
  type TableQuestion,
  type ToResultsPage,
  type ViewOptions,
} from '@modeldriver/protocol'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from 'react'
import { useKeep } from '../shared/keep.ts'
import { connect, type Host } from '../shared/vscode.ts'
import { toResultsPage } from './messages.ts'
import { type Found, PageCache, pageRows, type Source, sourceOf } from './pages.ts'
import { type SavedResults, savedResults, type Tab, type TabPlace } from './place.ts'
import type { Span } from './sight.ts'
import {
  currentModel,
  type ResultsAction,
  type ResultsState,
  reduce,
  startState,
  tableOf,
  viewKey,
  viewOf,
} from './state.ts'
import { type Block, type ColumnLayout, isWhole, nextSort, type Table, type TableView } from './views.ts'

export interface Results {
  readonly state: ResultsState
  readonly dispatch: (action: ResultsAction) => void
  readonly post: (message: FromResultsPage) => void
  readonly tables: Tables
}

/** The rows of the run that is shown, as far as they are here, and the ways to see others. */
export interface Tables {
  view(table: Table): TableView
  row(table: Table, row: number): Found | undefined
  /** What the rows that are shown are of. */
  source(table: Table): Source
  /** Some of the rows are not here and come soon: not so while it runs, when nothing is answered. */
  isComing(table: Table, span: Span): boolean
  /** Asks for some of `count` rows, then for those beside them, as far as they are not here. */
  want(table: Table, span: Span, count: number): void
  /** Shows other rows, or another order: what is not said stays. */
  look(table: Table, change: { readonly [K in keyof ViewOptions]: ViewOptions[K] | undefined }): void
  /** Next order of a table when the header of `column` is clicked. */
  toggleSort(table: Table, column: string): void
  arrange(table: Table, layout: ColumnLayout): void
  /** Asks what a block of cells comes to; undefined: nothing is marked any more. */
  select(table: Table, block: Block | undefined, columns: readonly string[]): void
  copy(table: Table, block: Block, columns: readonly string[]): void
  export(table: Table, columns: readonly string[]): void
  /** Asks for what is shown of columns, where it did not come with the run; each is asked once. */
  describe(table: Table, columns: readonly ColumnSummary[]): void
  /** Where the person was in a tab, if they were there; it is kept when they move. */
  place(tab: Tab | Table): TabPlace | undefined
  move(tab: Tab | Table, place: TabPlace): void
  /** Asks what a cell was made from. */
  trace(table: Table, row: number, column: string): void
}

/** Described in one go, so that rows which are asked for meanwhile do not wait for long. */
const describedCells = 200_000

type Unnumbered<Q> = Q extends TableQuestion ? Omit<Q, 'id' | 'run' | 'model'> : never

export type ResultsHost = Host<ToResultsPage, FromResultsPage, SavedResults>

export const connectResults = (): ResultsHost => connect(toResultsPage, savedResults)

export function useResults(host: ResultsHost): Results {
  const [state, dispatch] = useReducer(reduce, startState)
  const [cache] = useState(() => new PageCache())
  // No answer to a question of this page before it was hidden is taken for one to a question of now.
  const questions = useRef(Date.now() * 1000)
  /** Columns whose summaries were asked for. */
  const begun = useRef(new Set<string>())

  /** By `viewKey`. No state: what is drawn knows it already. */
  const places = useRef<Readonly<Record<string, TabPlace>>>({})

  useEffect(() => {
    host.listen((message) => {
      if (message.kind === 'kept') places.current = message.saved.places
      if (message.kind === 'page') cache.put(message.id, message.page)
      if (message.kind === 'ran') cache.clear()
      dispatch(message)
      const lost = message.kind === 'refused' ? cache.refuse(message.id) : undefined
      if (lost !== undefined) dispatch({ kind: 'lost', source: lost })
    })
  }, [host, cache])

  const { run, model, tab, chosen, wantsDetails, details, views } = state
  const hasResults = state.summary !== undefined
  const keep = useCallback(() => {
    // Until there is something to look at, what was kept before stays.
    if (!hasResults) return
    const shown = { ...(run !== undefined && { run }), ...(model !== undefined && { model }) }
    const marked = chosen !== undefined && { chosen }
    host.keep({ ...shown, ...marked, tab, wantsDetails, details, views, places: places.current })
  }, [host, hasResults, run, model, tab, chosen, wantsDetails, details, views])
  const keepAtRest = useKeep(keep)

  const tables = useMemo((): Tables => {
    const of = { run: state.summary?.run ?? '', model: model ?? '' }
    const view = (table: Table) => viewOf(state, table)
    const shown = (table: Table) => {
      const name = view(table).view?.name
      return { ...of, table, ...(name !== undefined && { view: name }) }
    }
    const source = (table: Table) => sourceOf(of.run, of.model, table, view(table).view?.name)
    const ask = (question: Unnumbered<TableQuestion>): number => {
      const id = ++questions.current
      host.post({ ...question, ...of, id } as TableQuestion)
      if (state.running) dispatch({ kind: 'asked' })
      return id
    }
    const look: Tables['look'] = (table, change) => {
      const all = { ...view(table).options, ...change }
      const options = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as ViewOptions
      const asked = isWhole(options) ? 0 : ask({ kind: 'view', table, ...options })
      dispatch({ kind: 'looked', table, options, asked })
    }
    const block = ({ top, bottom, left, right }: Block, columns: readonly string[]) => ({
      offset: top,
      count: bottom - top + 1,
      columns: columns.slice(left, right + 1),
    })
    return {
      view,
      row: (table, row) => cache.row(source(table), row),
      source,
      isComing: (table, { first, last }) => !state.running && cache.lacks(source(table), first, last),
      want: (table, { first, last }, count) => {
        const from = source(table)
        for (const number of cache.next(from, first, last, count)) {
          const { run: _, model: __, ...what } = shown(table)
          const id = ask({ kind: 'page', ...what, offset: number * pageRows, count: pageRows })
          cache.asked(id, from, number)
        }
      },
      look,
      toggleSort: (table, column) => look(table, { sort: nextSort(view(table).options.sort, column) }),
      arrange: (table, layout) => dispatch({ kind: 'arranged', table, layout }),
      select: (table, marked, columns) => {
        const asked = marked && ask({ kind: 'range', as: 'statistics', ...shown(table), ...block(marked, columns) })
        dispatch({ kind: 'selected', asked })
      },
      copy: (table, marked, columns) => host.post({ kind: 'copy', ...shown(table), ...block(marked, columns) }),
      export: (table, columns) => host.post({ kind: 'export', ...shown(table), columns }),
      describe: (table, columns) => {
        const key = (name: string) => JSON.stringify([of.run, of.model, table, name])
        const names = columns.filter(isBrief).map(({ name }) => name)
        const fresh = names.filter((name) => !begun.current.has(key(name)))
        if (fresh.length === 0) return
        for (const name of fresh) begun.current.add(key(name))
        const shownModel = currentModel(state)
        const rows = (shownModel && tableOf(shownModel, table)?.count) ?? 0
        const most = Math.max(1, Math.floor(describedCells / rows))
        for (let at = 0; at < fresh.length; at += most)
          ask({ kind: 'columns', table, columns: fresh.slice(at, at + most) })
      },
      place: (of) => places.current[viewKey(model ?? '', of)],
      move: (of, place) => {
        places.current = { ...places.current, [viewKey(model ?? '', of)]: place }
        keepAtRest()
      },
      trace: (table, row, column) =>
        dispatch({ kind: 'traced', asked: ask({ kind: 'trace', ...shown(table), row, column }) }),
    }
  }, [host, cache, state, model, keepAtRest])

  // After another run, or a reload of the window: the rows that were looked at are asked for again.
  const renew = tables.look
  const open = (['rows', 'groups'] as const).filter((table) => {
    const { options, asked } = tables.view(table)
    return state.summary !== undefined && asked === undefined && !isWhole(options)
  })
  useEffect(() => {
    for (const table of open) renew(table, {})
  })

  return { state, dispatch, post: host.post, tables }
}

const roomy = globalThis.matchMedia?.('(min-width: 900px)')

/** There is room for the details beside the grid. */
export function useIsRoomy(): boolean {
  return useSyncExternalStore(
    (changed) => {
      roomy?.addEventListener('change', changed)
      return () => roomy?.removeEventListener('change', changed)
    },
    () => roomy?.matches ?? true,
  )
}
