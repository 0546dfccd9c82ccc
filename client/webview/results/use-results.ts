import type { FromResultsPage, ToResultsPage } from '@modeldriver/protocol'
import { useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from 'react'
import { oneOf, optional, shape, text } from '../shared/shape.ts'
import { connect } from '../shared/vscode.ts'
import { toResultsPage } from './messages.ts'
import { type Found, PageCache, pageRows, type Source, sourceOf } from './pages.ts'
import {
  nextSort,
  type ResultsAction,
  type ResultsState,
  reduce,
  restored,
  type SavedResults,
  type Sort,
  sortKey,
  type Table,
} from './state.ts'

export interface Results {
  readonly state: ResultsState
  readonly dispatch: (action: ResultsAction) => void
  readonly post: (message: FromResultsPage) => void
  readonly tables: Tables
}

/** The rows of the run that is shown, as far as they are here, and the way to get more. */
export interface Tables {
  row(source: Source, row: number): Found | undefined
  /** Asks for the pages of rows `first` to `last` that are not here. */
  want(table: Table, sort: Sort | undefined, first: number, last: number): void
  source(table: Table, sort: Sort | undefined): Source
  sortOf(table: Table): Sort | undefined
  /** Next order of a table when the header of `column` is clicked. */
  toggleSort(table: Table, column: string): void
}

const savedResults = shape<SavedResults>({ model: optional(text), tab: oneOf('rows', 'groups', 'features') })

export function useResults(): Results {
  const receive = useRef<(message: ToResultsPage) => void>(() => {})
  const [host] = useState(() =>
    connect<ToResultsPage, FromResultsPage, SavedResults>(toResultsPage, savedResults, (message) =>
      receive.current(message),
    ),
  )
  const [saved] = useState(() => host.restore())
  const [state, dispatch] = useReducer(reduce, saved, restored)
  const [cache] = useState(() => new PageCache())
  const questions = useRef(0)

  useEffect(() => {
    receive.current = (message) => {
      if (message.kind === 'page') cache.put(message.id, message.page)
      if (message.kind === 'ran') cache.clear()
      dispatch(message)
    }
    host.post({ kind: 'ready' })
  }, [host, cache])

  const { model, tab, summary, sorts } = state
  useEffect(() => host.save({ tab, ...(model === undefined ? {} : { model }) }), [host, model, tab])

  const tables = useMemo((): Tables => {
    const run = summary?.run ?? ''
    const ofModel = model ?? ''
    const source = (table: Table, sort: Sort | undefined) => sourceOf(run, ofModel, table, sort?.view)
    const sortOf = (table: Table) => sorts[sortKey(ofModel, table)]
    return {
      row: (from, row) => cache.row(from, row),
      source,
      sortOf,
      want: (table, sort, first, last) => {
        const from = source(table, sort)
        for (const number of cache.missing(from, first, last)) {
          const id = ++questions.current
          cache.asked(id, from, number)
          const view = sort?.view === undefined ? {} : { view: sort.view }
          host.post({
            kind: 'page',
            id,
            run,
            model: ofModel,
            table,
            ...view,
            offset: number * pageRows,
            count: pageRows,
          })
        }
      },
      toggleSort: (table, column) => {
        const next = nextSort(sortOf(table), column)
        if (!next) return dispatch({ kind: 'sorted', table, sort: undefined })
        const id = ++questions.current
        dispatch({ kind: 'sorted', table, sort: { ...next, asked: id } })
        host.post({ kind: 'sort', id, run, model: ofModel, table, ...next })
      },
    }
  }, [host, cache, summary, model, sorts])

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
