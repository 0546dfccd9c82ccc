import {
  type DescribedColumns,
  isBrief,
  type ModelSummary,
  type RangeStatistics,
  type RunProblem,
  type RunSummary,
  type TableSummary,
  type ToResultsPage,
  type Trace,
  type ViewOptions,
} from '@modeldriver/protocol'
import type { Kept } from '../shared/vscode.ts'
import { type Source, sourceOf } from './pages.ts'
import type { Looks, SavedResults, Tab } from './place.ts'
import {
  answered,
  type ColumnLayout,
  looked,
  renewed,
  resumed,
  type Table,
  type TableView,
  wholeTable,
} from './views.ts'

export interface ResultsState extends Looks {
  readonly running: boolean
  readonly runningModel?: string
  /** Something was asked while it runs: the process that runs answers when it has ended. */
  readonly isWaiting: boolean
  readonly summary?: RunSummary
  /** Why there is no result of the last run. */
  readonly error?: readonly RunProblem[]
  /** There was one. */
  readonly isGone: boolean
  /** Grows when the chosen column is to be brought into sight, at this row. */
  readonly reveal: number
  readonly revealRow: number
  /** What the marked cells come to, once that is there. */
  readonly selection?: Answer<RangeStatistics>
  /** What the active cell was made from, once that is there. */
  readonly trace?: Answer<Trace>
  /** Said once, until something else happens. */
  readonly said?: string
  /** Messages of the host that are taken in. */
  readonly rev: number
}

/** An answer of the runner, and the id of its question. */
export interface Answer<T> {
  readonly asked: number
  readonly answer?: T
}

export type ResultsAction =
  | ToResultsPage
  /** How things were when the page was hidden, or the window reloaded. */
  | Kept<SavedResults>
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'tab'; readonly tab: Tab }
  | { readonly kind: 'choose'; readonly column: string | undefined }
  | { readonly kind: 'asked' }
  /** Other rows of a table, or another order. */
  | { readonly kind: 'looked'; readonly table: Table; readonly options: ViewOptions; readonly asked: number }
  /** The rows that are shown are no longer kept: they have to be asked for again. */
  | { readonly kind: 'lost'; readonly source: Source }
  | { readonly kind: 'arranged'; readonly table: Table; readonly layout: ColumnLayout }
  | { readonly kind: 'selected'; readonly asked: number | undefined }
  | { readonly kind: 'traced'; readonly asked: number | undefined }
  /** Shows one cell of a table, as it is looked at. */
  | { readonly kind: 'reveal'; readonly table: 'rows' | 'groups'; readonly row: number; readonly column: string }
  /** Shows one cell of a table as it was computed. */
  | { readonly kind: 'follow'; readonly table: 'rows' | 'groups'; readonly row: number; readonly column: string }

export const startState: ResultsState = {
  running: false,
  isWaiting: false,
  isGone: false,
  tab: 'rows',
  wantsDetails: false,
  details: {},
  views: {},
  reveal: 0,
  revealRow: 0,
  rev: 0,
}

export const viewKey = (model: string, table: Table | Tab): string => JSON.stringify([model, table])

