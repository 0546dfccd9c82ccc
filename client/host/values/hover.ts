import { groupsText, rowsText } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { histogramImage } from './picture.ts'
import type { Pointed } from './pointed.ts'
import { facts } from './texts.ts'

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
    ? t('**In the last run** of {0}, before the last change: {1}', model, counted)
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
