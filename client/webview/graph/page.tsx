import type { FromGraphPage, ToGraphPage } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react'
import { formatCount } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { useKeep } from '../shared/keep.ts'
import { Notice, usePageMarks } from '../shared/page.tsx'
import { list, number, oneOf, optional, shape, text } from '../shared/shape.ts'
import { connect, type Host } from '../shared/vscode.ts'
import { GraphBoard } from './board.tsx'
import { toGraphPage } from './messages.ts'
import { scopedDrawing } from './scope.ts'
import { reduce, type SavedGraph, startState, toSave } from './state.ts'
import { useLaidOut } from './use-layout.ts'
import type { Viewport } from './viewport.ts'

type GraphHost = Host<ToGraphPage, FromGraphPage, SavedGraph>

const savedGraph = shape<SavedGraph>({
  project: text,
  selected: optional(text),
  mode: oneOf('all', 'lineage', 'upstream', 'downstream'),
  root: optional(text),
  depth: optional(number),
  expanded: optional(list(text)),
  collapsed: optional(list(text)),
  viewport: optional(shape<Viewport>({ x: number, y: number, zoom: number })),
})

export const connectGraph = (): GraphHost => connect(toGraphPage, savedGraph)

export function GraphPage({ host }: { host: GraphHost }) {
  const [state, dispatch] = useReducer(reduce, startState)
  /** Of the project that was drawn last. No state: the board knows it already. */
  const seen = useRef<Pick<SavedGraph, 'project' | 'viewport'> | undefined>(undefined)
  const { view, project, error, selected, mode, root, depth, expanded, collapsed, rev } = state

  useEffect(() => {
    host.listen((message) => {
      if (message.kind === 'kept') seen.current = message.saved
      dispatch(message)
    })
  }, [host])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept, and not what comes with each edit or run
  const keep = useCallback(() => {
    const kept = toSave(state)
    if (kept === undefined) return
    const viewport = seen.current?.project === kept.project ? seen.current.viewport : undefined
    host.keep({ ...kept, ...(viewport === undefined ? {} : { viewport }) })
  }, [host, project, selected, mode, root, depth, expanded, collapsed])
  const keepAtRest = useKeep(keep)
  const keepViewport = useCallback(
    (viewport: Viewport) => {
      if (project === undefined) return
      seen.current = { project, viewport }
      keepAtRest()
    },
    [project, keepAtRest],
  )

  const drawing = useMemo(
    () => view && scopedDrawing(view, { mode, root, depth, expanded, collapsed }),
    [view, mode, root, depth, expanded, collapsed],
  )
  const { laid, isWaiting } = useLaidOut(project, drawing)
  usePageMarks('graph', error !== undefined ? 'error' : view && !isWaiting ? 'ready' : 'loading', rev)

  if (error !== undefined) {
    return (
      <Notice icon={<Icon name="error" />} title={t('No graph to show')}>
        <p>{error}</p>
      </Notice>
    )
  }
  if (!view || !drawing) return <Notice title={t('Reading the features…')} />
  if (view.nodes.length === 0) {
    return (
      <Notice icon={<Icon name="row" />} title={t('No features yet')}>
        <p>{t('Write an exported function whose parameters are column names; it appears here as you type.')}</p>
      </Notice>
    )
  }
  const waiting = isWaiting ? t('Laying out {0} nodes…', formatCount(drawing.nodes.length)) : undefined
  if (!laid) return <Notice icon={<span className="spinner" />} title={waiting ?? ''} />
  return (
    <GraphBoard
      key={view.project}
      view={view}
      laid={laid}
      waiting={waiting}
      state={state}
      dispatch={dispatch}
      post={host.post}
      startAt={seen.current?.project === view.project ? seen.current.viewport : undefined}
      onViewport={keepViewport}
    />
  )
}