export function reduce(state: ResultsState, action: ResultsAction): ResultsState {
  switch (action.kind) {
    case 'kept': {
      const { places: _, ...saved } = action.saved
      return { ...state, ...saved, rev: state.rev + 1 }
    }
    case 'running': {
      const { error: _, runningModel: __, ...rest } = state
      const model = action.model === undefined ? {} : { runningModel: action.model }
      return { ...rest, ...model, running: true, isWaiting: false, rev: state.rev + 1 }
    }
    case 'ran':
      return takeSummary({ ...state, rev: state.rev + 1 }, action.summary, action.show)
    case 'error':
      return {
        ...state,
        running: false,
        isWaiting: false,
        error: action.problems,
        isGone: action.isGone ?? false,
        rev: state.rev + 1,
      }
    case 'page':
      return { ...state, rev: state.rev + 1 }
    case 'view':
    case 'refused':
    case 'statistics':
    case 'trace':
      return { ...takeAnswer(state, action), rev: state.rev + 1 }
    case 'columns':
      return { ...state, ...(state.summary && { summary: described(state.summary, action) }), rev: state.rev + 1 }
    case 'done':
      return { ...state, said: action.message, rev: state.rev + 1 }
    case 'model': {
      const { chosen: _, ...rest } = clear(leave(state))
      return fitTab(enter({ ...rest, model: action.model }))
    }
    case 'tab':
      return fitChosen(enter({ ...clear(leave(state)), tab: action.tab }))
    case 'choose': {
      const { chosen: _, ...rest } = state
      return action.column === undefined ? rest : { ...rest, chosen: action.column, wantsDetails: true }
    }
    case 'asked':
      return state.running ? { ...state, isWaiting: true } : state
    case 'looked':
      return withView(clear(state), action.table, (view) => looked(view, action.options, action.asked))
    case 'lost':
      return lose(clear(state), action.source)
    case 'arranged':
      return withView(state, action.table, (view) => ({ ...view, layout: action.layout }))
    case 'selected': {
      const { selection: _, said: __, ...rest } = state
      return action.asked === undefined ? rest : { ...rest, selection: { asked: action.asked } }
    }
    case 'traced': {
      const { trace, ...rest } = state
      if (action.asked === undefined) return rest
      return { ...rest, trace: { ...trace, asked: action.asked } }
    }
    case 'follow': {
      const whole = withView(state, action.table, ({ layout }) => ({
        options: {},
        layout: { ...layout, hidden: layout.hidden.filter((name) => name !== action.column) },
      }))
      return reduce(whole, { ...action, kind: 'reveal' })
    }
    case 'reveal': {
      const { table, row, column } = action
      return { ...clear(leave(state)), tab: table, chosen: column, reveal: state.reveal + 1, revealRow: row }
    }
  }
}

/** The summary with what is known of more columns. */
export function described(summary: RunSummary, { run, model, table, columns }: DescribedColumns): RunSummary {
  if (summary.run !== run) return summary
  const byName = new Map(columns.map((column) => [column.name, column]))
  const models = summary.models.map((each) => {
    const known = tableOf(each, table)
    if (each.model !== model || !known) return each
    return { ...each, [table]: { ...known, columns: known.columns.map((column) => byName.get(column.name) ?? column) } }
  })
  return { ...summary, models }
}

export function currentModel({ summary, model }: ResultsState): ModelSummary | undefined {
  return summary?.models.find((each) => each.model === model)
}

export function tableOf(model: ModelSummary, tab: Tab | Table): TableSummary | undefined {
  if (tab === 'rows') return model.rows
  return tab === 'groups' ? model.groups : undefined
}

/** Features that failed themselves, and those that could not be computed because an input failed. */
export function failures({ features }: ModelSummary): { readonly failed: number; readonly waiting: number } {
  const errors = features.flatMap(({ error }) => error ?? [])
  const failed = errors.filter(({ cause }) => cause === undefined).length
  return { failed, waiting: errors.length - failed }
}

type Show = Extract<ToResultsPage, { kind: 'ran' }>['show']

/** What was looked at stays; its rows, where they were those of an old run, are asked for again. */
function takeSummary(state: ResultsState, summary: RunSummary, show: Show): ResultsState {
  const { error: _, runningModel: __, model, run: ___, ...rest } = clear(state)
  const names = summary.models.map((each) => each.model)
  const wanted = [show?.model, model, names.at(-1)].find((name) => name !== undefined && names.includes(name))
  const { run } = summary
  const views = mapViews(state.views, run === state.run ? resumed : renewed)
  const known = withBars(summary, state.summary)
  const next = {
    ...rest,
    summary: known,
    run,
    running: false,
    isWaiting: false,
    views,
    ...(wanted === undefined ? {} : { model: wanted }),
  }
  const feature = run === state.run ? undefined : (show?.feature ?? newFeature(next, show !== undefined))
  return fitTab(feature === undefined ? next : showFeature(leave(next), feature))
}

/** A feature that the run before did not have: of the table that is shown, else of the other one when that may be turned to. */
function newFeature(state: ResultsState, mayTurn: boolean): string | undefined {
  const model = currentModel(state)
  const added = (table: TableSummary | undefined) =>
    table?.changes?.addedColumns.find((name) => model?.features.some(({ feature }) => feature === name))
  const here = model && added(tableOf(model, state.tab))
  return here ?? (mayTurn ? (added(model?.rows) ?? added(model?.groups)) : undefined)
}

