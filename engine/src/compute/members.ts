import { itemOf, type Span } from './store.ts'

interface Asked {
  readonly start: number
  readonly length: number
  readonly values?: ReadonlySet<unknown>
}

const asked = new WeakMap<object, Asked>()

/**
 * The different values of a column that is asked for its members again and again; dates as milliseconds. Undefined the first time, when to
 * look through it costs less. A view may have moved in between.
 */
export function membersOf(column: Span): ReadonlySet<unknown> | undefined {
  const { start, length } = column
  const known = asked.get(column)
  const isSame = known?.start === start && known.length === length
  if (isSame && known.values) return known.values
  const values = isSame ? valuesOf(column) : undefined
  asked.set(column, { start, length, ...(values && { values }) })
  return values
}

function valuesOf({ store, start, length }: Span): ReadonlySet<unknown> {
  const codes = new Set(store.values.subarray(start, start + length))
  codes.delete(Number.NaN)
  if (store.kind === 'number' || store.kind === 'date') return codes
  return new Set([...codes].map((code) => itemOf(store, code)))
}
