import type { GraphView, RunOverlay, ToGraphPage, TracedCell } from '@modeldriver/protocol'
import type { Kept } from '../shared/vscode.ts'
import { type Mode, readableNodes } from './lineage.ts'
import { farModels, scopedDrawing } from './scope.ts'
import { type TracedNodes, tracedNodes } from './traced.ts'

export interface GraphState {
  readonly view?: GraphView
  /** Whose drawing it is: still known while an error stands in its place. */
  readonly project?: string
  readonly error?: string
  readonly selected?: string
  readonly mode: Mode
  /** The node around which the modes other than `all` draw. */
  readonly root?: string
  /** How far from the root; absent: all the way. */
  readonly depth?: number
  /** Nodes whose neighbours are drawn besides. */
  readonly expanded: readonly string[]
  /** Models drawn as their card. */
  readonly collapsed: readonly string[]
  /** What the last run says of the nodes. */
  readonly run?: RunOverlay
  /** The cell of the results whose making is shown. */
  readonly traced?: Traced
  /** Grows when the host (not a click) chose the node, so that the page brings it into sight. */
  readonly reveal: number
  /** Messages of the host that are taken in. */
  readonly rev: number
}

export interface Traced extends TracedNodes {
  readonly cell: TracedCell
  /** What comes back when it is not shown any more. */
  readonly before: Choice
}

type Choice = Pick<GraphState, 'selected' | 'root'>

export type GraphAction =
  | ToGraphPage
  | Kept<SavedGraph>
  | { readonly kind: 'choose'; readonly node: string | undefined }
  /** From the search box: shows the node even when the mode hides it. */
  | { readonly kind: 'find'; readonly node: string }
  | { readonly kind: 'mode'; readonly mode: Mode }
  | { readonly kind: 'depth'; readonly depth: number | undefined }
  /** Draws the neighbours of a node, too. */
  | { readonly kind: 'expand'; readonly node: string }
  /** A model becomes its card, or its features again. */
  | { readonly kind: 'fold'; readonly model: string }

/** What the extension host keeps for the page, for when it is hidden, the window is reloaded, or the host itself ends. */
export interface SavedGraph {
  readonly project: string
  readonly selected?: string
  readonly mode: Mode
  readonly root?: string
  readonly depth?: number
  readonly expanded?: readonly string[]
  readonly collapsed?: readonly string[]
  readonly viewport?: { readonly x: number; readonly y: number; readonly zoom: number }
}

export const startState: GraphState = { mode: 'all', expanded: [], collapsed: [], reveal: 0, rev: 0 }

export function reduce(state: GraphState, action: GraphAction): GraphState {
  switch (action.kind) {
    case 'kept': {
      const { viewport: _, ...saved } = action.saved
      return { ...state, ...saved, rev: state.rev + 1 }
    }
    case 'graph':
      return takeView({ ...state, rev: state.rev + 1 }, keptView(state.view, action.view), action.select)
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
      return { ...state, mode: action.mode, expanded: [], ...(root === undefined ? {} : { root }) }
    }
    case 'depth': {
      const { depth: _, ...rest } = state
      return { ...rest, expanded: [], ...(action.depth === undefined ? {} : { depth: action.depth }) }
    }
    case 'expand':
      return { ...state, expanded: [...state.expanded.filter((id) => id !== action.node), action.node] }
    case 'fold': {
      const { collapsed } = state
      const isFolded = collapsed.includes(action.model)
      return {
        ...state,
        collapsed: isFolded ? collapsed.filter((model) => model !== action.model) : [...collapsed, action.model],
      }
    }
    case 'traced':
      return takeTraced({ ...state, rev: state.rev + 1 }, action.cell)
    case 'run':
      return { ...state, run: action.run, rev: state.rev + 1 }
  }
}

/** What of a state is kept; nothing before the first graph. */
export function toSave({
  project,
  mode,
  selected,
  root,
  depth,
  expanded,
  collapsed,
}: GraphState): SavedGraph | undefined {
  if (project === undefined) return undefined
  return {
    project,
    mode,
    expanded,
    collapsed,
    ...(depth === undefined ? {} : { depth }),
    ...(selected === undefined ? {} : { selected }),
    ...(root === undefined ? {} : { root }),
  }
}

