import type { ColumnData } from '../table/table.ts'
import type { ModelResult } from './report.ts'

/**
 * Buffers of results that nobody reads any more, used again: the first touch of fresh memory costs more than most features.
 * Optional; without one every run takes fresh memory.
 */
export interface BufferPool {
  /** A buffer of that length with any content. */
  readonly take: (length: number) => Float64Array
  /** Takes a buffer back, when it came from here. */
  readonly give: (buffer: Float64Array) => void
  /** A column that stays when its result is dropped: its buffer never comes back. */
  readonly withdraw: (column: ColumnData) => void
  /** Takes back what a result holds. The caller must have dropped the result, and every table made from it. */
  readonly recycle: (result: ModelResult) => void
}

export function bufferPool(): BufferPool {
  const free = new Map<number, Float64Array[]>()
  const lent = new WeakSet<Float64Array>()
  const take = (length: number): Float64Array => {
    const buffer = free.get(length)?.pop() ?? new Float64Array(length)
    lent.add(buffer)
    return buffer
  }
  const give = (buffer: Float64Array): void => {
    if (!lent.delete(buffer)) return
    const known = free.get(buffer.length)
    if (known) known.push(buffer)
    else free.set(buffer.length, [buffer])
  }
  const withdraw = (column: ColumnData): void => {
    if (column.type !== 'string' && column.type !== 'boolean') lent.delete(column.values)
  }
  const recycle = ({ rows, groups }: ModelResult): void => {
    for (const table of groups ? [rows, groups] : [rows]) {
      for (const column of table.columns.values()) {
        if (column.type !== 'string' && column.type !== 'boolean') give(column.values)
      }
    }
  }
  return { take, give, withdraw, recycle }
}
