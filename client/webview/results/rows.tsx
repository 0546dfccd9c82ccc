// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are drawn only where they are in sight, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithMouseEvents: the grid handles the keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: the cells are what is pressed
import type { ColumnSummary, Page } from '@modeldriver/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, memo, useEffect } from 'react'
import { formatCount } from '../shared/format.ts'
import { Cell } from './cell.tsx'
import type { Tables } from './use-results.ts'
import { type Block, isIn, type Table } from './views.ts'
import type { CellPlace } from './walk.ts'

export const rowHeight = 24
/** Rows that are drawn above and below those in sight: as many as are passed before the next ones are drawn. */
const overscan = 20

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

/** The rows in sight. Only they know how far the table is scrolled: while it is, nothing but new rows is drawn. */
export function Rows({ layout, tables, count, scroller, headHeight, active, marked, chosen, traced, goTo }: RowsProps) {
  const { name, width } = layout
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: headHeight,
    overscan,
  })
  const visible = rows.getVirtualItems()
  const first = visible[0]?.index ?? 0
  const last = visible.at(-1)?.index ?? -1
  useEffect(() => tables.want(name, first, last, count), [tables, name, first, last, count])
  const entered = (event: MouseEvent) => {
    const place = placeOf(event)
    if (place && (place.row !== active.row || place.col !== active.col)) goTo(place, true)
  }
  return (
    <div
      className="grid-body"
      role="rowgroup"
      style={{ width, height: count * rowHeight }}
      onMouseDown={(event) => {
        const place = placeOf(event)
        if (place && event.button === 0) goTo(place, event.shiftKey)
      }}
      onMouseOver={(event) => {
        if (event.buttons === 1) entered(event)
      }}
    >
      {visible.map(({ index: row, start }) => (
        <Row
          key={row}
          row={row}
          top={start - headHeight}
          layout={layout}
          page={tables.row(name, row)?.page}
          activeCol={active.row === row ? active.col : undefined}
          marked={marked && row >= marked.top && row <= marked.bottom ? marked : undefined}
          chosen={chosen}
          traced={active.row === row ? traced : none}
        />
      ))}
    </div>
  )
}

const none: ReadonlySet<string> = new Set()

function placeOf({ target }: MouseEvent): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return cell ? { row: Number(cell.dataset.row), col: Number(cell.ariaColIndex) - 2 } : undefined
}

interface RowProps {
  readonly row: number
  readonly top: number
  readonly layout: Layout
  /** That has its cells. */
  readonly page: Page | undefined
  readonly activeCol: number | undefined
  readonly marked: Block | undefined
  readonly chosen: string | undefined
  readonly traced: ReadonlySet<string>
}

const Row = memo(({ row, top, layout, page, activeCol, marked, chosen, traced }: RowProps) => {
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
    <div className="row" role="row" aria-rowindex={row + 2} style={{ transform: `translateY(${top}px)`, width }}>
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
