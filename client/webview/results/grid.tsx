// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are drawn only where they are in sight, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
import type { TableSummary, Trace } from '@modeldriver/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { t } from '@vscode/l10n'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '../shared/format.ts'
import { Menu, type MenuPlace } from '../shared/menu.tsx'
import { exactTextOf } from './cell.tsx'
import { columnWidth, isCut } from './cells.ts'
import { columnEntries } from './column-entries.ts'
import { both } from './conditions.ts'
import { HeaderCell } from './header-cell.tsx'
import { cellAt, nameCell } from './place.ts'
import { type DrawnColumn, Rows } from './rows.tsx'
import { rowHeight } from './sight.ts'
import type { Tables } from './use-results.ts'
import { arranged, blockOf, isOneCell, isWhole, moveTo, type Table, withWidth } from './views.ts'
import { type CellPlace, walkCells } from './walk.ts'

interface GridProps {
  readonly name: Table
  readonly summary: TableSummary
  readonly tables: Tables
  readonly chosen: string | undefined
  readonly reveal: number
  readonly revealRow: number
  /** It is in sight, or was. */
  readonly isRevealed: boolean
  /** What the active cell was made from. */
  readonly trace: Trace | undefined
  readonly choose: (column: string) => void
  /** Begins a filter by a column. */
  readonly beginFilter: (text: string) => void
}

/** With the small charts, and without: these yield where they would leave few rows. */
const [headWithCharts, headWithout, fewRows] = [104, 44, 6]
/** Pixels of the next column that are left in sight beside the one that is looked for. */
const peek = 24
/** Part of the width that pinned columns may take. */
const mostPinned = 0.6

