import { useMemo } from 'react'
import type { DrawnNode } from './nodes.tsx'
import { type Size, type Viewport, visibleBox } from './viewport.ts'

/** The part of a large drawing that is drawn: what is on the screen and a little around it. */
export interface Sight extends Part {
  readonly nodes: ReadonlySet<string>
}

interface Part {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Above so many nodes only those near the part in sight are drawn. */
const mostDrawn = 300
/** Pixels around the part in sight that are drawn, too. */
const around = 200

/** Undefined while everything is drawn. Changes in steps, so that a small move draws nothing anew. */
export function useSight(nodes: readonly DrawnNode[], viewport: Viewport, size: Size): Sight | undefined {
  const box = visibleBox(viewport, size)
  const margin = around / viewport.zoom
  const step = Math.max(1, margin / 2)
  const [left, top, right, bottom] = [
    Math.floor((box.x - margin) / step) * step,
    Math.floor((box.y - margin) / step) * step,
    Math.ceil((box.x + box.width + margin) / step) * step,
    Math.ceil((box.y + box.height + margin) / step) * step,
  ]
  return useMemo(
    () => (nodes.length <= mostDrawn ? undefined : sightOf(nodes, { left, top, right, bottom })),
    [nodes, left, top, right, bottom],
  )
}

function sightOf(nodes: readonly DrawnNode[], part: Part): Sight {
  const { left, top, right, bottom } = part
  const near = nodes.filter(
    ({ box: { x, y, width, height }, tone }) =>
      tone === 'selected' || (x < right && x + width > left && y < bottom && y + height > top),
  )
  return { ...part, nodes: new Set(near.map(({ node }) => node.id)) }
}
