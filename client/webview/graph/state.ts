import type { GraphView, ToGraphPage } from '@modeldriver/protocol'
import { type Mode, readableNodes } from './lineage.ts'

export interface GraphState {
  readonly view?: GraphView
  readonly error?: string
  readonly selected?: string
  readonly mode: Mode
  /** The node around which the modes other than `all` draw. */
  readonly root?: string
  /** Grows when the host (not a click) chose the node, so that the page brings it into sight. */
  readonly reveal: number
  /** Messages of the host that are taken in. */
  readonly rev: number
}

export type GraphAction =
  | ToGraphPage
  | { readonly kind: 'choose'; readonly node: string | undefined }
  /** From the search box: shows the node even when the mode hides it. */
  | { readonly kind: 'find'; readonly node: string }
  | { readonly kind: 'mode'; readonly mode: Mode }

/** What is kept while the page is hidden and over a reload of the window. */
export interface SavedGraph {
  readonly project: string
  readonly selected?: string
  readonly mode: Mode
  readonly root?: string
  readonly viewport?: { readonly x: number; readonly y: number; readonly zoom: number }
}

export const startState: GraphState = { mode: 'all', reveal: 0, rev: 0 }

export function reduce(state: GraphState, action: GraphAction): GraphState {
  switch (action.kind) {
    case 'graph':
      return takeView({ ...state, rev: state.rev + 1 }, action.view, action.select)
    case 'error': {
      const { view: _, ...rest } = state
      return { ...rest, error: action.message, rev: state.rev + 1 }
    }
    case 'select':
      return reveal({ ...state, rev: state.rev + 1 }, action.node)
    case 'find':
      return reveal(state, action.node)
    case 'choose': {
      const { selected: _, ...rest } = state
      return action.node === undefined ? rest : { ...rest, selected: action.node }
    }
    case 'mode': {
      const root = state.selected ?? state.root ?? (state.view && startRoot(state.view))
      return { ...state, mode: action.mode, ...(root === undefined ? {} : { root }) }
    }
  }
}

/** The state to begin with when the page comes back; the view itself is sent again by the host. */
export function restored(saved: SavedGraph | undefined): GraphState {
  if (!saved) return startState
  const { mode, selected, root } = saved
  return {
    ...startState,
    mode,
    ...(selected === undefined ? {} : { selected }),
    ...(root === undefined ? {} : { root }),
  }
}

function takeView(state: GraphState, view: GraphView, select: string | undefined): GraphState {
  const { error: _, selected, root, ...rest } = state
  const has = (id: string | undefined): id is string => id !== undefined && view.nodes.some((node) => node.id === id)
  const isNew = state.view?.project !== view.project
  const opensSmall = isNew && view.nodes.length > readableNodes && state.mode === 'all'
  const start = has(select) ? select : has(root) ? root : startRoot(view)
  const next: GraphState = {
    ...rest,
    view,
    ...(has(selected) ? { selected } : {}),
    ...(opensSmall ? { mode: 'lineage' } : {}),
    ...(start === undefined ? {} : { root: opensSmall || !has(root) ? start : root }),
  }
  return has(select) && select !== selected ? reveal(next, select) : next
}

function reveal(state: GraphState, node: string): GraphState {
  if (state.view && !state.view.nodes.some(({ id }) => id === node)) return state
  return { ...state, selected: node, root: node, reveal: state.reveal + 1 }
}

/** The card of the current model, else of the first. */
function startRoot(view: GraphView): string | undefined {
  const cards = view.nodes.filter(({ kind }) => kind === 'model')
  return (cards.find(({ model }) => model === view.current) ?? cards[0] ?? view.nodes[0])?.id
}