export function Grid(props: GridProps) {
  const { name, summary, tables, chosen, reveal, revealRow, isRevealed, trace, choose, beginFilter } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ readonly col: number; readonly style: MenuPlace } | undefined>()
  const { options, layout, view, asked } = tables.view(name)
  const { sort } = options
  const count = view?.count ?? summary.count
  const { shown: columnsShown, pinned: pinnedCount } = useMemo(
    () => arranged(summary.columns, layout),
    [summary, layout],
  )
  const names = columnsShown.map((column) => column.name)
  const [before] = useState(() => (isRevealed ? tables.place(name) : undefined))
  const [active, setActive] = useState(() => cellAt(before?.active, names, count) ?? { row: 0, col: 0 })
  /** The other corner of the marked cells. */
  const [anchor, setAnchor] = useState(() => cellAt(before?.anchor, names, count))
  const widths = useMemo(
    () => columnsShown.map((column) => layout.widths?.[column.name] ?? columnWidth(column)),
    [columnsShown, layout],
  )
  const numberWidth = Math.max(44, 24 + formatCount(summary.count).length * 7)
  const { width, height } = useSize(scroller)
  const isLow = height < headWithCharts + fewRows * rowHeight
  const headHeight = isLow ? headWithout : headWithCharts
  const pinned = useMemo(
    () => pinnedColumns(widths.slice(0, pinnedCount), numberWidth, width * mostPinned),
    [widths, pinnedCount, numberWidth, width],
  )
  const pinnedWidth = numberWidth + pinned.reduce((total, { size }) => total + size, 0)

  const isCovering = useIsCovering(scroller, widths, pinnedWidth - numberWidth)

  const cols = useVirtualizer({
    horizontal: true,
    count: names.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 100,
    paddingStart: numberWidth,
    initialOffset: before?.left ?? 0,
    overscan: 3,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told that they changed
  useEffect(() => cols.measure(), [cols, widths])

  /** The room that there was when what must be in sight was last brought there. */
  const room = useRef({ height: 0, width: 0 })
  /** The smallest move that shows a row; or, when it must move, in the middle. */
  const showRow = (row: number, isCentral = false) => {
    const element = scroller.current
    if (!element) return
    const first = row * rowHeight
    const last = first + rowHeight - (element.clientHeight - headHeight)
    const shortest = Math.min(Math.max(element.scrollTop, last), first)
    element.scrollTop = isCentral && shortest !== element.scrollTop ? (first + last) / 2 : shortest
    room.current.height = element.clientHeight
  }
  const startOf = (col: number) => numberWidth + widths.slice(0, col).reduce((total, width) => total + width, 0)
  /**
   * The smallest move that shows a column beside the pinned ones, with a little of its neighbours; or, when it must move,
   * right beside them.
   */
  const showColumn = (col: number, isBeside = false) => {
    const element = scroller.current
    if (!element || col < pinned.length) return
    const start = startOf(col)
    const first = start - pinnedWidth - peek
    const last = start + (widths[col] ?? 0) + peek - element.clientWidth
    const shortest = Math.min(Math.max(element.scrollLeft, last), first)
    element.scrollLeft = isBeside && shortest !== element.scrollLeft ? start - pinnedWidth : shortest
  }
  const chosenCol = names.indexOf(chosen ?? '')
  /** Where there is less room than before. */
  const keepInSight = () => {
    const element = scroller.current
    if (!element) return
    const { height, width } = room.current
    room.current = { height: element.clientHeight, width: element.clientWidth }
    if (element.clientWidth < width && chosenCol >= 0) showColumn(chosenCol)
    // Far down a browser knows places to a pixel or two only.
    const start = active.row * rowHeight - element.scrollTop
    const wasInSight = start > -rowHeight && start < height - headHeight
    if (element.clientHeight < height && wasInSight) showRow(active.row)
  }
  const latestKeep = useRef(keepInSight)
  useEffect(() => {
    latestKeep.current = keepInSight
  })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => latestKeep.current())
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // Details that give room and take it again before the next frame are seen by no observer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what details depend on
  useLayoutEffect(keepInSight, [active, chosen, trace])

  /** `isFurther`: from the cell that was active, so that those between are marked. */
  const goTo = (place: CellPlace, isFurther = false) => {
    const from = isFurther && place.row >= 0 ? (anchor ?? active) : undefined
    setAnchor(from)
    setActive(place)
    const column = names[place.col]
    if (column !== undefined) choose(column)
    if (place.row >= 0) showRow(place.row)
    showColumn(place.col)
    const block = from && from.row >= 0 ? blockOf(from, place) : undefined
    tables.select(name, block && !isOneCell(block) ? block : undefined, names)
    if (!from && place.row >= 0 && column !== undefined) tables.trace(name, place.row, column)
  }
  const marked = useMemo(() => (anchor && anchor.row >= 0 ? blockOf(anchor, active) : undefined), [anchor, active])
  const move = () => {
    const { scrollTop: top = 0, scrollLeft: left = 0 } = scroller.current ?? {}
    const [one, other] = [nameCell(active, names), nameCell(anchor, names)]
    tables.move(name, { top, left, ...(one && { active: one }), ...(other && { anchor: other }) })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: where these cells are is told as they are
  useEffect(move, [active, anchor])
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it was when it was left
  useLayoutEffect(() => {
    const { top = 0, left = 0 } = before ?? {}
    scroller.current?.scrollTo({ top, left })
  }, [])
  const isHere = isWhole(options) || (view !== undefined && view.asked === asked)
  /** What is said of the cells has to be asked for, once the rows that are looked at are here. */
  const isToAsk = useRef(before !== undefined)
  useEffect(() => {
    if (!isHere || !isToAsk.current) return
    isToAsk.current = false
    if (marked && !isOneCell(marked)) tables.select(name, marked, names)
    else if (chosen !== undefined && chosen === names[active.col] && active.row >= 0)
      tables.trace(name, active.row, chosen)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a choice from outside moves the grid
  useEffect(() => {
    if (isRevealed || chosenCol < 0) return
    const row = Math.min(revealRow, count - 1)
    setActive({ row, col: chosenCol })
    setAnchor(undefined)
    if (row > 0) showRow(row, true)
    showColumn(chosenCol, true)
    isToAsk.current = true
  }, [reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const screen = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1)
    const size = { rows: count, cols: names.length, screen }
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
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(active.col)
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
  /** Below the name of a column, at the side on which it has more room. */
  const openMenu = (col: number) => {
    const { scrollLeft = 0, offsetWidth = 0 } = scroller.current ?? {}
    const left = startOf(col) - (col < pinned.length ? 0 : scrollLeft)
    const right = offsetWidth - left - (widths[col] ?? 0)
    setMenu({
      col,
      style: { top: 30, ...(left < right ? { left: Math.max(0, left) } : { right: Math.max(0, right) }) },
    })
  }
  const closeMenu = () => {
    setMenu(undefined)
    scroller.current?.focus({ preventScroll: true })
  }
  const filterBy = (condition: string) => tables.look(name, { filter: both(options.filter, condition) })
  const traced = useMemo(() => new Set(trace?.inputs.map((input) => input.name)), [trace])

  const items = cols.getVirtualItems()
  const totalWidth = cols.getTotalSize()
  const drawn = useMemo(() => {
    const at = ({ index, start, size }: Place) => {
      const column = columnsShown[index]
      return column ? [{ index, column, style: { left: start, width: size } }] : []
    }
    const scrolled = items.filter(({ index }) => index >= pinned.length)
    return {
      name,
      pinned: pinned.flatMap(at),
      shown: scrolled.flatMap(at),
      numberWidth,
      pinnedWidth,
      width: totalWidth,
    }
  }, [name, columnsShown, items, pinned, numberWidth, pinnedWidth, totalWidth])
  useEffect(() =>
    tables.describe(
      name,
      [...drawn.pinned, ...drawn.shown].map(({ column }) => column),
    ),
  )
  const headerCell = ({ index, column, style }: DrawnColumn) => (
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
      hasChart={!isLow}
      resize={(width) => tables.arrange(name, withWidth(layout, column.name, width))}
      pressed={() => {
        setActive({ row: -1, col: index })
        choose(column.name)
        tables.toggleSort(name, column.name)
        scroller.current?.focus({ preventScroll: true })
      }}
      filter={filterBy}
      openMenu={() => openMenu(index)}
      dropped={(from) => tables.arrange(name, moveTo(summary.columns, layout, from, column.name))}
    />
  )
  const menuColumn = menu && columnsShown[menu.col]
  return (
    <>
      <div
        className={isCovering ? 'grid covering' : 'grid'}
        ref={scroller}
        role="grid"
        aria-label={name === 'groups' ? t('Group table') : t('Row table')}
        aria-rowcount={count + 1}
        aria-multiselectable={true}
        aria-colcount={names.length + 1}
        aria-activedescendant={`${name}-${active.row}-${active.col}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onScroll={move}
      >
        <div className="grid-head" role="rowgroup" style={{ width: totalWidth, height: headHeight }}>
          <div role="row" aria-rowindex={1}>
            <div className="pinned" role="presentation" style={{ width: pinnedWidth }}>
              <div className="corner" role="columnheader" aria-colindex={1} style={{ width: numberWidth }}>
                <span className="unseen">{t('Row number')}</span>
              </div>
              {drawn.pinned.map(headerCell)}
            </div>
            {drawn.shown.map(headerCell)}
          </div>
        </div>
        <Rows
          layout={drawn}
          tables={tables}
          count={count}
          scroller={scroller}
          headHeight={headHeight}
          active={active}
          marked={marked}
          chosen={chosen}
          traced={traced}
          goTo={goTo}
        />
        {count === 0 && (
          <p className="nothing">{summary.count === 0 ? t('This table has no rows.') : t('No row fits the filter.')}</p>
        )}
      </div>
      {menu && menuColumn && (
        <Menu
          label={t('Column {0}', menuColumn.name)}
          style={menu.style}
          close={closeMenu}
          entries={columnEntries(menuColumn, {
            name,
            summary,
            tables,
            width: widths[menu.col] ?? 0,
            beginFilter,
          })}
        />
      )}
    </>
  )
}

const sideways: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** Of an element, as it changes. */
function useSize(of: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState({ width: 1000, height: 1000 })
  useEffect(() => {
    const element = of.current
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [of])
  return size
}

/** Whether the pinned columns, `covered` wide, hide a part of the one beside them, as the element is scrolled. */
function useIsCovering(
  of: { readonly current: HTMLElement | null },
  widths: readonly number[],
  covered: number,
): boolean {
  const [isCovering, setIsCovering] = useState(false)
  useEffect(() => {
    const element = of.current
    if (!element) return
    const look = () => setIsCovering(isCut(widths, element.scrollLeft + covered))
    look()
    // Before others draw anew: where it is scrolled to would be measured once more after that.
    const options = { passive: true, capture: true }
    element.addEventListener('scroll', look, options)
    return () => element.removeEventListener('scroll', look, options)
  }, [of, widths, covered])
  return isCovering
}

interface Place {
  readonly index: number
  readonly start: number
  readonly size: number
}

/** The pinned columns stay in sight at the left, as long as they leave room for others. */
function pinnedColumns(widths: readonly number[], left: number, room: number): readonly Place[] {
  const pinned: Place[] = []
  let start = left
  for (const [index, size] of widths.entries()) {
    if (start + size > room) break
    pinned.push({ index, size, start })
    start += size
  }
  return pinned
}
