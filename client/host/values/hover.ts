import type { ColumnSummary, ModelSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { histogramImage } from './picture.ts'
import { day, number, share } from './texts.ts'

/** What the last run found in the column or feature of this name, with its distribution. */
export function hoverText(
  models: readonly ModelSummary[],
  name: string,
  isStale: boolean,
  isDark: boolean,
): vscode.MarkdownString | undefined {
  for (const { rows, groups, model } of models)
    for (const table of [rows, groups]) {
      const column = table?.columns.find((each) => each.name === name || each.called === name)
      if (column === undefined || table === undefined) continue
      const text = new vscode.MarkdownString()
      const unit = table === groups ? 'groups' : 'rows'
      text.appendMarkdown(
        `**In the last run** of ${model}${isStale ? ', before the last edit' : ''}: ${table.count.toLocaleString('en-US')} ${unit}\n\n`,
      )
      const image = histogramImage(column, isDark ? dark : light)
      if (image !== undefined) text.appendMarkdown(`![Distribution of ${name}](${image})\n\n`)
      text.appendText(facts(column, table.count).join(' · '))
      return text
    }
  return undefined
}

/** An image knows no colours of the theme: these are seen well on dark and on light. */
const dark = '#75beff'
const light = '#0063b1'

function facts(column: ColumnSummary, count: number): readonly string[] {
  const { type, min, max, mean, median, std, distinct, top = [] } = column
  const isDate = type === 'date' || type === 'datetime'
  const show = isDate ? day : number
  const parts: readonly (readonly [string, number | undefined])[] = [
    ['min', min],
    ['median', median],
    ['mean', isDate ? undefined : mean],
    ['max', max],
    ['std', isDate ? undefined : std],
  ]
  const present = Math.max(1, count - column.missing)
  return [
    ...parts.flatMap(([what, value]) => (value === undefined ? [] : [`${what} ${show(value)}`])),
    ...top.slice(0, 4).map(({ value, count: times }) => `'${value}' ${share(times / present)}`),
    ...(distinct === undefined ? [] : [`${distinct} different`]),
    `${share(column.missing / Math.max(1, count))} missing`,
  ]
}
