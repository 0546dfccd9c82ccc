import { t } from '@vscode/l10n'
import { memo, type PointerEvent } from 'react'
import type { Layout } from './layout.ts'
import type { DrawnNode } from './nodes.tsx'
import { centred, type Size, type Viewport, visibleBox } from './viewport.ts'

interface MiniMapProps {
  readonly layout: Layout
  readonly nodes: readonly DrawnNode[]
  readonly viewport: Viewport
  readonly size: Size
  readonly setViewport: (next: Viewport) => void
}

/** The whole drawing, small, with the part that is in sight; a press or a drag goes there. The tree is its accessible form. */
export function MiniMap({ layout, nodes, viewport, size, setViewport }: MiniMapProps) {
  const seen = visibleBox(viewport, size)
  const pad = 0.04 * Math.max(layout.width, layout.height)
  const area = { x: -pad, y: -pad, width: layout.width + 2 * pad, height: layout.height + 2 * pad }
  const viewBox = `${area.x} ${area.y} ${area.width} ${area.height}`
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 0) return
    const matrix = event.currentTarget.getScreenCTM()
    if (!matrix) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    setViewport(centred({ x, y, width: 0, height: 0 }, viewport.zoom, size))
  }
  const left = Math.max(area.x, seen.x)
  const top = Math.max(area.y, seen.y)
  const frame = {
    x: left,
    y: top,
    width: Math.max(0, Math.min(area.x + area.width, seen.x + seen.width) - left),
    height: Math.max(0, Math.min(area.y + area.height, seen.y + seen.height) - top),
  }
  return (
    <div className="mini-map" aria-hidden="true">
      <svg className="mini-shapes" viewBox={viewBox}>
        <title>{t('Overview')}</title>
        <Shapes layout={layout} nodes={nodes} />
      </svg>
      <svg
        viewBox={viewBox}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
        }}
        onPointerMove={go}
      >
        <title>{t('Overview')}</title>
        <rect className="frame" {...frame} />
      </svg>
    </div>
  )
}

const Shapes = memo(function Shapes({ layout, nodes }: Pick<MiniMapProps, 'layout' | 'nodes'>) {
  return (
    <>
      {layout.lanes.map(({ key, x, y, width, height }) => (
        <rect key={key} className="mini-lane" x={x} y={y} width={width} height={height} />
      ))}
      {nodes.map(({ node, box, tone }) => (
        <rect
          key={node.id}
          className={`mini mini-${node.kind} ${tone}`}
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
        />
      ))}
    </>
  )
})
