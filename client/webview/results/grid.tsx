// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are drawn only where they are in sight, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
import type { TableSummary, Trace } from '@modeldriver/protocol'
import { columnResizingFeature, columnSizingFeature, type Header, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { t } from '@vscode/l10n'
import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '../shared/format.ts'
import { Menu } from '../shared/menu.tsx'
import { Cell, exactTextOf } from './cell.tsx'
import { columnWidth } from './cells.ts'
import { columnEntries } from './column-entries.ts'
import { both } from './conditions.ts'
import { HeaderCell } from './header-cell.tsx'
import type { Found } from './pages.ts'
import type { Tables } from './use-results.ts'
import { arranged, blockOf, isIn, isOneCell, moveTo, type Table } from './views.ts'
import { type CellPlace, walkCells } from './walk.ts'

interface GridProps {
  readonly name: Table
  readonly summary: TableSummary
  readonly tables: Tables
  readonly chosen: string | undefined
  readonly reveal: number
  readonly revealRow: number
  /** What the active cell was made from. */
  readonly trace: Trace | undefined
  readonly choose: (column: string) => void
  /** Begins a filter by a column. */
  readonly beginFilter: (text: string) => void
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
type Features = typeof features
/** The rows stay with the runner: the table model knows the columns only. */
const noRows: never[] = []

const rowHeight = 24
const headHeight = 104
/** Pixels of the next column that are left in sight beside the one that is looked for. */
const peek = 24
/** Part of the width that pinned columns may take. */
const mostPinned = 0.6

export function Grid(props: GridProps) {
  const { name, summary, tables, chosen, reveal, revealRow, trace, choose, beginFilter } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<CellPlace>({ row: 0, col: 0 })
  /** The other corner of the marked cells. */
  const [anchor, setAnchor] = useState<CellPlace | undefined>()
  const [menu, setMenu] = useState<number | undefined>()
  const { options, layout, view } = tables.view(name)
  const { sort } = options
  const count = view?.count ?? summary.count
  const { shown: columnsShown, pinned: pinnedCount } = useMemo(
    () => arranged(summary.columns, layout),
    [summary, layout],
  )
  const names = columnsShown.map((column) => column.name)
  const columns = useMemo(
    () => columnsShown.map((column) => ({ id: column.name, size: columnWidth(column), minSize: 60, maxSize: 900 })),
    [columnsShown],
  )
  const table = useTable<Features, never>({ features, columns, data: noRows, columnResizeMode: 'onChange' })
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const widths = headers.map((header) => header.getSize())
  const numberWidth = Math.max(44, 24 + formatCount(summary.count).length * 7)
  const width = useWidth(scroller)
  const pinned = pinnedColumns(widths.slice(0, pinnedCount), width * mostPinned - numberWidth)
  const pinnedWidth = numberWidth + pinned.reduce((total, { size }) => total + size, 0)

  const rows = useVirtualizer({
    count,
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
  useEffect(() => tables.want(name, first, last), [tables, name, first, last])

  /**
   * The smallest move that shows a column beside the pinned ones, with a little of its neighbours; or, when it must move,
   * right beside them.
   */
  const showColumn = (col: number, isBeside = false) => {
    const element = scroller.current
    if (!element || col < pinned.length) return
    const start = numberWidth + widths.slice(0, col).reduce((total, width) => total + width, 0)
    const first = start - pinnedWidth - peek
    const last = start + (widths[col] ?? 0) + peek - element.clientWidth
    const shortest = Math.min(Math.max(element.scrollLeft, last), first)
    element.scrollLeft = isBeside && shortest !== element.scrollLeft ? start - pinnedWidth : shortest
  }
  const chosenCol = names.indexOf(chosen ?? '')
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

  /** `isFurther`: from the cell that was active, so that those between are marked. */
  const goTo = (place: CellPlace, isFurther = false) => {
    const from = isFurther && place.row >= 0 ? (anchor ?? active) : undefined
    setAnchor(from)
    setActive(place)
    const column = names[place.col]
    if (column !== undefined) choose(column)
    if (place.row >= 0) rows.scrollToIndex(place.row, { align: 'auto' })
    showColumn(place.col)
    const block = from && from.row >= 0 ? blockOf(from, place) : undefined
    tables.select(name, block && !isOneCell(block) ? block : undefined, names)
    if (!from && place.row >= 0 && column !== undefined) tables.trace(name, place.row, column)
  }
  const marked = anchor && anchor.row >= 0 ? blockOf(anchor, active) : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a choice from outside moves the grid
  useEffect(() => {
    if (reveal === 0 || chosenCol < 0) return
    const row = Math.min(revealRow, count - 1)
    setActive({ row, col: chosenCol })
    setAnchor(undefined)
    if (row > 0) rows.scrollToIndex(row, { align: 'center' })
    showColumn(chosenCol, true)
    if (row >= 0) tables.trace(name, row, names[chosenCol] as string)
  }, [reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const screen = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1)
    const size = { rows: count, cols: headers.length, screen }
    const isCtrl = event.ctrlKey || event.metaKey
    const column = names[active.col]
    const neighbour = event.altKey && active.row < 0 ? sideways[event.key] : undefined
    if (neighbour !== undefined && column !== undefined) {
      const target = names[active.col + neighbour]
      if (target !== undefined) {
        tables.arrange(name, moveTo(summary.columns, layout, column, target))
        setActive({ row: -1, col: active.col + neighbour })
      }
    } else if (isCtrl && event.key.toLowerCase() === 'a') {
      setAnchor({ row: 0, col: 0 })
      setActive({ row: count - 1, col: names.length - 1 })
      tables.select(name, { top: 0, bottom: count - 1, left: 0, right: names.length - 1 }, names)
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) setMenu(active.col)
    else {
      const next = walkCells(active, { key: event.key, ctrl: isCtrl }, size)
      if (next) goTo(next, event.shiftKey)
      else if ((event.key === 'Enter' || event.key === ' ') && active.row < 0 && column !== undefined)
        tables.toggleSort(name, column)
      else return
    }
    event.preventDefault()
  }
  const onCopy = (event: ClipboardEvent) => {
    if (marked && !isOneCell(marked)) tables.copy(name, marked, names)
    else {
      const column = columnsShown[active.col]
      const found = tables.row(name, active.row)
      if (!column || !found) return
      event.clipboardData.setData('text/plain', exactTextOf(found, column))
    }
    event.preventDefault()
  }
  const closeMenu = () => {
    setMenu(undefined)
    scroller.current?.focus({ preventScroll: true })
  }
  const filterBy = (condition: string) => tables.look(name, { filter: both(options.filter, condition) })
  const traced = new Set(trace?.inputs.map((input) => input.name))

  const scrolled = cols.getVirtualItems().filter(({ index }) => index >= pinned.length)
  const drawn = (places: readonly { readonly index: number; readonly size: number; readonly start: number }[]) =>
    places.flatMap(({ index, start, size }) => {
      const column = columnsShown[index]
      const header: Header<Features, never> | undefined = headers[index]
      return column && header ? [{ index, column, header, style: { left: start, width: size } }] : []
    })
  const shownPinned = drawn(pinned.map((place) => ({ ...place, start: numberWidth + place.before })))
  const shown = drawn(scrolled)
  const inSight = [...shownPinned, ...shown].map(({ column }) => column)
  useEffect(() => tables.describe(name, inSight))
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
      changed={summary.changes?.cells[column.name] ?? 0}
      isNew={summary.changes?.addedColumns.includes(column.name) ?? false}
      isTraced={traced.has(column.name)}
      resize={header.getResizeHandler()}
      pressed={() => {
        setActive({ row: -1, col: index })
        choose(column.name)
        tables.toggleSort(name, column.name)
        scroller.current?.focus({ preventScroll: true })
      }}
      filter={filterBy}
      openMenu={() => setMenu(index)}
      dropped={(from) => tables.arrange(name, moveTo(summary.columns, layout, from, column.name))}
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
      isMarked={marked !== undefined && isIn(marked, row, col)}
      isChosen={column.name === chosen}
      isTraced={active.row === row && traced.has(column.name)}
      style={style}
      pressed={(event: MouseEvent) => {
        if (event.button === 0) goTo({ row, col }, event.shiftKey)
      }}
      entered={(event: MouseEvent) => {
        if (event.buttons === 1) goTo({ row, col }, true)
      }}
    />
  )
  const menuColumn = menu === undefined ? undefined : columnsShown[menu]
  return (
    <div
      className="grid"
      ref={scroller}
      role="grid"
      aria-label={name === 'groups' ? t('Group table') : t('Row table')}
      aria-rowcount={count + 1}
      aria-multiselectable={true}
      aria-colcount={headers.length + 1}
      aria-activedescendant={`${name}-${active.row}-${active.col}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <div className="grid-head" role="rowgroup" style={{ width: cols.getTotalSize(), height: headHeight }}>
        <div role="row" aria-rowindex={1}>
          <div className="pinned" role="presentation" style={{ width: pinnedWidth }}>
            <div className="corner" role="columnheader" aria-colindex={1} style={{ width: numberWidth }}>
              <span className="unseen">{t('Row number')}</span>
            </div>
            {shownPinned.map(headerCell)}
          </div>
          {shown.map(headerCell)}
        </div>
      </div>
      <div
        className="grid-body"
        role="rowgroup"
        style={{ width: cols.getTotalSize(), height: rows.getTotalSize() - headHeight }}
      >
        {visible.map(({ index: row, start }) => {
          const found = tables.row(name, row)
          return (
            <div
              key={row}
              className="row"
              role="row"
              aria-rowindex={row + 2}
              style={{ transform: `translateY(${start - headHeight}px)`, width: cols.getTotalSize() }}
            >
              <div className="pinned" role="presentation" style={{ width: pinnedWidth }}>
                <div className="row-number" role="rowheader" aria-colindex={1} style={{ width: numberWidth }}>
                  {formatCount((found?.page.rows?.[found.index] ?? row) + 1)}
                </div>
                {shownPinned.map((place) => bodyCell(row, found, place))}
              </div>
              {shown.map((place) => bodyCell(row, found, place))}
            </div>
          )
        })}
      </div>
      {count === 0 && (
        <p className="nothing">{summary.count === 0 ? t('This table has no rows.') : t('No row fits the filter.')}</p>
      )}
      {menu !== undefined && menuColumn && (
        <Menu
          label={t('Column {0}', menuColumn.name)}
          style={{ left: menuLeft(headers, menu, numberWidth), top: 30 }}
          close={closeMenu}
          entries={columnEntries(menuColumn, { name, summary, tables, beginFilter })}
        />
      )}
    </div>
  )
}

const sideways: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** Width of an element, as it changes. */
function useWidth(of: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(1000)
  useEffect(() => {
    const element = of.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [of])
  return width
}

const menuLeft = (headers: readonly Header<Features, never>[], index: number, before: number): number =>
  headers.slice(0, index).reduce((total, header) => total + header.getSize(), before)

/** The pinned columns stay in sight at the left, as long as they leave room for others. */
function pinnedColumns(widths: readonly number[], room: number) {
  const pinned: { readonly index: number; readonly size: number; readonly before: number }[] = []
  let before = 0
  for (const [index, size] of widths.entries()) {
    if (before + size > room) break
    pinned.push({ index, size, before })
    before += size
  }
  return pinned
}
