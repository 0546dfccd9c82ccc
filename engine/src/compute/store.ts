import { instantType, numberType } from '../table/build.ts'
import type { ColumnData } from '../table/table.ts'

/** One present element of a column, as a feature sees it. */
export type Item = number | string | boolean | Date

/**
 * The values behind columns: one array of doubles, NaN for missing. Text is the index in the dictionary, booleans are 1 and 0,
 * dates epoch milliseconds; so every kind shares the same loops.
 */
export interface ColumnStore {
  readonly kind: 'number' | 'boolean' | 'text' | 'date'
  readonly values: Float64Array
  readonly dictionary?: readonly string[]
}

/** The values of a column; `order[i]`, when given, says where row `i` goes (-1: nowhere). */
export function storeOf(
  data: ColumnData,
  order?: Int32Array,
  length = order?.length ?? 0,
  fresh: (size: number) => Float64Array = (size) => new Float64Array(size),
): ColumnStore {
  if (data.type === 'string') {
    const { codes, dictionary } = data
    const values = fresh(order ? length : codes.length)
    for (let i = 0; i < codes.length; i++) {
      const place = order ? (order[i] as number) : i
      const code = codes[i] as number
      if (place >= 0) values[place] = code < 0 ? Number.NaN : code
    }
    return { kind: 'text', values, dictionary }
  }
  if (data.type === 'boolean') {
    const flags = data.values
    const values = fresh(order ? length : flags.length)
    for (let i = 0; i < flags.length; i++) {
      const place = order ? (order[i] as number) : i
      const flag = flags[i] as number
      if (place >= 0) values[place] = flag === 2 ? Number.NaN : flag
    }
    return { kind: 'boolean', values }
  }
  const kind = data.type === 'date' || data.type === 'datetime' ? 'date' : 'number'
  return { kind, values: order ? scattered(data.values, order, fresh(length)) : data.values }
}

function scattered(source: Float64Array, order: Int32Array, values: Float64Array): Float64Array {
  for (let i = 0; i < source.length; i++) {
    const place = order[i] as number
    if (place >= 0) values[place] = source[i] as number
  }
  return values
}

/** The column that has the values of a store. */
export function dataOf({ kind, values, dictionary = [] }: ColumnStore): ColumnData {
  if (kind === 'text') {
    const codes = Int32Array.from(values, (code) => (Number.isNaN(code) ? -1 : code))
    return { type: 'string', codes, dictionary }
  }
  if (kind === 'boolean')
    return { type: 'boolean', values: Uint8Array.from(values, (flag) => (Number.isNaN(flag) ? 2 : flag)) }
  if (kind === 'date') return { type: instantType(values), values }
  const finite = values.map((value) => (Number.isFinite(value) ? value : Number.NaN))
  return { type: numberType(finite), values: finite }
}

/** One stored value as a feature sees it: a missing one is `undefined`. */
export function itemOf(store: ColumnStore, value: number): Item | undefined {
  if (Number.isNaN(value)) return undefined
  switch (store.kind) {
    case 'number':
      return value
    case 'boolean':
      return value === 1
    case 'text':
      return store.dictionary?.[value]
    case 'date':
      return new Date(value)
  }
}

export interface TextOrder {
  /** Rank of each dictionary entry in the order of UTF-16 code units. */
  readonly rankOf: Float64Array
  readonly byRank: Int32Array
}

const orders = new WeakMap<readonly string[], TextOrder>()

/** The order of the texts of a text column, worked out once per dictionary; undefined for other kinds. */
export function textOrder({ dictionary }: ColumnStore): TextOrder | undefined {
  if (!dictionary) return undefined
  let order = orders.get(dictionary)
  if (!order) {
    const text = (code: number): string => dictionary[code] as string
    const byRank = Int32Array.from(dictionary.keys()).sort((a, b) => (text(a) < text(b) ? -1 : 1))
    const rankOf = new Float64Array(dictionary.length)
    for (let rank = 0; rank < byRank.length; rank++) rankOf[byRank[rank] as number] = rank
    order = { rankOf, byRank }
    orders.set(dictionary, order)
  }
  return order
}

/** The elements of a view. */
export interface Span {
  readonly store: ColumnStore
  readonly start: number
  readonly length: number
}

/** Values that can be added up. */
export function numbers(store: ColumnStore, method: string): Float64Array {
  if (store.kind === 'number' || store.kind === 'boolean' || isEmpty(store)) return store.values
  throw new TypeError(`${method}() needs numbers, but this column holds ${store.kind === 'text' ? 'text' : 'dates'}.`)
}

/** Values that have a distance: numbers, booleans, instants. */
export function measures(store: ColumnStore, method: string): Float64Array {
  if (store.kind !== 'text' || isEmpty(store)) return store.values
  throw new TypeError(`${method}() needs numbers or dates, but this column holds text.`)
}

/** A column without a single value is of no type: it was read as text because nothing says otherwise. */
const isEmpty = ({ dictionary }: ColumnStore): boolean => dictionary?.length === 0

/** Numbers that are ordered as the elements are. */
export function orderKeys({ store, start, length }: Span): { keys: Float64Array; start: number } {
  const order = textOrder(store)
  if (!order) return { keys: store.values, start }
  const keys = new Float64Array(length)
  for (let i = 0; i < length; i++) keys[i] = order.rankOf[store.values[start + i] as number] ?? Number.NaN
  return { keys, start: 0 }
}
