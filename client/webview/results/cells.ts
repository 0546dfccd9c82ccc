import { type ColumnSummary, type PageColumn, typeName } from '@modeldriver/protocol'
import { decimalsFor, formatCompact, formatDate, formatNumber } from '../shared/format.ts'

/** What a cell shows; undefined when its value is missing. */
export function cellText(column: PageColumn, index: number, summary: ColumnSummary): string | undefined {
  const value = column.values[index]
  if (value === null || value === undefined || Number.isNaN(value)) return undefined
  return typeof value === 'number' ? valueText(value, summary) : String(value)
}

/** The whole value as it is copied, not rounded and without separators, as the runner writes blocks of cells. */
export function exactText({ type, values }: PageColumn, index: number): string | undefined {
  const value = values[index]
  if (value === null || value === undefined || Number.isNaN(value)) return undefined
  if (type !== 'date' && type !== 'datetime') return String(value)
  const date = new Date(value as number)
  if (Number.isNaN(date.getTime())) return String(value)
  const [day, time] = date.toISOString().replace('.000Z', 'Z').split('T')
  return type === 'date' ? day : `${day}T${time}`
}

/** A whole value, as it is copied, as the cells of its column show it. */
export function shownText(exact: string, column: ColumnSummary): string {
  const { type } = column
  if (type === 'string' || type === 'boolean') return exact
  const value = type === 'date' || type === 'datetime' ? Date.parse(exact) : Number(exact)
  return Number.isNaN(value) ? exact : valueText(value, column)
}

/** A number or an instant as the cells of its column show it; keys are names, not amounts, and have no separators. */
export function valueText(value: number, { type, kind, min, max }: ColumnSummary): string {
  if (type === 'date' || type === 'datetime') return formatDate(value, type)
  if (kind === 'key' && Number.isInteger(value)) return String(value)
  return formatNumber(value, decimalsFor(type, min, max))
}

/** The same in few letters, for axes. */
export function axisText(value: number, type: ColumnSummary['type']): string {
  return type === 'date' || type === 'datetime' ? formatDate(value, 'date') : formatCompact(value)
}

export const isRightAligned = ({ type }: ColumnSummary): boolean => type === 'number' || type === 'integer'

/** A width in pixels at which the header and the values of a column are read without dots, within reason. */
export function columnWidth(column: ColumnSummary): number {
  const extremes = [column.min, column.max].filter((value) => value !== undefined)
  const values = extremes.map((value) => valueText(value, column).length)
  const words = (column.top ?? []).map(({ value }) => value.length)
  // Signs of the level, of the order and of the menu stand beside the name.
  const header = 82 + column.name.length * 7.6
  const second = 34 + typeName(column.type).length * 6 + (column.missing > 0 ? 92 : 0)
  const axis =
    extremes.length === 0 ? 0 : 36 + extremes.map((v) => axisText(v, column.type).length * 6.2).reduce(sum, 0)
  // Of what is not known yet room is left, so that nothing moves when it is.
  const later = column.isLater ? 140 : 0
  const body = 22 + Math.max(0, ...values) * 7.8
  const text = 26 + Math.min(30, Math.max(0, ...words)) * 7 + (words.length > 0 ? 34 : 0)
  const content = Math.min(280, Math.max(92, later, second, axis, body, text))
  return Math.round(Math.max(content, Math.min(420, header)))
}

const sum = (a: number, b: number) => a + b

/** Pixels beside the text of a cell. */
const padding = 9

/** Whether a line at `edge` pixels from the first column goes through the content of one. */
export function isCut(widths: readonly number[], edge: number): boolean {
  let end = 0
  for (const width of widths) {
    const start = end
    end += width
    if (edge < end) return edge > start + padding && edge < end - padding
  }
  return false
}