/** The view that is there when the other says the same, so that nothing is drawn anew. */
function keptView(before: GraphView | undefined, view: GraphView): GraphView {
  const isSame = before?.revision === view.revision && JSON.stringify(before) === JSON.stringify(view)
  return isSame ? before : view
}

function takeView(state: GraphState, view: GraphView, select: string | undefined): GraphState {
  if (state.project !== view.project) return openView(state, view, select)
  const { error: _, selected, root, ...rest } = state
  const has = isIn(view)
  const around = has(root) ? root : has(select) ? select : startRoot(view)
  const next: GraphState = {
    ...rest,
    view,
    ...(has(selected) ? { selected } : {}),
    ...(around === undefined ? {} : { root: around }),
  }
  return has(select) && select !== selected ? reveal(next, select) : next
}

/** The first view of a project: all of it, or what is near when that is too much. Nothing of another project has a meaning here. */
function openView({ reveal: reveals, rev }: GraphState, view: GraphView, select: string | undefined): GraphState {
  const asked = isIn(view)(select) ? select : undefined
  const around = asked ?? startRoot(view)
  const small = view.nodes.length > readableNodes ? smallScope(view, around) : undefined
  const next: GraphState = {
    ...startState,
    ...(around === undefined ? {} : { root: around }),
    ...small,
    view,
    project: view.project,
    reveal: reveals,
    rev,
  }
  return asked === undefined ? next : reveal(next, asked)
}

const isIn =
  (view: GraphView) =>
  (id: string | undefined): id is string =>
    id !== undefined && view.nodes.some((node) => node.id === id)

function reveal(state: GraphState, node: string): GraphState {
  const found = state.view?.nodes.find(({ id }) => id === node)
  if (state.view && !found) return state
  const collapsed = state.collapsed.filter((model) => model !== found?.model || node === model)
  return { ...state, collapsed, selected: node, root: node, reveal: state.reveal + 1 }
}

function takeTraced(state: GraphState, cell: TracedCell | undefined): GraphState {
  const { traced: last, selected, root, ...rest } = state
  if (JSON.stringify(last?.cell) === JSON.stringify(cell)) return state
  const own = { ...(selected === undefined ? {} : { selected }), ...(root === undefined ? {} : { root }) }
  // Unless another node was chosen since.
  const before = last && selected === last.node ? last.before : own
  const nodes = cell && state.view && tracedNodes(state.view, cell)
  if (!nodes) return { ...rest, ...before }
  return reveal({ ...rest, ...before, traced: { ...nodes, cell, before } }, nodes.node)
}

/** Two steps around a node, or one, or the same around a feature of its model: the first that can be read. */
function smallScope(view: GraphView, around: string | undefined): SmallScope {
  const model = view.nodes.find(({ id }) => id === around)?.model ?? around
  const feature = view.nodes.find((node) => node.model === model && (node.kind === 'row' || node.kind === 'group'))
  const scopes = [around, feature?.id ?? around].flatMap((root) =>
    [2, 1].map((depth): SmallScope => {
      const collapsed = farModels(view, root)
      return { mode: 'lineage', ...(root === undefined ? {} : { root }), depth, collapsed }
    }),
  )
  const isReadable = ({ root, ...scope }: SmallScope) =>
    scopedDrawing(view, { ...scope, root, expanded: [] }).nodes.length <= readableNodes
  return scopes.find(isReadable) ?? (scopes.at(-1) as SmallScope)
}

interface SmallScope {
  readonly mode: 'lineage'
  readonly root?: string
  readonly depth: number
  readonly collapsed: readonly string[]
}

/** The card of the current model, else of the first. */
function startRoot(view: GraphView): string | undefined {
  const cards = view.nodes.filter(({ kind }) => kind === 'model')
  return (cards.find(({ model }) => model === view.current) ?? cards[0] ?? view.nodes[0])?.id
}