/** Until the bars of this run are there, those of the run before are shown: headers do not flicker. */
function withBars(summary: RunSummary, before: RunSummary | undefined): RunSummary {
  const models = summary.models.map((model) => {
    const old = before?.models.find((each) => each.model === model.model)
    const bars = (table: TableSummary, shown: TableSummary | undefined): TableSummary => {
      const columns = table.columns.map((column) => {
        const was = shown?.columns.find(({ name, type }) => name === column.name && type === column.type)
        return isBrief(column) && was && !column.isLater && !was.isLater ? { ...was, ...column } : column
      })
      return { ...table, columns }
    }
    return {
      ...model,
      rows: bars(model.rows, old?.rows),
      ...(model.groups && { groups: bars(model.groups, old?.groups) }),
    }
  })
  return { ...summary, models }
}

function showFeature(state: ResultsState, feature: string): ResultsState {
  const model = currentModel(state)
  const found = model?.features.find((each) => each.feature === feature)
  const has = (table: TableSummary | undefined) => table?.columns.some(({ name }) => name === feature) ?? false
  const isGroup = found?.level === 'group'
  const tab: Tab = isGroup && has(model?.groups) ? 'groups' : has(model?.rows) ? 'rows' : 'features'
  return { ...state, tab, chosen: feature, wantsDetails: false, reveal: state.reveal + 1, revealRow: 0 }
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

/** The details of a tab are those of its own. */
function leave(state: ResultsState): ResultsState {
  const { details, model, tab, chosen, wantsDetails } = state
  if (model === undefined) return state
  const own = { wantsDetails, ...(chosen !== undefined && { chosen }) }
  return { ...state, details: { ...details, [viewKey(model, tab)]: own } }
}

/** A tab that was never left describes what the one before did. */
function enter(state: ResultsState): ResultsState {
  const own = state.details[viewKey(state.model ?? '', state.tab)]
  if (own === undefined) return state
  const { chosen: _, ...rest } = state
  return { ...rest, ...own }
}

/** What was said of cells that are not the active ones any more. */
function clear(state: ResultsState): ResultsState {
  const { selection: _, trace: __, said: ___, ...rest } = state
  return rest
}

export const viewOf = ({ views, model }: ResultsState, table: Table): TableView =>
  views[viewKey(model ?? '', table)] ?? wholeTable

function withView(state: ResultsState, table: Table, change: (view: TableView) => TableView): ResultsState {
  if (state.model === undefined) return state
  return { ...state, views: { ...state.views, [viewKey(state.model, table)]: change(viewOf(state, table)) } }
}

function lose(state: ResultsState, source: Source): ResultsState {
  const { summary, model } = state
  const lost = (['rows', 'groups'] as const).find((table) => {
    const { view } = viewOf(state, table)
    return view !== undefined && sourceOf(summary?.run ?? '', model ?? '', table, view.name) === source
  })
  return lost === undefined ? state : withView(state, lost, ({ options, layout }) => ({ options, layout }))
}

type AnswerMessage = Extract<ToResultsPage, { kind: 'view' | 'refused' | 'statistics' | 'trace' }>

/** Each answer goes to the question that is still open. */
function takeAnswer(state: ResultsState, message: AnswerMessage): ResultsState {
  const { id } = message
  if (message.kind === 'statistics')
    return state.selection?.asked === id ? { ...state, selection: { asked: id, answer: message.statistics } } : state
  if (message.kind === 'trace')
    return state.trace?.asked === id ? { ...state, trace: { asked: id, answer: message.trace } } : state
  const take = (view: TableView): TableView => {
    if (view.asked !== id) return view
    return message.kind === 'view'
      ? answered(view, id, message.view, message.count)
      : { ...view, refusal: message.message }
  }
  const { trace, ...rest } = state
  return { ...(trace?.asked === id ? rest : state), views: mapViews(state.views, take) }
}

const mapViews = (views: ResultsState['views'], change: (view: TableView) => TableView): ResultsState['views'] =>
  Object.fromEntries(Object.entries(views).map(([key, view]) => [key, change(view)]))
