import { type ColumnData, cell, type Table, takeCells } from '@modeldriver/engine'
import type { Page, PageColumn } from '@modeldriver/protocol'
import type { Comparison } from './changes.ts'
import { rowsOf } from './range.ts'

/** Rows (all by default) in the order of one column; equal cells keep their order, missing ones come last. */
export function sortedRows(table: Table, column: ColumnData, isDescending: boolean, of?: Int32Array): Int32Array {
  const { ranks, count } = ranksOf(column)
  const rows = of ?? Int32Array.from({ length: table.length }, (_, row) => row)
  // A counting sort: the place of the first row of each rank, then every row to the next place of its rank.
  const placeOf = (row: number): number => {
    const rank = ranks[row] as number
    return rank < 0 ? count : isDescending ? count - 1 - rank : rank
  }
  const next = new Int32Array(count + 2)
  for (const row of rows) next[placeOf(row) + 1] = (next[placeOf(row) + 1] as number) + 1
  for (let rank = 1; rank < next.length; rank++) next[rank] = (next[rank] as number) + (next[rank - 1] as number)
  const sorted = new Int32Array(rows.length)
  for (const row of rows) {
    const rank = placeOf(row)
    sorted[next[rank] as number] = row
    next[rank] = (next[rank] as number) + 1
  }
  return sorted
}

/** The place of each cell among the different values of its column: text by code units, false before true; -1 is missing. */
function ranksOf(column: ColumnData): { readonly ranks: Int32Array; readonly count: number } {
  if (column.type === 'boolean')
    return { ranks: Int32Array.from(column.values, (value) => (value === 2 ? -1 : value)), count: 2 }
  if (column.type === 'string') {
    const { codes, dictionary } = column
    const order = [...dictionary.keys()].sort((a, b) =>
      (dictionary[a] as string) < (dictionary[b] as string) ? -1 : 1,
    )
    const rank = new Int32Array(dictionary.length)
    order.forEach((code, place) => {
      rank[code] = place
    })
    return { ranks: codes.map((code) => (code < 0 ? -1 : (rank[code] as number))), count: dictionary.length }
  }
  const different = column.values.filter((value) => !Number.isNaN(value)).sort()
  let count = 0
  for (const value of different) if (count === 0 || different[count - 1] !== value) different[count++] = value
  const ranks = new Int32Array(column.values.length)
  for (let row = 0; row < ranks.length; row++) ranks[row] = placeAmong(different, count, column.values[row] as number)
  return { ranks, count }
}

/** Binary search; -1 for NaN. */
function placeAmong(sorted: Float64Array, count: number, value: number): number {
  if (Number.isNaN(value)) return -1
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** A page of a table, or of a view of it: cells of their own, so that only they cross to the other process. */
export function pageOf(
  table: Table,
  view: Int32Array | undefined,
  offset: number,
  count: number,
  comparison?: Comparison,
): Page {
  const picked = rowsOf(table, view, offset, count)
  const columns = [...table.columns].map(([name, column]) => pageColumn(name, column, picked))
  const marked = [...(comparison?.marks ?? [])].flatMap(([name, marks]) => {
    const own = Array.from(picked, (row) => marks[row] as number)
    return own.includes(1) ? [[name, own] as const] : []
  })
  return {
    offset: Math.min(offset, view?.length ?? table.length),
    count: picked.length,
    columns,
    ...(marked.length > 0 && { changed: Object.fromEntries(marked) }),
    ...(view && { rows: Array.from(picked) }),
  }
}

function pageColumn(name: string, column: ColumnData, rows: Int32Array): PageColumn {
  if (column.type === 'string')
    return { name, type: 'string', values: Array.from(rows, (row) => cell(column, row) as string | null) }
  if (column.type === 'boolean')
    return { name, type: 'boolean', values: Array.from(rows, (row) => cell(column, row) as boolean | null) }
  const values = takeCells(column, rows)
  return { name, type: column.type, values: (values as Extract<ColumnData, { values: Float64Array }>).values }
}
