// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are drawn only where they are in sight, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
import type { ColumnSummary, TableSummary } from '@modeldriver/protocol'
import { columnResizingFeature, columnSizingFeature, type Header, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '../shared/format.ts'
import { cellText, columnWidth, isRightAligned } from './cells.ts'
import { HeaderCell } from './header-cell.tsx'
import type { Found } from './pages.ts'
import type { Table } from './state.ts'
import type { Tables } from './use-results.ts'
import { type CellPlace, walkCells } from './walk.ts'

interface GridProps {
  readonly name: Table
  readonly summary: TableSummary
  readonly tables: Tables
  readonly chosen: string | undefined
  readonly reveal: number
  readonly choose: (column: string) => void
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
type Features = typeof features
/** The rows stay with the runner: the table model knows the columns only. */
const noRows: never[] = []

const rowHeight = 24
const headHeight = 104
/** Pixels of the next column that are left in sight beside the one that is looked for. */
const peek = 24
/** Pixels that pinned columns may take. */
const mostPinned = 240

export function Grid({ name, summary, tables, chosen, reveal, choose }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<CellPlace>({ row: 0, col: 0 })
  const sort = tables.sortOf(name)
  const source = tables.source(name, sort)
  const columns = useMemo(
    () => summary.columns.map((column) => ({ id: column.name, size: columnWidth(column), minSize: 60, maxSize: 900 })),
    [summary],
  )
  const table = useTable<Features, never>({ features, columns, data: noRows, columnResizeMode: 'onChange' })
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const widths = headers.map((header) => header.getSize())
  const numberWidth = Math.max(44, 24 + formatCount(summary.count).length * 7)
  const pinned = pinnedColumns(summary.columns, widths)
  const pinnedWidth = numberWidth + pinned.reduce((total, { size }) => total + size, 0)

  const rows = useVirtualizer({
    count: summary.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 10,
  })
  const cols = useVirtualizer({
    horizontal: true,
    count: headers.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 100,
    paddingStart: numberWidth,
    overscan: 3,
  })
  const sizes = widths.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told that they changed
  useEffect(() => cols.measure(), [cols, sizes])

  const visible = rows.getVirtualItems()
  const first = visible[0]?.index ?? 0
  const last = visible.at(-1)?.index ?? -1
  useEffect(() => tables.want(name, sort, first, last), [tables, name, sort, first, last])

  /** The smallest move that shows a column beside the pinned ones, with a little of its neighbours. */
  const showColumn = (col: number) => {
    const element = scroller.current
    if (!element || col < pinned.length) return
    const start = numberWidth + widths.slice(0, col).reduce((total, width) => total + width, 0)
    const first = start - pinnedWidth - peek
    const last = start + (widths[col] ?? 0) + peek - element.clientWidth
    element.scrollLeft = Math.min(Math.max(element.scrollLeft, last), first)
  }
  const chosenCol = summary.columns.findIndex((column) => column.name === chosen)
  const keepChosen = useRef(() => {})
  useEffect(() => {
    keepChosen.current = () => {
      if (chosenCol >= 0) showColumn(chosenCol)
    }
  })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let width = element.clientWidth
    const observer = new ResizeObserver(() => {
      if (element.clientWidth < width) keepChosen.current()
      width = element.clientWidth
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const goTo = (place: CellPlace) => {
    setActive(place)
    const column = summary.columns[place.col]
    if (column) choose(column.name)
    if (place.row >= 0) rows.scrollToIndex(place.row, { align: 'auto' })
    showColumn(place.col)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a choice of the host moves the grid
  useEffect(() => {
    if (reveal === 0 || chosenCol < 0) return
    setActive({ row: Math.min(0, summary.count - 1), col: chosenCol })
    showColumn(chosenCol)
  }, [reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const screen = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1)
    const size = { rows: summary.count, cols: headers.length, screen }
    const next = walkCells(active, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, size)
    const column = summary.columns[active.col]
    if (next) goTo(next)
    else if ((event.key === 'Enter' || event.key === ' ') && active.row < 0 && column)
      tables.toggleSort(name, column.name)
    else return
    event.preventDefault()
  }
  const onCopy = (event: ClipboardEvent) => {
    const column = summary.columns[active.col]
    const found = tables.row(source, active.row)
    if (!column || !found) return
    event.clipboardData.setData('text/plain', textOf(found, column) ?? '')
    event.preventDefault()
  }

  const scrolled = cols.getVirtualItems().filter(({ index }) => index >= pinned.length)
  const drawn = (places: readonly { readonly index: number; readonly size: number; readonly start: number }[]) =>
    places.flatMap(({ index, start, size }) => {
      const column = summary.columns[index]
      const header: Header<Features, never> | undefined = headers[index]
      return column && header ? [{ index, column, header, style: { left: start, width: size } }] : []
    })
  const shownPinned = drawn(pinned.map((place) => ({ ...place, start: numberWidth + place.before })))
  const shown = drawn(scrolled)
  const headerCell = ({ index, column, header, style }: (typeof shown)[number]) => (
    <HeaderCell
      key={column.name}
      id={`${name}--1-${index}`}
      index={index}
      column={column}
      rows={summary.count}
      sort={sort?.column === column.name ? sort : undefined}
      isChosen={column.name === chosen}
      isActive={active.row === -1 && active.col === index}
      style={style}
      resize={header.getResizeHandler()}
      pressed={() => {
        setActive({ row: -1, col: index })
        choose(column.name)
        tables.toggleSort(name, column.name)
        scroller.current?.focus({ preventScroll: true })
      }}
    />
  )
  const bodyCell = (row: number, found: Found | undefined, { index: col, column, style }: (typeof shown)[number]) => (
    <Cell
      key={column.name}
      id={`${name}-${row}-${col}`}
      row={row}
      col={col}
      column={column}
      found={found}
      isActive={active.row === row && active.col === col}
      style={style}
      pressed={() => goTo({ row, col })}
    />
  )
  const width = cols.getTotalSize()
  return (
    <div
      className="grid"
      ref={scroller}
      role="grid"
      aria-label={name === 'groups' ? 'Group table' : 'Row table'}
      aria-rowcount={summary.count + 1}
      aria-colcount={headers.length + 1}
      aria-activedescendant={`${name}-${active.row}-${active.col}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <div className="grid-head" role="rowgroup" style={{ width, height: headHeight }}>
        <div role="row" aria-rowindex={1}>
          <div className="pinned" role="presentation" style={{ width: pinnedWidth }}>
            <div className="corner" role="columnheader" aria-colindex={1} style={{ width: numberWidth }}>
              <span className="unseen">Row number</span>
            </div>
            {shownPinned.map(headerCell)}
          </div>
          {shown.map(headerCell)}
        </div>
      </div>
      <div className="grid-body" role="rowgroup" style={{ width, height: rows.getTotalSize() - headHeight }}>
        {visible.map(({ index: row, start }) => {
          const found = tables.row(source, row)
          return (
            <div
              key={row}
              className="row"
              role="row"
              aria-rowindex={row + 2}
              style={{ transform: `translateY(${start - headHeight}px)`, width }}
            >
              <div className="pinned" role="presentation" style={{ width: pinnedWidth }}>
                <div className="row-number" role="rowheader" aria-colindex={1} style={{ width: numberWidth }}>
                  {formatCount(row + 1)}
                </div>
                {shownPinned.map((place) => bodyCell(row, found, place))}
              </div>
              {shown.map((place) => bodyCell(row, found, place))}
            </div>
          )
        })}
      </div>
      {summary.count === 0 && <p className="nothing">This table has no rows.</p>}
    </div>
  )
}

/** The key columns at the left stay in sight, as long as they leave room for others. */
function pinnedColumns(columns: readonly ColumnSummary[], widths: readonly number[]) {
  const pinned: { readonly index: number; readonly size: number; readonly before: number }[] = []
  let before = 0
  for (const [index, { kind }] of columns.entries()) {
    const size = widths[index] ?? 0
    if (kind !== 'key' || before + size > mostPinned) break
    pinned.push({ index, size, before })
    before += size
  }
  return pinned
}

interface CellProps {
  readonly id: string
  readonly row: number
  readonly col: number
  readonly column: ColumnSummary
  readonly found: Found | undefined
  readonly isActive: boolean
  readonly style: { readonly left: number; readonly width: number }
  readonly pressed: () => void
}

function Cell({ id, row, col, column, found, isActive, style, pressed }: CellProps) {
  const text = found && textOf(found, column)
  const state = !found ? ' loading' : text === undefined ? ' missing' : ''
  return (
    <div
      id={id}
      className={`cell${isRightAligned(column) ? ' right' : ''}${isActive ? ' active' : ''}${state}`}
      role="gridcell"
      aria-colindex={col + 2}
      aria-selected={isActive}
      data-row={row}
      data-col={column.name}
      title={text !== undefined && text.length > 24 ? text : undefined}
      style={style}
      onClick={pressed}
    >
      {found ? (text ?? 'missing') : '…'}
    </div>
  )
}

function textOf({ page, index }: Found, summary: ColumnSummary): string | undefined {
  const column = page.columns.find(({ name }) => name === summary.name)
  return column && cellText(column, index, summary)
}
