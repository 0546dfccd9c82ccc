import type { FromGraphPage, GraphFormat, GraphNode, GraphView } from '@modeldriver/protocol'
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { dotOf, mermaidOf, paletteOf, pngOf, svgOf } from './exports.ts'
import { Inspector } from './inspector.tsx'
import { Edges, Lanes, LaneTitles } from './layers.tsx'
import type { Layout } from './layout.ts'
import { Legend, StatusLine } from './legend.tsx'
import { lineageOf, neighbours } from './lineage.ts'
import { MiniMap } from './mini-map.tsx'
import { drawnNodes, Nodes } from './nodes.tsx'
import { hiddenNeighbours } from './scope.ts'
import { useSight } from './sight.ts'
import type { GraphAction, GraphState } from './state.ts'
import { Toolbar } from './toolbar.tsx'
import type { Laid } from './use-layout.ts'
import { useViewport } from './use-viewport.ts'
import { bringIntoView, type Focus, fitAll, openingView, turnedTo, type Viewport, zoomedAt } from './viewport.ts'
import { isWalkKey, walk } from './walk.ts'

interface BoardProps {
  readonly view: GraphView
  readonly laid: Laid
  /** What is worked on while another drawing is still shown. */
  readonly waiting: string | undefined
  readonly state: GraphState
  readonly dispatch: (action: GraphAction) => void
  readonly post: (message: FromGraphPage) => void
  readonly startAt: Viewport | undefined
  readonly onViewport: (viewport: Viewport) => void
}

