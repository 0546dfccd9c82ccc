import { instantType, numberType } from '../table/build.ts'
import type { ColumnData } from '../table/table.ts'
import { functionOf, loopText, remembered } from './loops.ts'

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
  const { type } = data
  const cells = type === 'string' ? data.codes : data.values
  if (!order && type !== 'string' && type !== 'boolean') return { kind: kindOf(type), values: data.values }
  const values = fresh(order ? length : cells.length)
  put(kindOf(type), order !== undefined)(cells.length, cells, values, order)
  return { kind: kindOf(type), values, ...(type === 'string' && { dictionary: data.dictionary }) }
}

const kinds = { string: 'text', boolean: 'boolean', date: 'date', datetime: 'date' } as const
const kindOf = (type: ColumnData['type']): ColumnStore['kind'] =>
  type === 'number' || type === 'integer' ? 'number' : kinds[type]

type Put = (n: number, cells: ArrayLike<number>, values: Float64Array, order: Int32Array | undefined) => void

/** Puts the cells of a column where they belong, as doubles. */
const put = remembered((kind: ColumnStore['kind'], isOrdered: boolean): Put => {
  const value = kind === 'text' ? 'x < 0 ? NaN : x' : kind === 'boolean' ? 'x === 2 ? NaN : x' : 'x'
  const item = isOrdered
    ? `const p = order[i]; if (p >= 0) { const x = cells[i]; values[p] = ${value} }`
    : `const x = cells[i]; values[i] = ${value}`
  return functionOf('put', ['n', 'cells', 'values', 'order'], `let i = 0\n${loopText(item)}`)
})

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
