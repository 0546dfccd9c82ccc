import { type ColumnSummary, groupsText, type ModelSummary, rowsText } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { histogramImage } from './picture.ts'
import { facts } from './texts.ts'

/** A column of a run that somebody points at. */
export interface Pointed {
  readonly model: ModelSummary
  readonly table: 'rows' | 'groups'
  readonly count: number
  readonly column: ColumnSummary
}

export function columnNamed(models: readonly ModelSummary[], name: string): Pointed | undefined {
  for (const model of models)
    for (const table of ['rows', 'groups'] as const) {
      const column = model[table]?.columns.find((each) => each.name === name || each.called === name)
      if (column) return { model, table, count: model[table]?.count ?? 0, column }
    }
  return undefined
}

/** What the last run found in a column, with its distribution. */
export function hoverText(
  { model: { model }, table, count: rows, column }: Pointed,
  name: string,
  isStale: boolean,
  isDark: boolean,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString()
  const counted = table === 'groups' ? groupsText(rows) : rowsText(rows)
  const when = isStale
    ? t('**In the last run** of {0}, before the last edit: {1}', model, counted)
    : t('**In the last run** of {0}: {1}', model, counted)
  text.appendMarkdown(`${when}\n\n`)
  const image = histogramImage(column, isDark ? dark : light)
  if (image !== undefined) text.appendMarkdown(`![${t('Distribution of {0}', name)}](${image})\n\n`)
  text.appendText(facts(column, rows).join(' · '))
  return text
}

/** An image knows no colours of the theme: these are seen well on dark and on light. */
const dark = '#75beff'
const light = '#0063b1'
