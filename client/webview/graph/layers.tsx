import type { GraphNode } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { memo } from 'react'
import { Icon } from '../shared/icons.tsx'
import { type Layout, sizes } from './layout.ts'
import type { Lineage } from './lineage.ts'
import { routeOf } from './routes.ts'
import type { Sight } from './sight.ts'
import type { Viewport } from './viewport.ts'

interface LayerProps {
  readonly layout: Layout
  readonly byId: ReadonlyMap<string, GraphNode>
  readonly lineage: Lineage | undefined
  /** What is drawn of it; undefined: all. */
  readonly sight: Sight | undefined
}

interface LanesProps {
  readonly layout: Layout
  readonly current: string | undefined
}

export const Lanes = memo(function Lanes({ layout, current }: LanesProps) {
  return layout.lanes.map(({ key, model, x, y, width, height }) => (
    <div
      key={key}
      className={model !== undefined && model === current ? 'lane current' : 'lane'}
      data-lane={model ?? ''}
      style={{ left: x, top: y, width, height }}
    />
  ))
})

interface LaneTitlesProps {
  readonly layout: Layout
  readonly viewport: Viewport
  readonly fold: (model: string) => void
}

/** Keep their size when the drawing is made smaller, and stay in sight while any of their lane is. */
export function LaneTitles({ layout, viewport, fold }: LaneTitlesProps) {
  const scale = Math.min(1.7, Math.max(1, 1 / viewport.zoom))
  const seenFrom = -viewport.y / viewport.zoom
  return layout.lanes.map(({ key, title, subtitle, model, x, y, width, height }) => {
    const top = Math.max(y, Math.min(seenFrom, y + height - sizes.laneHead * scale))
    const place = { left: x, top, width: width / scale, transform: `scale(${scale})` }
    return (
      <h2
        key={key}
        className={top > y ? 'lane-title stuck' : 'lane-title'}
        style={place}
        title={`${title} ${subtitle}`}
      >
        {model !== undefined && (
          <button
            type="button"
            className="fold"
            aria-label={t('Close or open {0}', title)}
            title={t('Close to a card, or open')}
            onClick={() => fold(model)}
          >
            <Icon name="fold" />
          </button>
        )}
        <b>{title}</b> <span>{subtitle}</span>
      </h2>
    )
  })
}

export const Edges = memo(function Edges({ layout, byId, lineage, sight }: LayerProps) {
  const passing = new Set<string>()
  const drawn = layout.edges.flatMap((placed) => {
    const { edge } = placed
    const from = layout.nodes.get(edge.from)
    const to = layout.nodes.get(edge.to)
    const fromNode = byId.get(edge.from)
    const toNode = byId.get(edge.to)
    if (!from || !to || !fromNode || !toNode) return []
    if (sight && (Math.min(from.x, to.x) > sight.right || Math.max(from.x, to.x) < sight.left)) return []
    const tone = edgeTone(edge.id, lineage)
    if (sight && to.x > sight.right && !placed.back) {
      // Lines that leave a node together are one as long as they pass.
      const line = `${tone} ${edge.fromPort ?? ''} ${edge.from}`
      if (passing.has(line)) return []
      passing.add(line)
    }
    const route = routeOf(placed, { box: from, node: fromNode }, { box: to, node: toNode }, sight)
    if (sight && (route.top > sight.bottom || route.bottom < sight.top)) return []
    return [{ edge, route, tone }]
  })
  drawn.sort((a, b) => weights[a.tone] - weights[b.tone])
  return (
    <svg className="edges" width={layout.width} height={layout.height} aria-hidden="true" focusable="false">
      {drawn.map(({ edge, route, tone }) => (
        <g
          key={edge.id}
          className={`edge tone-${tone}${edge.inCycle ? ' in-cycle' : ''}`}
          data-edge={`${edge.from}->${edge.to}`}
          data-cycle={edge.inCycle}
          data-tone={tone}
        >
          <path className="line" d={route.line} />
          <path className="head" d={route.head} />
        </g>
      ))}
    </svg>
  )
})

/** The later drawn lie above. */
const weights = { dim: 0, plain: 1, down: 2, up: 3 } as const

function edgeTone(id: string, lineage: Lineage | undefined): keyof typeof weights {
  if (!lineage) return 'plain'
  if (lineage.up.edges.has(id)) return 'up'
  return lineage.down.edges.has(id) ? 'down' : 'dim'
}
