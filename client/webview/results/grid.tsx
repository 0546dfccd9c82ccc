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
    scrollPaddingStart: numberWidth,
    overscan: 3,
  })
  const sizes = widths.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told that they changed
  useEffect(() => cols.measure(), [cols, sizes])

  const visible = rows.getVirtualItems()
  const first = visible[0]?.index ?? 0
  const last = visible.at(-1)?.index ?? -1
  useEffect(() => tables.want(name, sort, first, last), [tables, name, sort, first, last])

  const goTo = (place: CellPlace) => {
    setActive(place)
    const column = summary.columns[place.col]
    if (column) choose(column.name)
    if (place.row >= 0) rows.scrollToIndex(place.row, { align: 'auto' })
    cols.scrollToIndex(place.col, { align: 'auto' })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a choice of the host moves the grid
  useEffect(() => {
    const col = summary.columns.findIndex((column) => column.name === chosen)
    if (reveal === 0 || col < 0) return
    setActive({ row: Math.min(0, summary.count - 1), col })
    cols.scrollToIndex(col, { align: 'center' })
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

  const shown = cols.getVirtualItems().flatMap(({ index, start, size }) => {
    const column = summary.columns[index]
    const header: Header<Features, never> | undefined = headers[index]
    return column && header ? [{ index, start, size, column, header }] : []
  })
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
          <div className="corner" role="columnheader" aria-colindex={1} style={{ width: numberWidth }}>
            <span className="unseen">Row number</span>
          </div>
          {shown.map(({ index, start, size, column, header }) => (
            <HeaderCell
              key={column.name}
              id={`${name}--1-${index}`}
              index={index}
              column={column}
              rows={summary.count}
              sort={sort?.column === column.name ? sort : undefined}
              isChosen={column.name === chosen}
              isActive={active.row === -1 && active.col === index}
              style={{ left: start, width: size }}
              resize={header.getResizeHandler()}
              pressed={() => {
                setActive({ row: -1, col: index })
                choose(column.name)
                tables.toggleSort(name, column.name)
                scroller.current?.focus({ preventScroll: true })
              }}
            />
          ))}
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
              <div className="row-number" role="rowheader" aria-colindex={1} style={{ width: numberWidth }}>
                {formatCount(row + 1)}
              </div>
              {shown.map(({ index: col, start: left, size, column }) => (
                <Cell
                  key={column.name}
                  id={`${name}-${row}-${col}`}
                  row={row}
                  col={col}
                  column={column}
                  found={found}
                  isActive={active.row === row && active.col === col}
                  style={{ left, width: size }}
                  pressed={() => goTo({ row, col })}
                />
              ))}
            </div>
          )
        })}
      </div>
      {summary.count === 0 && <p className="nothing">This table has no rows.</p>}
    </div>
  )
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
