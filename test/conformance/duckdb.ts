import { DuckDBDateValue, DuckDBTimestampValue } from '@duckdb/node-api'
import type { Value } from '@modeldriver/engine'

/** What DuckDB gives, as our cells are: dates are epoch milliseconds, what is not finite is missing. */
export function plain(value: unknown): Value {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof DuckDBDateValue) return value.days * 86_400_000
  if (value instanceof DuckDBTimestampValue) return Number(value.micros) / 1000
  throw new TypeError(`DuckDB gives a value of an unexpected type: ${String(value)}.`)
}
