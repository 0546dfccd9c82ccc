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
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`rolling(n) needs a whole number of rows, at least 1, not ${size}.`)
    this.#span = span
    this.#size = size
    this.#atLeast = atLeast
    this.#made = made
  }

  /** Of nothing 0. */
  sum(): Numbers {
    return this.#numbers(combined(numbers(this.#span.store, 'sum'), this.#span, this.#size, 0, add))
  }
  mean(): Measures {
    const sums = combined(measures(this.#span.store, 'mean'), this.#span, this.#size, 0, add)
    const counts = countsOf(this.#span, this.#size)
    return this.#measures(sums.map((sum, i) => sum / (counts[i] as number)))
  }
  min(): Own {
    return this.#extremes(Number.POSITIVE_INFINITY, Math.min)
  }
  max(): Own {
    return this.#extremes(Number.NEGATIVE_INFINITY, Math.max)
  }
  /** Sample standard deviation (n - 1). */
  std(): Numbers {
    return this.#numbers(variancesOf(numbers(this.#span.store, 'std'), this.#span, this.#size).map(Math.sqrt))
  }
  /** Sample variance (n - 1). */
  var(): Numbers {
    return this.#numbers(variancesOf(numbers(this.#span.store, 'var'), this.#span, this.#size))
  }
  median(): Measures {
    return this.#measures(mediansOf(measures(this.#span.store, 'median'), this.#span, this.#size))
  }
  count(): Numbers {
    return this.#numbers(countsOf(this.#span, this.#size))
  }

  #numbers(values: Float64Array): Numbers {
    return this.#made({ kind: 'number', values: this.#enough(values) }) as Numbers
  }
  #measures(values: Float64Array): Measures {
    const kind = this.#span.store.kind === 'date' ? 'date' : 'number'
    return this.#made({ kind, values: this.#enough(values) }) as Measures
  }
  #extremes(nothing: number, combine: (a: number, b: number) => number): Own {
    const { keys, start } = orderKeys(this.#span)
    const found = combined(keys, { ...this.#span, start }, this.#size, nothing, combine)
    const order = textOrder(this.#span.store)
    const values = found.map((value) => {
      if (value === nothing) return Number.NaN
      return order ? (order.byRank[value] as number) : value
    })
    return this.#made({ ...this.#span.store, values: this.#enough(values) }) as Own
  }
  #enough(values: Float64Array): Float64Array {
    if (this.#atLeast <= 0) return values
    const counts = countsOf(this.#span, this.#size)
    for (let i = 0; i < values.length; i++) if ((counts[i] as number) < this.#atLeast) values[i] = Number.NaN
    return values
  }
}

const add = (a: number, b: number): number => a + b

/**
 * `combine` over the present values of each window, in one pass: blocks as long as a window are combined from their beginning and from
 * their end, and each window is the end of one block and the beginning of the next. Nothing is taken away again, which would leave
 * the rounding of large values behind.
 */
function combined(
  values: Float64Array,
  { start, length }: Span,
  size: number,
  nothing: number,
  combine: (a: number, b: number) => number,
): Float64Array {
  const own = (i: number): number => {
    const value = values[start + i] as number
    return Number.isNaN(value) ? nothing : value
  }
  const toEnd = new Float64Array(length)
  for (let i = length - 1; i >= 0; i--) {
    const isLast = i === length - 1 || (i + 1) % size === 0
    toEnd[i] = isLast ? own(i) : combine(own(i), toEnd[i + 1] as number)
  }
  const windows = new Float64Array(length)
  let fromBegin = nothing
  for (let i = 0; i < length; i++) {
    fromBegin = i % size === 0 ? own(i) : combine(fromBegin, own(i))
    const first = i - size + 1
    windows[i] = first <= 0 || first % size === 0 ? fromBegin : combine(toEnd[first] as number, fromBegin)
  }
  return windows
}

/** How many values of each window are present. */
function countsOf({ store: { values }, start, length }: Span, size: number): Float64Array {
  const counts = new Float64Array(length)
  let count = 0
  for (let i = 0; i < length; i++) {
    if (!Number.isNaN(values[start + i])) count++
    if (i >= size && !Number.isNaN(values[start + i - size])) count--
    counts[i] = count
  }
  return counts
}

/** Variances in blocks as `combined` has them; count, mean and squares of two parts give those of both (Chan, Golub and LeVeque 1979). */
function variancesOf(values: Float64Array, { start, length }: Span, size: number): Float64Array {
  const counts = new Float64Array(length)
  const means = new Float64Array(length)
  const squares = new Float64Array(length)
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
  for (let i = length - 1; i >= 0; i--) {
    if ((i + 1) % size === 0) count = mean = square = 0
    joinValue(values[start + i] as number)
    counts[i] = count
    means[i] = mean
    squares[i] = square
  }
  const variances = new Float64Array(length)
  count = mean = square = 0
  for (let i = 0; i < length; i++) {
    if (i % size === 0) count = mean = square = 0
    joinValue(values[start + i] as number)
    const own = [count, mean, square] as const
    const first = i - size + 1
    if (first > 0 && first % size !== 0) join(counts[first] as number, means[first] as number, squares[first] as number)
    variances[i] = count < 2 ? Number.NaN : square / (count - 1)
    ;[count, mean, square] = own
  }
  return variances
}

/** The present values of the window are kept in order while it moves. */
function mediansOf(values: Float64Array, { start, length }: Span, size: number): Float64Array {
  const sorted = new Float64Array(Math.min(size, length))
  let count = 0
  const medians = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const gone = i >= size ? (values[start + i - size] as number) : Number.NaN
    if (!Number.isNaN(gone)) {
      sorted.copyWithin(placeOf(gone, sorted, count), placeOf(gone, sorted, count) + 1, count)
      count--
    }
    const value = values[start + i] as number
    if (!Number.isNaN(value)) {
      const place = placeOf(value, sorted, count)
      sorted.copyWithin(place + 1, place, count)
      sorted[place] = value
      count++
    }
    medians[i] = quantileOf(sorted.subarray(0, count), 0.5)
  }
  return medians
}

/** The first of the `count` sorted values that is not less. */
function placeOf(value: number, sorted: Float64Array, count: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
