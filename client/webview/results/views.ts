import type { ColumnSummary, FromResultsPage, ViewOptions } from '@modeldriver/protocol'
import { flag, list, mapOf, number, optional, shape, text } from '../shared/shape.ts'

export type Table = Extract<FromResultsPage, { kind: 'page' }>['table']
export type Sort = NonNullable<ViewOptions['sort']>

/** How one table is looked at: which rows, in which order, and which columns. */
export interface TableView {
  readonly options: ViewOptions
  readonly layout: ColumnLayout
  /** Id of the question that asked for these rows; absent while all rows are shown as they were computed. */
  readonly asked?: number
  /** The rows that are shown: the last answer, and the id of its question. */
  readonly view?: { readonly name: string; readonly count: number; readonly asked: number }
  /** Why the question was not answered. */
  readonly refusal?: string
}

/** Names of columns. */
export interface ColumnLayout {
  readonly hidden: readonly string[]
  /** Kept in sight at the left, in this order. Absent: the key columns. */
  readonly pinned?: readonly string[]
  /** Those that were moved, in their order; the others follow as they were computed. */
  readonly order: readonly string[]
  /** In pixels, of those that were made wider or narrower. */
  readonly widths?: Readonly<Record<string, number>>
}

/** Says whether what was kept is one. */
export const savedView = shape<TableView>({
  options: shape<ViewOptions>({
    sort: optional(shape<Sort>({ column: text, descending: flag })),
    filter: optional(text),
    group: optional(number),
    changed: optional(text),
  }),
  layout: shape<ColumnLayout>({
    hidden: list(text),
    pinned: optional(list(text)),
    order: list(text),
    widths: optional(mapOf(number)),
  }),
  asked: optional(number),
  view: optional(shape<NonNullable<TableView['view']>>({ name: text, count: number, asked: number })),
  refusal: optional(text),
})

export const wholeTable: TableView = { options: {}, layout: { hidden: [], order: [] } }

export const isWhole = ({ sort, filter, group, changed }: ViewOptions): boolean =>
  sort === undefined && filter === undefined && group === undefined && changed === undefined

/** The view once other rows were asked for. What was shown stays until the answer is there. */
export function looked(before: TableView, options: ViewOptions, asked: number): TableView {
  const { asked: _, refusal: __, view, ...rest } = before
  if (isWhole(options)) return { ...rest, options }
  return { ...rest, ...(view && { view }), options, asked }
}

export function answered(before: TableView, asked: number, name: string, count: number): TableView {
  const { refusal: _, ...rest } = before
  return { ...rest, view: { name, count, asked } }
}

/** When the page is there again, and the run is the same: what was not answered before it was hidden has to be asked again. */
export function resumed(before: TableView): TableView {
  const { asked, ...rest } = before
  return asked === before.view?.asked || before.refusal !== undefined ? before : rest
}

/** After another run: its rows have to be asked for again. Groups and changes are others now. */
export function renewed({ options, layout }: TableView): TableView {
  const { sort, filter } = options
  return { layout, options: { ...(sort && { sort }), ...(filter !== undefined && { filter }) } }
}

/** A click on a header: ascending, then descending, then as computed. */
export function nextSort(before: Sort | undefined, column: string): Sort | undefined {
  if (before?.column !== column) return { column, descending: false }
  return before.descending ? undefined : { column, descending: true }
}

/** The columns as they stand: the pinned ones first, the hidden ones left out. */
export function arranged(
  columns: readonly ColumnSummary[],
  layout: ColumnLayout,
): { readonly shown: readonly ColumnSummary[]; readonly pinned: number } {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const { names, pinned } = inOrder(columns, layout)
  const shown = names.filter((name) => !layout.hidden.includes(name))
  return {
    shown: shown.flatMap((name) => byName.get(name) ?? []),
    pinned: shown.filter((name) => pinned.includes(name)).length,
  }
}

/** All columns, the hidden ones in their places. */
function inOrder(columns: readonly ColumnSummary[], layout: ColumnLayout) {
  const all = columns.map(({ name }) => name)
  const pinned = (layout.pinned ?? leadingKeys(columns)).filter((name) => all.includes(name))
  const moved = layout.order.filter((name) => all.includes(name))
  return { pinned, names: [...new Set([...pinned, ...moved, ...all])] }
}

function leadingKeys(columns: readonly ColumnSummary[]): readonly string[] {
  const end = columns.findIndex(({ kind }) => kind !== 'key')
  return columns.slice(0, end < 0 ? columns.length : end).map(({ name }) => name)
}

export const hide = (layout: ColumnLayout, name: string): ColumnLayout => ({
  ...layout,
  hidden: [...layout.hidden.filter((each) => each !== name), name],
})

export const show = (layout: ColumnLayout, names: readonly string[]): ColumnLayout => ({
  ...layout,
  hidden: layout.hidden.filter((each) => !names.includes(each)),
})

/** Pins a column behind those that are pinned, or lets it go. */
export function togglePin(columns: readonly ColumnSummary[], layout: ColumnLayout, name: string): ColumnLayout {
  const pinned = layout.pinned ?? leadingKeys(columns)
  return {
    ...layout,
    pinned: pinned.includes(name) ? pinned.filter((each) => each !== name) : [...pinned, name],
  }
}

const narrowest = 60
const widest = 900

/** Gives a column a width, within reason; undefined: that which fits it. */
export function withWidth(layout: ColumnLayout, name: string, width: number | undefined): ColumnLayout {
  const { [name]: _, ...others } = layout.widths ?? {}
  const own = width === undefined ? {} : { [name]: Math.round(Math.min(widest, Math.max(narrowest, width))) }
  return { ...layout, widths: { ...others, ...own } }
}

/** Moves a column to the place of another one; those between give way. Into the pinned ones and out of them it is pinned and let go. */
export function moveTo(
  columns: readonly ColumnSummary[],
  layout: ColumnLayout,
  name: string,
  target: string,
): ColumnLayout {
  const { names, pinned } = inOrder(columns, layout)
  const from = names.indexOf(name)
  const to = names.indexOf(target)
  if (from < 0 || to < 0 || from === to) return layout
  const order = names.filter((each) => each !== name)
  order.splice(to, 0, name)
  const count = pinned.length
  const fixed = count + (from >= count && to < count ? 1 : from < count && to >= count ? -1 : 0)
  const isChanged = fixed !== count || to < count || layout.pinned !== undefined
  return { ...layout, order, ...(isChanged && { pinned: order.slice(0, fixed) }) }
}

/** A block of cells by its corners, rows and columns from 0. */
export interface Block {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

interface Corner {
  readonly row: number
  readonly col: number
}

export const blockOf = (a: Corner, b: Corner): Block => ({
  top: Math.max(0, Math.min(a.row, b.row)),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.col, b.col),
  right: Math.max(a.col, b.col),
})

export const isIn = ({ top, bottom, left, right }: Block, row: number, col: number): boolean =>
  row >= top && row <= bottom && col >= left && col <= right

export const isOneCell = ({ top, bottom, left, right }: Block): boolean => top === bottom && left === right
