import { flag, mapOf, number, oneOf, optional, shape, text } from '../shared/shape.ts'
import { savedView, type TableView } from './views.ts'
import type { CellPlace } from './walk.ts'

export type Tab = 'rows' | 'groups' | 'features'

/** Where a person is in a table: how far it is scrolled, in pixels, and the cells that are marked. */
export interface TabPlace {
  readonly top: number
  readonly left: number
  readonly active?: NamedCell
  /** The other corner of the marked cells. */
  readonly anchor?: NamedCell
}

/** Columns by name, as another run, or another layout, may have them elsewhere. */
interface NamedCell {
  readonly row: number
  readonly column: string
}

/** What is described beside a tab. */
export interface Details {
  readonly chosen?: string
  readonly wantsDetails: boolean
}

/** How results are looked at. */
export interface Looks {
  /** The run that was shown last; also before its summary is here again. */
  readonly run?: string
  readonly model?: string
  readonly tab: Tab
  /** The column or feature that is marked, and that the panel describes. */
  readonly chosen?: string
  /** The person chose it, not the run: its details are wanted even where there is little room. */
  readonly wantsDetails: boolean
  /** What is described beside the tabs that were left, by `viewKey`. */
  readonly details: Readonly<Record<string, Details>>
  /** How each table is looked at, by `viewKey`. */
  readonly views: Readonly<Record<string, TableView>>
}

/** What the extension host keeps for the page, for when it is hidden, the window is reloaded, or the host itself ends. */
export interface SavedResults extends Looks {
  readonly places: Readonly<Record<string, TabPlace>>
}

const namedCell = shape<NamedCell>({ row: number, column: text })

export const savedResults = shape<SavedResults>({
  run: optional(text),
  model: optional(text),
  tab: oneOf('rows', 'groups', 'features'),
  chosen: optional(text),
  wantsDetails: flag,
  details: mapOf(shape<Details>({ chosen: optional(text), wantsDetails: flag })),
  views: mapOf(savedView),
  places: mapOf(
    shape<TabPlace>({ top: number, left: number, active: optional(namedCell), anchor: optional(namedCell) }),
  ),
})

/** The cell in a table of `count` rows with these columns: the nearest row there is, and none where its column is gone. */
export function cellAt(cell: NamedCell | undefined, names: readonly string[], count: number): CellPlace | undefined {
  const col = cell === undefined ? -1 : names.indexOf(cell.column)
  return cell === undefined || col < 0 ? undefined : { row: Math.min(cell.row, count - 1), col }
}

export function nameCell(cell: CellPlace | undefined, names: readonly string[]): NamedCell | undefined {
  const column = cell && names[cell.col]
  return cell === undefined || column === undefined ? undefined : { row: cell.row, column }
}
