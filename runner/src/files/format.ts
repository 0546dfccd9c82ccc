import { type ColumnData, cell } from '@modeldriver/engine'

/** `2024-03-09` */
export const dateText = (time: number): string => new Date(time).toISOString().split('T')[0] as string

/** `2024-03-09T17:05:00Z`; milliseconds only when there are some. */
export const datetimeText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

/** One cell as text that reads back to the same value: dates as ISO 8601, `undefined` when missing. */
export function cellText(column: ColumnData, row: number): string | undefined {
  const value = cell(column, row)
  if (value === null) return undefined
  if (column.type === 'date') return dateText(value as number)
  if (column.type === 'datetime') return datetimeText(value as number)
  return String(value)
}

/** One cell as JSON has it: dates as ISO text, missing as `null`. */
export function cellJson(column: ColumnData, row: number): string | number | boolean | null {
  const isDate = column.type === 'date' || column.type === 'datetime'
  return isDate ? (cellText(column, row) ?? null) : cell(column, row)
}
