import type { ValueType } from '../ir/values.ts'

/**
 * One column of values. Missing is NaN for numbers and dates, -1 for text codes, 2 for booleans.
 * Dates are epoch milliseconds in UTC. A dictionary has no duplicates and only text that occurs.
 */
export type ColumnData =
  | { readonly type: 'number' | 'integer' | 'date' | 'datetime'; readonly values: Float64Array }
  | { readonly type: 'string'; readonly codes: Int32Array; readonly dictionary: readonly string[] }
  | { readonly type: 'boolean'; readonly values: Uint8Array }

/** An immutable table: columns in order, all of one length. */
export interface Table {
  readonly length: number
  readonly columns: ReadonlyMap<string, ColumnData>
}

/** A cell or row that could not be read; it is kept aside with the reason, never dropped silently. */
export interface Rejected {
  /** 1-based line in the file (the header is line 1). */
  readonly row: number
  readonly column: string
  readonly text: string
  readonly reason: string
  /** A rejected cell is missing in the table; a rejected row is not in it at all. */
  readonly kind: 'cell' | 'row'
}

export type ColumnType = ValueType
