// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are drawn only where they are in sight, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithMouseEvents: the grid handles the keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: the cells are what is pressed
import type { ColumnSummary, Page } from '@modeldriver/protocol'
import { type MouseEvent, memo, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { formatCount } from '../shared/format.ts'
import { Cell } from './cell.tsx'
import { clampTop, mostInSight, type Place, rowHeight, sightAt, spanAt } from './sight.ts'
import type { Tables } from './use-results.ts'
import { type Block, isIn, type Table } from './views.ts'
import type { CellPlace } from './walk.ts'

/** A column that is drawn, and where. */
export interface DrawnColumn {
  readonly index: number
  readonly column: ColumnSummary
  readonly style: { readonly left: number; readonly width: number }
}

interface Layout {
  readonly name: Table
  /** Columns that stay at the left, and those that are scrolled. */
  readonly pinned: readonly DrawnColumn[]
  readonly shown: readonly DrawnColumn[]
  readonly numberWidth: number
  readonly pinnedWidth: number
  readonly width: number
}

interface RowsProps {
  readonly layout: Layout
  readonly tables: Tables
  readonly count: number
  readonly scroller: { readonly current: HTMLElement | null }
  readonly headHeight: number
  readonly active: CellPlace
  readonly marked: Block | undefined
  readonly chosen: string | undefined
  /** Columns that the active cell was made from. */
  readonly traced: ReadonlySet<string>
  /** `isFurther`: from the cell that was active. */
  readonly goTo: (place: CellPlace, isFurther: boolean) => void
}

/**
 * The rows in sight. Only they know how far the table is scrolled: while it is, nothing but new rows is drawn. They stand
 * in a window that does not move with what is scrolled, so that nothing else comes into sight before they are drawn anew.
 */
export function Rows({ layout, tables, count, scroller, headHeight, active, marked, chosen, traced, goTo }: RowsProps) {
  const { name, width } = layout
  const { top, height } = useScrolled(scroller)
  const space = Math.max(0, Math.min(height - headHeight, count * rowHeight))
  const current = { source: tables.source(name), top: clampTop(top, space, count) }
  const wanted = spanAt(current.top, space, count)
  const seen = useRef<readonly Place[]>([])
  const sight = sightAt(current, seen.current, (place) => tables.isComing(name, spanAt(place.top, space, count)))
  useEffect(() => {
    seen.current = sight.passed
  })
  const { first: from, last: to } = wanted
  useEffect(() => tables.want(name, { first: from, last: to }, count), [tables, name, from, to, count])
  const { first, last } = spanAt(sight.shown.top, space, count)
  const slots = mostInSight(space)
  const entered = (event: MouseEvent) => {
    const place = placeOf(event)
    if (place && (place.row !== active.row || place.col !== active.col)) goTo(place, true)
  }
  return (
    <div
      className="grid-body"
      style={{ width, height: count * rowHeight }}
      onMouseDown={(event) => {
        const place = placeOf(event)
        if (place && event.button === 0) goTo(place, event.shiftKey)
      }}
      onMouseOver={(event) => {
        if (event.buttons === 1) entered(event)
      }}
    >
      <div className="window" style={{ top: headHeight, height: space }}>
        <div role="rowgroup" style={{ transform: `translateY(${first * rowHeight - sight.shown.top}px)` }}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).map((row) => (
            <Row
              // A row that came into sight takes the place of one that left it.
              key={row % slots}
              row={row}
              layout={layout}
              page={tables.row(name, row)?.page}
              activeCol={active.row === row ? active.col : undefined}
              marked={marked && row >= marked.top && row <= marked.bottom ? marked : undefined}
              chosen={chosen}
              traced={active.row === row ? traced : none}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** How far an element is scrolled, and its height; what depends on it is drawn before the frame is. */
function useScrolled(of: { readonly current: HTMLElement | null }) {
  const [scrolled, setScrolled] = useState({ top: 0, height: 0 })
  useEffect(() => {
    const element = of.current
    if (!element) return
    const look = () => setScrolled({ top: element.scrollTop, height: element.clientHeight })
    const lookAtOnce = () => flushSync(look)
    const observer = new ResizeObserver(lookAtOnce)
    look()
    observer.observe(element)
    element.addEventListener('scroll', lookAtOnce, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', lookAtOnce)
    }
  }, [of])
  return scrolled
}

const none: ReadonlySet<string> = new Set()

function placeOf({ target }: MouseEvent): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return cell ? { row: Number(cell.dataset.row), col: Number(cell.ariaColIndex) - 2 } : undefined
}

interface RowProps {
  readonly row: number
  readonly layout: Layout
  /** That has its cells. */
  readonly page: Page | undefined
  readonly activeCol: number | undefined
  readonly marked: Block | undefined
  readonly chosen: string | undefined
  readonly traced: ReadonlySet<string>
}

const Row = memo(({ row, layout, page, activeCol, marked, chosen, traced }: RowProps) => {
  const { name, pinned, shown, numberWidth, pinnedWidth, width } = layout
  const found = page && { page, index: row - page.offset }
  const cells = (columns: readonly DrawnColumn[]) =>
    found &&
    columns.map(({ index: col, column, style }) => (
      <Cell
        key={column.name}
        id={`${name}-${row}-${col}`}
        row={row}
        col={col}
        column={column}
        found={found}
        isActive={activeCol === col}
        isMarked={marked !== undefined && isIn(marked, row, col)}
        isChosen={column.name === chosen}
        isTraced={traced.has(column.name)}
        style={style}
      />
    ))
  return (
    <div className="row" role="row" aria-rowindex={row + 2} style={{ width }}>
      <div className="pinned" role="presentation" style={{ width: pinnedWidth }}>
        <div className="row-number" role="rowheader" aria-colindex={1} style={{ width: numberWidth }}>
          {formatCount((found?.page.rows?.[found.index] ?? row) + 1)}
        </div>
        {cells(pinned)}
      </div>
      {cells(shown)}
      {!page && (
        <span className="waiting" role="gridcell" aria-colindex={2} style={{ left: pinnedWidth }}>
          …
        </span>
      )}
    </div>
  )
})