export function GraphBoard({
  view,
  laid: { drawing, layout },
  waiting,
  state,
  dispatch,
  post,
  startAt,
  onViewport,
}: BoardProps) {
  const { selected, root, mode, depth, collapsed, reveal, run, traced } = state
  const canvas = useRef<HTMLElement>(null)
  const hidden = useMemo(() => hiddenNeighbours(view, drawing, collapsed), [view, drawing, collapsed])
  const lineage = useMemo(() => (selected === undefined ? undefined : lineageOf(view, selected)), [view, selected])
  const byId = useMemo(() => new Map(view.nodes.map((node) => [node.id, node])), [view])
  const drawnById = useMemo(() => new Map(drawing.nodes.map((node) => [node.id, node])), [drawing])
  const nodes = useMemo(
    () => drawnNodes(drawing, layout, { selected, lineage, run, traced: traced?.values, hidden }),
    [drawing, layout, selected, lineage, run, traced, hidden],
  )
  const chosen = selected === undefined ? undefined : byId.get(selected)

  const choose = useCallback((node: string | undefined) => dispatch({ kind: 'choose', node }), [dispatch])
  const expand = useCallback((node: string) => dispatch({ kind: 'expand', node }), [dispatch])
  const fold = useCallback((model: string) => dispatch({ kind: 'fold', model }), [dispatch])
  const open = useCallback((node: GraphNode) => node.place && post({ kind: 'open', place: node.place }), [post])
  const { viewport, size, setViewport } = useViewport(canvas, () => choose(undefined))
  const show = (id: string) => {
    const box = layout.nodes.get(id)
    const { clientWidth: width = 0, clientHeight: height = 0 } = canvas.current ?? {}
    if (box) setViewport((before) => bringIntoView(box, before, { width, height }))
  }

  useOpening(layout, size.width > 0, (isFirst) => {
    const isCard = root !== undefined && byId.get(root)?.kind === 'model'
    const around = isCard ? undefined : focusOn(layout, view, root)
    const places = { selected: focusOn(layout, view, selected), root: around, model: view.current }
    setViewport((isFirst ? startAt : undefined) ?? openingView(layout, size, places))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a choice of the host, or of the search, moves the picture
  useEffect(() => {
    const focus = focusOn(layout, view, selected)
    if (reveal > 0 && focus && size.width > 0) setViewport((before) => turnedTo(focus, before, size))
  }, [reveal])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was in sight stays so when the details take room from the canvas
  useEffect(() => {
    if (selected !== undefined && size.width > 0) show(selected)
  }, [size])
  const isMeasured = size.width > 0
  useEffect(() => {
    if (isMeasured) onViewport(viewport)
  }, [viewport, isMeasured, onViewport])

  const onKeyDown = (event: KeyboardEvent) => {
    const id =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-node]')?.dataset.node : undefined
    const node = id === undefined ? undefined : byId.get(id)
    if (event.key === 'Escape') choose(undefined)
    else if (node && event.key === 'Enter') open(node)
    else if (node && event.key === ' ') choose(node.id)
    else if (node && event.key === '+' && hidden.has(node.id)) expand(node.id)
    else if (node && event.key === '-') fold(node.model)
    else if (node && isWalkKey(event.key)) {
      const next = walk(layout, node.id, event.key)
      choose(next)
      show(next)
      canvas.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus({ preventScroll: true })
    } else return
    event.preventDefault()
  }

  const contentOf = async (format: GraphFormat): Promise<string> => {
    if (format === 'mermaid') return mermaidOf(drawing)
    if (format === 'dot') return dotOf(drawing)
    const svg = svgOf(drawing, layout, paletteOf(canvas.current ?? document.body))
    return format === 'svg' ? svg : pngOf(svg)
  }
  const sight = useSight(nodes, viewport, size)

  return (
    <div className="page">
      <Toolbar
        view={view}
        mode={mode}
        depth={depth}
        dispatch={dispatch}
        zoom={viewport.zoom}
        zoomBy={(factor) =>
          setViewport((before) => zoomedAt(before, { x: size.width / 2, y: size.height / 2 }, factor))
        }
        fit={() =>
          setViewport(fitAll(layout, size, canvas.current?.querySelector<HTMLElement>('.mini-map')?.offsetHeight))
        }
        exportAs={(format) => void contentOf(format).then((content) => post({ kind: 'export', format, content }))}
      />
      <div className="middle">
        <div className="stage">
          <main className="canvas" ref={canvas} onKeyDown={onKeyDown}>
            <div className="background" data-background="" />
            <div
              className="world"
              style={{ transform: `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.zoom})` }}
            >
              <Lanes layout={layout} current={view.current} />
              <Edges layout={layout} byId={drawnById} lineage={lineage} sight={sight} />
              <Nodes
                nodes={sight ? nodes.filter(({ node }) => sight.nodes.has(node.id)) : nodes}
                title={view.title}
                choose={choose}
                open={open}
                expand={expand}
              />
              <LaneTitles layout={layout} viewport={viewport} fold={fold} />
            </div>
            {waiting !== undefined && (
              <p className="waiting" role="status">
                <span className="spinner" /> {waiting}
              </p>
            )}
            <MiniMap layout={layout} nodes={nodes} viewport={viewport} size={size} setViewport={setViewport} />
          </main>
          <Legend drawing={drawing} view={view} lineage={lineage} />
        </div>
        {chosen && (
          <Inspector
            node={chosen}
            view={view}
            lineage={lineage}
            run={run}
            isFolded={collapsed.includes(chosen.model)}
            fold={fold}
            go={open}
            choose={(node) => dispatch({ kind: 'find', node })}
            runModel={(model) => post({ kind: 'run', model })}
            close={() => choose(undefined)}
          />
        )}
      </div>
      <StatusLine view={view} drawing={drawing} layout={layout} run={run} />
    </div>
  )
}

/** The places of a node and of its direct neighbours. */
function focusOn(layout: Layout, view: GraphView, id: string | undefined): Focus | undefined {
  const box = id === undefined ? undefined : layout.nodes.get(id)
  if (id === undefined || !box) return undefined
  const near = [...neighbours(view, id, 'inputs'), ...neighbours(view, id, 'users')]
  return { box, near: near.flatMap((node) => layout.nodes.get(node.id) ?? []) }
}

/** Runs `open` when other nodes are drawn than before, not when only edges or texts changed. */
function useOpening(layout: Layout, isMeasured: boolean, open: (isFirst: boolean) => void): void {
  const shown = useRef<Layout['nodes'] | undefined>(undefined)
  useLayoutEffect(() => {
    if (!isMeasured || shown.current === layout.nodes) return
    open(shown.current === undefined)
    shown.current = layout.nodes
  })
}
