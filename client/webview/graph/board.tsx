import type { FromGraphPage, GraphNode, GraphView } from '@modeldriver/protocol'
import { MiniMap, type OnMove, ReactFlow, useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { DrawingLayer } from './drawing-layer.tsx'
import { Inspector } from './inspector.tsx'
import { keptLayout } from './keep.ts'
import type { Layout } from './layout.ts'
import { Legend, StatusLine } from './legend.tsx'
import { drawingOf, lineageOf } from './lineage.ts'
import { type FlowNode, flowNodes, nodeTypes } from './nodes.tsx'
import type { GraphAction, GraphState } from './state.ts'
import { Toolbar } from './toolbar.tsx'
import { bringIntoView, fitAll, openingView, type Viewport, zoomLimits } from './viewport.ts'
import { isWalkKey, walk } from './walk.ts'

interface BoardProps {
  readonly view: GraphView
  readonly state: GraphState
  readonly dispatch: (action: GraphAction) => void
  readonly post: (message: FromGraphPage) => void
  readonly startAt: Viewport | undefined
  readonly onViewport: (viewport: Viewport) => void
}

export function GraphBoard({ view, state, dispatch, post, startAt, onViewport }: BoardProps) {
  const { selected, mode, root, reveal } = state
  const flow = useReactFlow<FlowNode>()
  const canvas = useRef<HTMLDivElement>(null)
  const drawing = useMemo(() => drawingOf(view, mode, root), [view, mode, root])
  const layout = useLayout(drawing)
  const lineage = useMemo(() => (selected === undefined ? undefined : lineageOf(view, selected)), [view, selected])
  const byId = useMemo(() => new Map(view.nodes.map((node) => [node.id, node])), [view])
  const chosen = selected === undefined ? undefined : byId.get(selected)

  const size = useCallback(
    () => ({ width: canvas.current?.clientWidth ?? 0, height: canvas.current?.clientHeight ?? 0 }),
    [],
  )
  const fit = useCallback(() => flow.setViewport(fitAll(layout, size())), [flow, layout, size])
  const open = useCallback(
    (node: GraphNode | undefined) => node?.place && post({ kind: 'open', place: node.place }),
    [post],
  )
  const show = useCallback(
    (id: string) => {
      const box = layout.nodes.get(id)
      if (box) flow.setViewport(bringIntoView(box, flow.getViewport(), size()))
    },
    [flow, layout, size],
  )

  useOpening(layout, () =>
    flow.setViewport(
      (layout.opened ? undefined : startAt) ??
        openingView(layout, size(), selected === undefined ? undefined : layout.nodes.get(selected), view.current),
    ),
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a choice of the host, or of the search, moves the picture
  useEffect(() => {
    if (reveal > 0 && selected !== undefined) show(selected)
  }, [reveal])

  const nodes = useMemo(
    () => flowNodes({ drawing, layout, selected, lineage, choose: (node) => dispatch({ kind: 'choose', node }), open }),
    [drawing, layout, selected, lineage, dispatch, open],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    const on = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-node]') : null
    const id = on?.dataset.node
    if (event.key === 'Escape') {
      dispatch({ kind: 'choose', node: undefined })
    } else if (id !== undefined && event.key === 'Enter') {
      open(byId.get(id))
    } else if (id !== undefined && event.key === ' ') {
      dispatch({ kind: 'choose', node: id })
    } else if (id !== undefined && isWalkKey(event.key)) {
      const next = walk(layout, id, event.key)
      dispatch({ kind: 'choose', node: next })
      show(next)
      canvas.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus({ preventScroll: true })
    } else {
      return
    }
    event.preventDefault()
  }

  useTreeRole(canvas, view.title)
  const onMove: OnMove = useCallback((_, viewport) => onViewport(viewport), [onViewport])

  return (
    <div className="page">
      <Toolbar view={view} mode={mode} dispatch={dispatch} fit={fit} />
      <div className="middle">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the tree items inside, the tree is React Flow's */}
        <div className="canvas" ref={canvas} onKeyDown={onKeyDown}>
          <ReactFlow<FlowNode>
            nodes={nodes}
            nodeTypes={nodeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            panOnScroll
            zoomOnDoubleClick={false}
            minZoom={zoomLimits.least}
            maxZoom={zoomLimits.most}
            onlyRenderVisibleElements={nodes.length > 400}
            onPaneClick={() => dispatch({ kind: 'choose', node: undefined })}
            onMoveEnd={onMove}
            proOptions={{ hideAttribution: true }}
          >
            <DrawingLayer layout={layout} byId={byId} selected={selected} lineage={lineage} current={view.current} />
            <MiniMap<FlowNode>
              pannable
              zoomable
              position="bottom-right"
              ariaLabel="Overview of the graph"
              nodeClassName={(node) => `mini mini-${node.data.node.kind} ${node.data.tone}`}
            />
          </ReactFlow>
          <Legend drawing={drawing} view={view} lineage={lineage} />
        </div>
        {chosen && (
          <Inspector
            node={chosen}
            view={view}
            lineage={lineage}
            go={open}
            choose={(node) => dispatch({ kind: 'find', node })}
            run={(model) => post({ kind: 'run', model })}
            close={() => dispatch({ kind: 'choose', node: undefined })}
          />
        )}
      </div>
      <StatusLine view={view} drawing={drawing} layout={layout} />
    </div>
  )
}

interface KeptLayout extends Layout {
  /** The picture was on the screen before this one. */
  readonly opened: boolean
}

/** Nodes stay where they are as long as the same nodes are drawn. */
function useLayout(drawing: ReturnType<typeof drawingOf>): KeptLayout {
  const last = useRef<Layout | undefined>(undefined)
  return useMemo(() => {
    const opened = last.current !== undefined
    last.current = keptLayout(drawing, last.current)
    return { ...last.current, opened }
  }, [drawing])
}

/** Runs `open` when other nodes are drawn than before, not when only edges or texts changed. */
function useOpening(layout: KeptLayout, open: () => void): void {
  const shown = useRef<Layout['nodes'] | undefined>(undefined)
  useLayoutEffect(() => {
    if (shown.current === layout.nodes) return
    shown.current = layout.nodes
    open()
  })
}

/** React Flow draws the nodes into an element of its own, which has no role. */
function useTreeRole(canvas: React.RefObject<HTMLDivElement | null>, title: string): void {
  useEffect(() => {
    const tree = canvas.current?.querySelector('.react-flow__nodes')
    tree?.setAttribute('role', 'tree')
    tree?.setAttribute('aria-label', `Dependency graph of ${title}`)
  }, [canvas, title])
}
