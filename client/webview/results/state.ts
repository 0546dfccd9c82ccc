import type { FromResultsPage, ModelSummary, RunSummary, TableSummary, ToResultsPage } from '@modeldriver/protocol'

export type Table = Extract<FromResultsPage, { kind: 'page' }>['table']
export type Tab = 'rows' | 'groups' | 'features'

export interface Sort {
  readonly column: string
  readonly descending: boolean
  /** Id of the question that asked for the sorted view. */
  readonly asked: number
  /** Name of the sorted view, once it is there. */
  readonly view?: string
}

export interface ResultsState {
  readonly running: boolean
  readonly runningModel?: string
  readonly summary?: RunSummary
  readonly error?: string
  readonly model?: string
  readonly tab: Tab
  /** The column or feature that is marked, and that the panel describes. */
  readonly chosen?: string
  /** The person chose it, not the run: its details are wanted even where there is little room. */
  readonly wantsDetails: boolean
  /** Sort order of each table, by `sortKey`. */
  readonly sorts: Readonly<Record<string, Sort>>
  /** Grows when the host chose a column, so that the grid brings it into sight. */
  readonly reveal: number
  /** Messages of the host that are taken in. */
  readonly rev: number
}

export type ResultsAction =
  | ToResultsPage
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'tab'; readonly tab: Tab }
  | { readonly kind: 'choose'; readonly column: string | undefined }
  | { readonly kind: 'sorted'; readonly table: Table; readonly sort: Sort | undefined }

/** What is kept while the page is hidden and over a reload of the window. */
export interface SavedResults {
  readonly model?: string
  readonly tab: Tab
}

export const startState: ResultsState = {
  running: false,
  tab: 'rows',
  wantsDetails: false,
  sorts: {},
  reveal: 0,
  rev: 0,
}

export const restored = (saved: SavedResults | undefined): ResultsState => ({ ...startState, ...saved })

export const sortKey = (model: string, table: Table): string => JSON.stringify([model, table])

export function reduce(state: ResultsState, action: ResultsAction): ResultsState {
  switch (action.kind) {
    case 'running': {
      const { error: _, runningModel: __, ...rest } = state
      const model = action.model === undefined ? {} : { runningModel: action.model }
      return { ...rest, ...model, running: true, rev: state.rev + 1 }
    }
    case 'ran':
      return takeSummary({ ...state, rev: state.rev + 1 }, action.summary, action.show)
    case 'error':
      return { ...state, running: false, error: action.message, rev: state.rev + 1 }
    case 'page':
      return { ...state, rev: state.rev + 1 }
    case 'view':
      return { ...state, sorts: withView(state.sorts, action.id, action.view), rev: state.rev + 1 }
    case 'model': {
      const { chosen: _, ...rest } = state
      return fitTab({ ...rest, model: action.model })
    }
    case 'tab':
      return fitChosen({ ...state, tab: action.tab })
    case 'choose': {
      const { chosen: _, ...rest } = state
      return action.column === undefined ? rest : { ...rest, chosen: action.column, wantsDetails: true }
    }
    case 'sorted': {
      if (state.model === undefined) return state
      const { [sortKey(state.model, action.table)]: _, ...others } = state.sorts
      const sorts = action.sort ? { ...others, [sortKey(state.model, action.table)]: action.sort } : others
      return { ...state, sorts }
    }
  }
}

export function currentModel({ summary, model }: ResultsState): ModelSummary | undefined {
  return summary?.models.find((each) => each.model === model)
}

export function tableOf(model: ModelSummary, tab: Tab): TableSummary | undefined {
  if (tab === 'rows') return model.rows
  return tab === 'groups' ? model.groups : undefined
}

/** Features that failed themselves, and those that could not be computed because an input failed. */
export function failures({ features }: ModelSummary): { readonly failed: number; readonly waiting: number } {
  const errors = features.flatMap(({ error }) => error ?? [])
  const failed = errors.filter(({ cause }) => cause === undefined).length
  return { failed, waiting: errors.length - failed }
}

/** A click on a header: ascending, then descending, then as computed. */
export function nextSort(before: Sort | undefined, column: string): Pick<Sort, 'column' | 'descending'> | undefined {
  if (before?.column !== column) return { column, descending: false }
  return before.descending ? undefined : { column, descending: true }
}

type Show = Extract<ToResultsPage, { kind: 'ran' }>['show']

/** A new run forgets the order of the old one (its views are gone) and keeps what was looked at. */
function takeSummary(state: ResultsState, summary: RunSummary, show: Show): ResultsState {
  const { error: _, runningModel: __, model, ...rest } = state
  const names = summary.models.map((each) => each.model)
  const wanted = [show?.model, model, names.at(-1)].find((name) => name !== undefined && names.includes(name))
  const next = { ...rest, summary, running: false, sorts: {}, ...(wanted === undefined ? {} : { model: wanted }) }
  return fitTab(show?.feature === undefined ? next : showFeature(next, show.feature))
}

function showFeature(state: ResultsState, feature: string): ResultsState {
  const model = currentModel(state)
  const found = model?.features.find((each) => each.feature === feature)
  const has = (table: TableSummary | undefined) => table?.columns.some(({ name }) => name === feature) ?? false
  const isGroup = found?.level === 'group'
  const tab: Tab = isGroup && has(model?.groups) ? 'groups' : has(model?.rows) ? 'rows' : 'features'
  return { ...state, tab, chosen: feature, wantsDetails: false, reveal: state.reveal + 1 }
}

/** A model without groups has no such tab. */
function fitTab(state: ResultsState): ResultsState {
  const model = currentModel(state)
  return fitChosen(state.tab === 'groups' && model && !model.groups ? { ...state, tab: 'rows' } : state)
}

/** What the tab does not show is not chosen in it. */
function fitChosen(state: ResultsState): ResultsState {
  const { chosen, ...rest } = state
  const model = currentModel(state)
  if (chosen === undefined || !model) return state
  const table = tableOf(model, state.tab)
  const isShown = table
    ? table.columns.some(({ name }) => name === chosen)
    : model.features.some(({ feature }) => feature === chosen)
  return isShown ? state : rest
}

function withView(sorts: ResultsState['sorts'], id: number, view: string): ResultsState['sorts'] {
  return Object.fromEntries(
    Object.entries(sorts).map(([key, sort]) => [key, sort.asked === id ? { ...sort, view } : sort]),
  )
}
