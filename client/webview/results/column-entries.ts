import type { ColumnSummary, TableSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import type { MenuEntry } from '../shared/menu.tsx'
import { called, missingCondition } from './conditions.ts'
import type { Tables } from './use-results.ts'
import { arranged, hide, moveTo, type Table, togglePin, withWidth } from './views.ts'

interface Around {
  readonly name: Table
  readonly summary: TableSummary
  readonly tables: Tables
  /** Of the column, in pixels. */
  readonly width: number
  readonly beginFilter: (text: string) => void
}

const widthStep = 40

/** What can be done with one column. */
export function columnEntries(
  column: ColumnSummary,
  { name, summary, tables, width, beginFilter }: Around,
): readonly MenuEntry[] {
  const { options, layout } = tables.view(name)
  const { shown, pinned } = arranged(summary.columns, layout)
  const names = shown.map((each) => each.name)
  const at = names.indexOf(column.name)
  const sortBy = (descending: boolean) => () => tables.look(name, { sort: { column: column.name, descending } })
  const move = (to: string) => () => tables.arrange(name, moveTo(summary.columns, layout, column.name, to))
  const resize = (to: number | undefined) => () => tables.arrange(name, withWidth(layout, column.name, to))
  const before = names[at - 1]
  const after = names[at + 1]
  const changed = summary.changes?.cells[column.name] ?? 0
  return [
    { label: t('Sort ascending'), action: sortBy(false) },
    { label: t('Sort descending'), action: sortBy(true) },
    ...(options.sort ? [{ label: t('Order as computed'), action: () => tables.look(name, { sort: undefined }) }] : []),
    { label: t('Filter by this column…'), isFirst: true, action: () => beginFilter(beginning(column)) },
    ...(column.missing > 0
      ? [{ label: t('Show missing only'), action: () => tables.look(name, { filter: missingCondition(column) }) }]
      : []),
    ...(changed > 0
      ? [{ label: t('Show changed only'), action: () => tables.look(name, { changed: column.name }) }]
      : []),
    {
      label: at < pinned ? t('Unpin') : t('Pin at the left'),
      isFirst: true,
      action: () => tables.arrange(name, togglePin(summary.columns, layout, column.name)),
    },
    ...(names.length > 1 ? [{ label: t('Hide'), action: () => tables.arrange(name, hide(layout, column.name)) }] : []),
    ...(before === undefined ? [] : [{ label: t('Move left'), action: move(before) }]),
    ...(after === undefined ? [] : [{ label: t('Move right'), action: move(after) }]),
    { label: t('Wider'), isFirst: true, isRepeated: true, action: resize(width + widthStep) },
    { label: t('Narrower'), isRepeated: true, action: resize(width - widthStep) },
    ...(layout.widths?.[column.name] === undefined ? [] : [{ label: t('Width that fits'), action: resize(undefined) }]),
    {
      label: t('Copy column with header'),
      isFirst: true,
      action: () => {
        const rows = tables.view(name).view?.count ?? summary.count
        tables.copy(name, { top: 0, bottom: rows - 1, left: at, right: at }, names)
      },
    },
  ]
}

function beginning(column: ColumnSummary): string {
  if (column.type === 'boolean') return called(column)
  return column.type === 'string' ? `${called(column)} == '` : `${called(column)} > `
}
