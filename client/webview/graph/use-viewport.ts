import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Point, panned, type Size, type Viewport, zoomedAt } from './viewport.ts'

interface Controls {
  readonly viewport: Viewport
  readonly size: Size
  readonly setViewport: (next: Viewport | ((before: Viewport) => Viewport)) => void
}

/** A press that moves less than this many pixels is a click. */
const clickReach = 4

/**
 * Moves the drawing inside `canvas`: wheel and trackpad pan, with Ctrl or Cmd (and by pinching) they zoom at the pointer;
 * dragging the background pans, two fingers zoom. `clicked` is called for a click on the background.
 */
export function useViewport(canvas: RefObject<HTMLElement | null>, clicked: () => void): Controls {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, zoom: 1 })
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  const onClick = useRef(clicked)
  useEffect(() => {
    onClick.current = clicked
  })

  useLayoutEffect(() => {
    const element = canvas.current
    if (!element) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [canvas])

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const fingers = new Map<number, Point>()
    let travelled = 0

    const pointOf = (event: MouseEvent): Point => {
      const box = element.getBoundingClientRect()
      return { x: event.clientX - box.left, y: event.clientY - box.top }
    }
    const wheel = (event: WheelEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-keeps-wheel]')) return
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 18
      if (event.ctrlKey || event.metaKey) {
        const point = pointOf(event)
        const step = Math.max(-60, Math.min(60, event.deltaY * unit))
        setViewport((before) => zoomedAt(before, point, Math.exp(-step * 0.008)))
        return
      }
      const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
      setViewport((before) => panned(before, -dx * unit, -dy * unit))
    }
    const down = (event: PointerEvent) => {
      const isBackground = event.target instanceof Element && event.target.closest('[data-background]') !== null
      if (!isBackground || event.button > 1) return
      element.setPointerCapture(event.pointerId)
      fingers.set(event.pointerId, pointOf(event))
      travelled = 0
    }
    const move = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId)
      if (!before) return
      const now = pointOf(event)
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
      fingers.set(event.pointerId, now)
      travelled += Math.hypot(now.x - before.x, now.y - before.y)
      if (other) {
        const factor = distance(now, other) / Math.max(1, distance(before, other))
        setViewport((viewport) => zoomedAt(viewport, other, factor))
      } else {
        setViewport((viewport) => panned(viewport, now.x - before.x, now.y - before.y))
      }
    }
    const up = (event: PointerEvent) => {
      if (!fingers.delete(event.pointerId)) return
      if (event.type === 'pointerup' && travelled < clickReach && fingers.size === 0) onClick.current()
    }

    element.addEventListener('wheel', wheel, { passive: false })
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', up)
    return () => {
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', up)
    }
  }, [canvas])

  return { viewport, size, setViewport }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
