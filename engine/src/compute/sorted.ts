import { placedIn } from './selection.ts'
import { sortedOf } from './spans.ts'
import { type ColumnStore, type Item, itemOf, orderKeys, type Span, textOrder } from './store.ts'

/** A member that columns in order have of their own, and of those that they are made from. */
interface Reading {
  readonly at: (index: number) => unknown
}

/**
 * Makes columns in order, missing elements last, which read as those of `prototype`. They are put in order when that is needed: the one
 * element of `price.sort()[1]` is found without.
 */
export function sortedColumns(prototype: Reading): (of: Span, isDescending: boolean) => Span {
  /** All fields have a value from the start: a column refuses to be given members. */
  class InOrder {
    readonly start = 0
    readonly length: number = 0
    readonly of: Span = nothing
    readonly isDescending: boolean = false
    asked = 0
    constructor({ store, start, length }: Span, isDescending: boolean) {
      this.length = length
      this.of = { store, start, length }
      this.isDescending = isDescending
    }
    get store(): ColumnStore {
      const value = storeInOrder(this.of, this.isDescending)
      Object.defineProperty(this, 'store', { value })
      return value
    }
    at(index: number): unknown {
      return this.asked++ === 0 ? elementOf(this.of, this.isDescending, index) : prototype.at.call(this, index)
    }
  }
  Object.setPrototypeOf(InOrder.prototype, prototype)
  return (of, isDescending) => new InOrder(of, isDescending)
}

const nothing: Span = { store: { kind: 'number', values: new Float64Array(0) }, start: 0, length: 0 }

function storeInOrder(of: Span, isDescending: boolean): ColumnStore {
  const { keys, start } = orderKeys(of)
  const values = new Float64Array(of.length).fill(Number.NaN)
  const sorted = sortedOf(keys, start, start + of.length)
  values.set(isDescending ? sorted.reverse() : sorted)
  const texts = textOrder(of.store)
  return { ...of.store, values: texts ? values.map((rank) => texts.byRank[rank] ?? Number.NaN) : values }
}

function elementOf(of: Span, isDescending: boolean, index: number): Item | undefined {
  const { keys, start } = orderKeys(of)
  const place = index < 0 ? of.length + index : index
  const key = placedIn(keys, start, start + of.length, place, isDescending)
  const texts = textOrder(of.store)
  return itemOf(of.store, texts ? (texts.byRank[key] ?? Number.NaN) : key)
}
