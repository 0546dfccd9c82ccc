import type { RollingName } from '../ir/expression.ts'
import { quantileOf } from './spans.ts'
import { type ColumnStore, measures, numbers, orderKeys, type Span, textOrder } from './store.ts'

/**
 * The windows of a column: each element with up to `size - 1` before it, so those at the beginning are shorter. Each is asked as a
 * column is: missing elements are skipped. A window with fewer than `atLeast` present elements gives nothing.
 *
 * `Numbers`, `Measures` and `Own` are the columns that come of it, which `made` makes.
 */
export class Rolling<Numbers, Measures, Own> {
  readonly #span: Span
  readonly #size: number
  readonly #atLeast: number
  readonly #made: (store: ColumnStore) => unknown

  /** @internal */
  constructor(span: Span, size: number, atLeast: number, made: (store: ColumnStore) => unknown) {
    if (!isSize(size)) throw new RangeError(`rolling(n) needs a whole number of rows, at least 1, not ${size}.`)
    if (!isSpan(size, atLeast))
      throw new RangeError(
        `rolling(${size}, atLeast) needs a whole number from 0 to ${size}, the rows of a window, not ${atLeast}.`,
      )
    this.#span = span
    this.#size = size
    this.#atLeast = atLeast
    this.#made = made
  }

  /** Of nothing 0. */
  sum(): Numbers {
    return this.#asked('sum') as Numbers
  }
  mean(): Measures {
    return this.#asked('mean') as Measures
  }
  min(): Own {
    return this.#asked('min') as Own
  }
  max(): Own {
    return this.#asked('max') as Own
  }
  /** Sample standard deviation (n - 1). */
  std(): Numbers {
    return this.#asked('std') as Numbers
  }
  /** Sample variance (n - 1). */
  var(): Numbers {
    return this.#asked('var') as Numbers
  }
  median(): Measures {
    return this.#asked('median') as Measures
  }
  count(): Numbers {
    return this.#asked('count') as Numbers
  }

  #asked(name: RollingName): unknown {
    const { store, start, length } = this.#span
    return this.#made(rolled(name, { store, offsets: [start, start + length] }, this.#size, this.#atLeast))
  }
}

const isSize = (size: number): boolean => Number.isInteger(size) && size >= 1

/** Whether there are windows of so many elements, which can have so many present ones. */
export const isSpan = (size: number, atLeast: number): boolean =>
  isSize(size) && Number.isInteger(atLeast) && atLeast >= 0 && atLeast <= size

/** Stretches of values, one after another, whose windows do not reach into each other: where each begins, and where the last one ends. */
export interface Stretches {
  readonly store: ColumnStore
  readonly offsets: ArrayLike<number>
}

/** What the windows of each value give, beginning with the first value of the first stretch. */
export function rolled(name: RollingName, of: Stretches, size: number, atLeast: number): ColumnStore {
  const { store } = of
  const values = asked(name, of, size)
  if (atLeast > 0) {
    const counts = countsOf(of, size)
    for (let i = 0; i < values.length; i++) if ((counts[i] as number) < atLeast) values[i] = Number.NaN
  }
  if (name === 'min' || name === 'max') return { ...store, values }
  const isDate = store.kind === 'date' && (name === 'mean' || name === 'median')
  return { kind: isDate ? 'date' : 'number', values }
}

function asked(name: RollingName, of: Stretches, size: number): Float64Array {
  const { store, offsets } = of
  switch (name) {
    case 'count':
      return countsOf(of, size)
    case 'sum':
      return combined(numbers(store, name), offsets, size, 0, add)
    case 'mean': {
      const means = combined(measures(store, name), offsets, size, 0, add)
      const counts = countsOf(of, size)
      for (let i = 0; i < means.length; i++) means[i] = (means[i] as number) / (counts[i] as number)
      return means
    }
    case 'min':
      return extremes(of, size, Number.POSITIVE_INFINITY, Math.min)
    case 'max':
      return extremes(of, size, Number.NEGATIVE_INFINITY, Math.max)
    case 'var':
      return variancesOf(numbers(store, name), offsets, size)
    case 'std':
      return variancesOf(numbers(store, name), offsets, size).map(Math.sqrt)
    case 'median':
      return mediansOf(measures(store, name), offsets, size)
  }
}

const add = (a: number, b: number): number => a + b

function extremes(
  { store, offsets }: Stretches,
  size: number,
  nothing: number,
  combine: (a: number, b: number) => number,
): Float64Array {
  const { begin, length } = rangeOf(offsets)
  const { keys, start } = orderKeys({ store, start: begin, length })
  const moved = start === begin ? offsets : Array.from(offsets, (offset) => offset - begin + start)
  const found = combined(keys, moved, size, nothing, combine)
  const order = textOrder(store)
  for (let i = 0; i < length; i++) {
    if (found[i] === nothing) found[i] = Number.NaN
    else if (order) found[i] = order.byRank[found[i] as number] as number
  }
  return found
}

function rangeOf(offsets: ArrayLike<number>) {
  const begin = offsets[0] as number
  return { begin, length: (offsets[offsets.length - 1] as number) - begin }
}

