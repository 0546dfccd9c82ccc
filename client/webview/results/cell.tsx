// biome-ignore-all lint/a11y/useSemanticElements: a part of the grid, which is not a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
import type { ColumnSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { cellText, exactText, isRightAligned } from './cells.ts'
import type { Found } from './pages.ts'

interface CellProps {
  readonly id: string
  readonly row: number
  readonly col: number
  readonly column: ColumnSummary
  readonly found: Found
  readonly isActive: boolean
  readonly isMarked: boolean
  /** Its column is. */
  readonly isChosen: boolean
  /** The active cell was made from it. */
  readonly isTraced: boolean
  readonly style: { readonly left: number; readonly width: number }
}

export function Cell(props: CellProps) {
  const { id, row, col, column, found, isActive, isMarked, isChosen, isTraced, style } = props
  const text = textOf(found, column)
  const isChanged = found.page.changed?.[column.name]?.[found.index] === 1
  const classes = [
    'cell',
    isRightAligned(column) && 'right',
    isActive && 'active',
    isChosen && 'chosen',
    isMarked && 'marked',
    isTraced && 'traced',
    isChanged && 'changed',
    text === undefined && 'missing',
  ]
  const title = [text !== undefined && text.length > 24 && text, isChanged && t('Otherwise than in the run before')]
  return (
    <div
      id={id}
      className={classes.filter(Boolean).join(' ')}
      role="gridcell"
      aria-colindex={col + 2}
      aria-selected={isActive || isMarked}
      data-row={row}
      data-col={column.name}
      title={title.filter(Boolean).join('\n') || undefined}
      style={style}
    >
      {text ?? t('missing')}
      {isChanged && <span className="unseen">, {t('changed')}</span>}
    </div>
  )
}

export function exactTextOf({ page, index }: Found, { name }: ColumnSummary): string {
  const column = page.columns.find((each) => each.name === name)
  return (column && exactText(column, index)) ?? ''
}

export function textOf({ page, index }: Found, summary: ColumnSummary): string | undefined {
  const column = page.columns.find(({ name }) => name === summary.name)
  return column && cellText(column, index, summary)
}
