import { pickColumns, type Table, takeRows } from '@modeldriver/engine'
import type { RangeStatistics } from '@modeldriver/protocol'
import { cellText } from '../files/format.ts'

/** Rows of a table, or of a view of it, as a table of these columns (all by default). */
export function part(table: Table, rows: Int32Array | undefined, columns?: readonly string[]): Table {
  const picked = columns ? pickColumns(table, columns) : table
  return rows ? takeRows(picked, rows) : picked
}

/** Numbers of the rows `[offset, offset + count)` of a view, or of the table itself. */
export function rowsOf(table: Table, view: Int32Array | undefined, offset: number, count: number): Int32Array {
  const end = Math.min(offset + count, view?.length ?? table.length)
  const start = Math.min(offset, end)
  return view?.slice(start, end) ?? Int32Array.from({ length: end - start }, (_, at) => start + at)
}

/** What a block of cells comes to. Numbers are added in row order; true and false, text and dates only count. */
export function rangeStatistics(table: Table): RangeStatistics {
  let count = 0
  let numbers = 0
  let sum = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const column of table.columns.values()) {
    if (column.type === 'string') for (const code of column.codes) count += Number(code >= 0)
    else if (column.type === 'boolean') for (const flag of column.values) count += Number(flag !== 2)
    else {
      const isNumber = column.type === 'number' || column.type === 'integer'
      for (const value of column.values) {
        if (Number.isNaN(value)) continue
        count++
        if (!isNumber) continue
        numbers++
        sum += value
        if (value < min) min = value
        if (value > max) max = value
      }
    }
  }
  const cells = table.length * table.columns.size
  return { cells, count, numbers, sum, ...(numbers > 0 && { mean: sum / numbers, min, max }) }
}

/** A block of cells with its header as tab-separated text, which spreadsheets take from the clipboard. Missing cells are empty. */
export function rangeText(table: Table): string {
  const columns = [...table.columns.values()]
  const lines = [[...table.columns.keys()].map(tabbed).join('\t')]
  for (let row = 0; row < table.length; row++)
    lines.push(columns.map((column) => tabbed(cellText(column, row) ?? '')).join('\t'))
  return `${lines.join('\n')}\n`
}

const tabbed = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
