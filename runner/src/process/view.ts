import { type ColumnData, cell, type Table, takeCells } from '@modeldriver/engine'
import type { Page, PageColumn } from '@modeldriver/protocol'

/** Row numbers in the order of one column; equal cells keep their order, missing ones come last. */
export function sortedRows(table: Table, column: ColumnData, isDescending: boolean): Int32Array {
  const rank = rankOf(column)
  const direction = isDescending ? -1 : 1
  const rows = Int32Array.from({ length: table.length }, (_, row) => row)
  return rows.sort((a, b) => {
    const left = rank[a] as number
    const right = rank[b] as number
    const isMissing = Number(Number.isNaN(left)) - Number(Number.isNaN(right))
    if (Number.isNaN(left) || Number.isNaN(right)) return isMissing || a - b
    return (left - right) * direction || a - b
  })
}

/** A number per row that sorts as the cell does: text by code units, false before true; missing is NaN. */
function rankOf(column: ColumnData): Float64Array {
  if (column.type === 'boolean') return Float64Array.from(column.values, (value) => (value === 2 ? Number.NaN : value))
  if (column.type !== 'string') return column.values
  const { codes, dictionary } = column
  const order = [...dictionary.keys()].sort((a, b) => ((dictionary[a] as string) < (dictionary[b] as string) ? -1 : 1))
  const rank = new Float64Array(dictionary.length)
  order.forEach((code, position) => {
    rank[code] = position
  })
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : (rank[code] as number)))
}

/** A page of a table, or of a view of it: cells of their own, so that only they cross to the other process. */
export function pageOf(table: Table, rows: Int32Array | undefined, offset: number, count: number): Page {
  const length = rows?.length ?? table.length
  const start = Math.min(offset, length)
  const end = Math.min(start + count, length)
  const picked = rows?.slice(start, end) ?? Int32Array.from({ length: end - start }, (_, i) => start + i)
  const columns = [...table.columns].map(([name, column]) => pageColumn(name, column, picked))
  return { offset: start, count: picked.length, columns }
}

function pageColumn(name: string, column: ColumnData, rows: Int32Array): PageColumn {
  if (column.type === 'string')
    return { name, type: 'string', values: Array.from(rows, (row) => cell(column, row) as string | null) }
  if (column.type === 'boolean')
    return { name, type: 'boolean', values: Array.from(rows, (row) => cell(column, row) as boolean | null) }
  const values = takeCells(column, rows)
  return { name, type: column.type, values: (values as Extract<ColumnData, { values: Float64Array }>).values }
}