/**
 * `combine` over the present values of each window, in one pass: blocks as long as a window are combined from their beginning and from
 * their end, and each window is the end of one block and the beginning of the next. Nothing is taken away again, which would leave
 * the rounding of large values behind.
 */
function combined(
  values: Float64Array,
  offsets: ArrayLike<number>,
  size: number,
  nothing: number,
  combine: (a: number, b: number) => number,
): Float64Array {
  const { begin, length } = rangeOf(offsets)
  const windows = new Float64Array(length)
  const toEnd = new Float64Array(length)
  const own = (at: number): number => {
    const value = values[at] as number
    return Number.isNaN(value) ? nothing : value
  }
  for (let stretch = 0; stretch + 1 < offsets.length; stretch++) {
    const from = offsets[stretch] as number
    const end = offsets[stretch + 1] as number
    // What is combined to the end of a block is asked for by windows that reach over it.
    if (end - from > size) {
      for (let at = end - 1; at >= from; at--) {
        const isLast = at === end - 1 || (at - from + 1) % size === 0
        toEnd[at - begin] = isLast ? own(at) : combine(own(at), toEnd[at - begin + 1] as number)
      }
    }
    let fromBegin = nothing
    for (let at = from; at < end; at++) {
      fromBegin = (at - from) % size === 0 ? own(at) : combine(fromBegin, own(at))
      const first = at - from - size + 1
      const isBlock = first <= 0 || first % size === 0
      windows[at - begin] = isBlock ? fromBegin : combine(toEnd[from + first - begin] as number, fromBegin)
    }
  }
  return windows
}

/** How many values of each window are present. */
function countsOf({ store: { values }, offsets }: Stretches, size: number): Float64Array {
  const { begin, length } = rangeOf(offsets)
  const counts = new Float64Array(length)
  for (let stretch = 0; stretch + 1 < offsets.length; stretch++) {
    const from = offsets[stretch] as number
    const end = offsets[stretch + 1] as number
    let count = 0
    for (let at = from; at < end; at++) {
      if (!Number.isNaN(values[at])) count++
      if (at - from >= size && !Number.isNaN(values[at - size])) count--
      counts[at - begin] = count
    }
  }
  return counts
}

/** Variances in blocks as `combined` has them; count, mean and squares of two parts give those of both (Chan, Golub and LeVeque 1979). */
function variancesOf(values: Float64Array, offsets: ArrayLike<number>, size: number): Float64Array {
  const { begin, length } = rangeOf(offsets)
  const counts = new Float64Array(length)
  const means = new Float64Array(length)
  const squares = new Float64Array(length)
  const variances = new Float64Array(length)
  let [count, mean, square] = [0, 0, 0]
  const join = (n: number, other: number, othersSquare: number): void => {
    if (n === 0) return
    const both = count + n
    const apart = other - mean
    mean += (apart * n) / both
    square += othersSquare + (apart * apart * count * n) / both
    count = both
  }
  const joinValue = (value: number): void => join(Number.isNaN(value) ? 0 : 1, value, 0)
  for (let stretch = 0; stretch + 1 < offsets.length; stretch++) {
    const from = offsets[stretch] as number
    const end = offsets[stretch + 1] as number
    count = mean = square = 0
    for (let at = end - 1; at >= from; at--) {
      if ((at - from + 1) % size === 0) count = mean = square = 0
      joinValue(values[at] as number)
      counts[at - begin] = count
      means[at - begin] = mean
      squares[at - begin] = square
    }
    for (let at = from; at < end; at++) {
      if ((at - from) % size === 0) count = mean = square = 0
      joinValue(values[at] as number)
      const first = at - from - size + 1
      const [ownCount, ownMean, ownSquare] = [count, mean, square]
      if (first > 0 && first % size !== 0) {
        const other = from + first - begin
        join(counts[other] as number, means[other] as number, squares[other] as number)
      }
      variances[at - begin] = count < 2 ? Number.NaN : square / (count - 1)
      count = ownCount
      mean = ownMean
      square = ownSquare
    }
  }
  return variances
}

/** The present values of the window are kept in order while it moves. */
function mediansOf(values: Float64Array, offsets: ArrayLike<number>, size: number): Float64Array {
  const { begin, length } = rangeOf(offsets)
  const sorted = new Float64Array(Math.min(size, length))
  const medians = new Float64Array(length)
  for (let stretch = 0; stretch + 1 < offsets.length; stretch++) {
    const from = offsets[stretch] as number
    const end = offsets[stretch + 1] as number
    let count = 0
    for (let at = from; at < end; at++) {
      const gone = at - from >= size ? (values[at - size] as number) : Number.NaN
      if (!Number.isNaN(gone)) {
        const place = placeOf(gone, sorted, count)
        sorted.copyWithin(place, place + 1, count)
        count--
      }
      const value = values[at] as number
      if (!Number.isNaN(value)) {
        const place = placeOf(value, sorted, count)
        sorted.copyWithin(place + 1, place, count)
        sorted[place] = value
        count++
      }
      medians[at - begin] = quantileOf(sorted.subarray(0, count), 0.5)
    }
  }
  return medians
}

/** The place of the first of the `count` sorted values that is not less. */
function placeOf(value: number, sorted: Float64Array, count: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
