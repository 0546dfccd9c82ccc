import { columnOf } from '../table/build.ts'
import type { ColumnData } from '../table/table.ts'
import { missingFor } from './callbacks.ts'
import { checkPlaces, elementsByIndex } from './indexing.ts'
import { membersOf } from './members.ts'
import { ofGroupBefore, type Place } from './neighbours.ts'
import { correlationOf, covarianceOf, lengths } from './pairs.ts'
import { Rolling } from './rolling.ts'
import { distinctIn, modeIn, quantileIn } from './selection.ts'
import { sortedColumns } from './sorted.ts'
import { countOf, largestAt, meanOf, ranksOf, smallestAt, sumOf, varianceOf } from './spans.ts'
import { type ColumnStore, type Item, itemOf, measures, numbers, orderKeys, storeOf, textOrder } from './store.ts'
import { areTrue, isMissingAt, isTrueAt } from './truths.ts'

/** `1 | 2` is `number`. */
type Widened<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T

/** What an aggregate gives that may find nothing: numbers and dates have a missing value of their own (NaN, invalid). */
export type Found<T> = T extends number | Date ? T : T | undefined
/** A mean or quantile: of dates an instant, else a number. */
export type Measured<T> = T extends Date ? Date : number

/** What `filter` and `where` take: a column or list of truth values, one per element; missing is false. */
export type Mask = Column<Item> | ArrayLike<unknown>

/**
 * The values of one input for the rows of one group, in row order: what a group feature receives.
 *
 * Elements are numbers, text, booleans or `Date`s; a missing one is `undefined`, with which arithmetic gives nothing (`null * 100`
 * would be 0). Aggregates skip missing elements: `sum`, `count` and `nunique` of nothing are 0, every other aggregate of nothing is
 * missing in a form that has the same methods: NaN for numbers, an invalid `Date` for dates, `undefined` else. A function given to `map`, `filter`, `reduce`, … is not
 * called for a missing element unless it tests for missing ones. A column never changes; methods give new ones.
 * It has the reading members of an array, so that loops work: `length`, `[i]`, `for (const x of column)`, `slice`, `some`, ….
 */
export class Column<T extends Item = number> {
  /** Number of elements, missing ones included. */
  readonly length: number
  /** @internal */
  readonly store: ColumnStore
  /** @internal First element's place in the store. */
  readonly start: number
  /** The element at an index; `undefined` for a missing one and outside. */
  readonly [index: number]: T | undefined

  /** @internal The group whose rows these are, where groups stand in an order. */
  readonly place: Place | undefined

  /** @internal Use `Column.from`. */
  constructor(store: ColumnStore, start: number, length: number, place?: Place) {
    this.store = store
    this.start = start
    this.length = length
    this.place = place
  }

  /** A column from plain values, for trying a group feature by hand: `total_revenue(Column.from([1, 2, null]))`. */
  static from<T extends Item>(values: Iterable<T | null | undefined>): Column<Widened<T>> {
    return columnFromValues([...values], 'Column.from')
  }

  /** @internal */
  static ofData(data: ColumnData): Column<Item> {
    const store = storeOf(data)
    return new Column(store, 0, store.values.length)
  }

  // One value

  /** Sum of the present values; of booleans how many are true. Throws for text and dates. */
  sum(): number {
    return sumOf(numbers(this.store, 'sum'), this.start, this.start + this.length)
  }
  /** Mean of the present values; of booleans the share that is true; of dates their mean instant. */
  mean(): Measured<T> {
    return measured(this, meanOf(measures(this.store, 'mean'), this.start, this.start + this.length)) as never
  }
  /** Number of present values. */
  count(): number {
    return countOf(this.store.values, this.start, this.start + this.length)
  }
  /** Sample standard deviation (n - 1); NaN for fewer than two values. */
  std(): number {
    return Math.sqrt(varianceOf(numbers(this.store, 'std'), this.start, this.start + this.length))
  }
  /** Sample variance (n - 1); NaN for fewer than two values. */
  var(): number {
    return varianceOf(numbers(this.store, 'var'), this.start, this.start + this.length)
  }
  /** Sample covariance with the other column (n - 1) over the rows that have both; NaN for fewer than two of them. */
  cov(other: Column<number> | Column<boolean>): number {
    return covarianceOf(this, other)
  }
  /** Pearson's correlation with the other column, -1 to 1; NaN for fewer than two rows that have both, and where one does not vary. */
  corr(other: Column<number> | Column<boolean>): number {
    return correlationOf(this, other)
  }
  /** The smallest present value; text by its characters. */
  min(): Found<T> {
    return found(this, this.argmin())
  }
  /** The largest present value; text by its characters. */
  max(): Found<T> {
    return found(this, this.argmax())
  }
  /** The value in the middle of the sorted present values, of an even number the mean of the two there. */
  median(): Measured<T> {
    return this.quantile(0.5)
  }
  /** The value below which the share `p` (0 to 1) of the values lies, with linear interpolation. */
  quantile(p: number): Measured<T> {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile(p) needs a share between 0 and 1, not ${p}.`)
    return measured(
      this,
      quantileIn(measures(this.store, 'quantile'), this.start, this.start + this.length, p),
    ) as never
  }
  /** The most frequent value; of equally frequent ones the smallest. */
  mode(): Found<T> {
    const order = textOrder(this.store)
    const { keys, start } = orderKeys(this)
    const mode = modeIn(keys, start, start + this.length)
    if (Number.isNaN(mode)) return nothing(this)
    return itemOf(this.store, order ? (order.byRank[mode] as number) : mode) as Found<T>
  }
  /** Number of different present values. */
  nunique(): number {
    return distinctIn(this.store.values, this.start, this.start + this.length)
  }
  /** The first present value. */
  first(): Found<T> {
    for (let i = 0; i < this.length; i++) if (!isMissingAt(this, i)) return found(this, i)
    return nothing(this)
  }
  /** The last present value. */
  last(): Found<T> {
    for (let i = this.length - 1; i >= 0; i--) if (!isMissingAt(this, i)) return found(this, i)
    return nothing(this)
  }
  /** Whether a present value is true (not 0, not empty text); `undefined` when none is present. */
  any(): boolean | undefined {
    return areTrue(this, 'one')
  }
  /** Whether every present value is true (not 0, not empty text); `undefined` when none is present. */
  all(): boolean | undefined {
    return areTrue(this, 'each')
  }
  /** Index of the first smallest value: `city[revenue.argmin()]`. */
  argmin(): number {
    const { keys, start } = orderKeys(this)
    const at = smallestAt(keys, start, start + this.length)
    return at < 0 ? Number.NaN : at - start
  }
  /** Index of the first largest value. */
  argmax(): number {
    const { keys, start } = orderKeys(this)
    const at = largestAt(keys, start, start + this.length)
    return at < 0 ? Number.NaN : at - start
  }

  // A column of the same length

  /** What the function gives for each element. */
  map<R extends Item | undefined>(
    fn: (value: T, index: number, column: this) => R | null | undefined,
  ): Column<Exclude<R, null | undefined>> {
    const numbers = new Float64Array(this.length)
    const calls = caller(this, fn)
    for (let i = 0; i < this.length; i++) {
      const value = calls(i)
      if (typeof value === 'number') numbers[i] = Number.isFinite(value) ? value : Number.NaN
      else if (value === null || value === undefined) numbers[i] = Number.NaN
      else if (typeof value === 'boolean' && numbers.subarray(0, i).every(Number.isNaN))
        return mapTruths(numbers.fill(Number.NaN, i), i, value, calls)
      else return mapOthers([...numbers.subarray(0, i)], value, this.length, calls)
    }
    return made({ kind: 'number', values: numbers })
  }
  /**
   * The elements where the mask is true, or the function gives true, elsewhere `other`: a value, or a column of the same length
   * (default: missing).
   */
  where(test: Mask | ((value: T, index: number, column: this) => unknown), other?: T | Column<T> | null): Column<T> {
    const isChosen = typeof test === 'function' ? caller(this, test) : maskOf(this, test, 'where')
    const chosen = Array.from({ length: this.length }, (_, i) => isChosen(i))
    const otherColumn = other instanceof Column ? other : undefined
    if (otherColumn && otherColumn.length !== this.length)
      throw lengths('where', 'other column', otherColumn.length, this.length)
    const values = Array.from({ length: this.length }, (_, i) =>
      chosen[i] ? element(this, i) : otherColumn ? otherColumn.at(i) : (other as T | null | undefined),
    )
    return columnFromValues(values, 'where')
  }
  /** Running sum; missing elements stay missing and are skipped. */
  cumsum(): Column<number> {
    const values = numbers(this.store, 'cumsum').slice(this.start, this.start + this.length)
    let sum = 0
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number
      if (Number.isNaN(value)) continue
      sum += value
      values[i] = sum
    }
    return made({ kind: 'number', values })
  }
  /** The element `n` places before, missing at the beginning. */
  lag(n = 1): Column<T> {
    checkPlaces(n)
    const values = new Float64Array(this.length).fill(Number.NaN)
    for (let i = 0; i < this.length; i++) {
      if (i - n >= 0 && i - n < this.length) values[i] = this.store.values[this.start + i - n] as number
    }
    return made({ ...this.store, values })
  }
  /** The element `n` places after, missing at the end. */
  lead(n = 1): Column<T> {
    return this.lag(-n)
  }
  /** Each element less the one `n` places before; of dates in milliseconds. */
  diff(n = 1): Column<number> {
    const values = measures(this.store, 'diff')
    checkPlaces(n)
    return made({
      kind: 'number',
      values: Float64Array.from({ length: this.length }, (_, i) =>
        i - n >= 0 && i - n < this.length
          ? (values[this.start + i] as number) - (values[this.start + i - n] as number)
          : Number.NaN,
      ),
    })
  }
  /** Rank of each element from 1 for the smallest; equal ones share the mean of their ranks. */
  rank(): Column<number> {
    const { keys, start } = orderKeys(this)
    return made({ kind: 'number', values: ranksOf(keys.slice(start, start + this.length)) })
  }
  /**
   * Windows of each element and up to `n - 1` before it, to be asked as a column is: `rolling(3).mean()`. A window with fewer than
   * `atLeast` present elements gives nothing.
   */
  rolling(n: number, atLeast = 0): Rolling<Column<number>, Column<Measured<T>>, Column<T>> {
    return new Rolling(this, n, atLeast, made)
  }

  // A column of other length

  /** The elements for which the mask is true, or the function gives true. */
  filter(test: Mask | ((value: T, index: number, column: this) => unknown)): Column<T> {
    const kept = new Float64Array(this.length)
    let count = 0
    const calls = typeof test === 'function' ? caller(this, test) : undefined
    const isChosen = calls ?? maskOf(this, test as Mask, 'filter')
    for (let i = 0; i < this.length; i++) {
      if (isChosen(i)) kept[count++] = this.store.values[this.start + i] as number
    }
    return made({ ...this.store, values: kept.subarray(0, count) })
  }
  /** The elements in ascending order (or `'descending'`, or by a comparison as for arrays); missing ones last. */
  sort(order: 'ascending' | 'descending' | ((a: T, b: T) => number) = 'ascending'): Column<T> {
    if (typeof order !== 'function') return inOrder(this, order === 'descending') as Column<T>
    const values = new Float64Array(this.length).fill(Number.NaN)
    const places = Array.from({ length: this.length }, (_, i) => i).filter((i) => !isMissingAt(this, i))
    places.sort((a, b) => order(element(this, a) as T, element(this, b) as T))
    for (const [i, place] of places.entries()) values[i] = this.store.values[this.start + place] as number
    return made({ ...this.store, values })
  }
  /** The different present values in order of first appearance. */
  unique(): Column<T> {
    const values = new Set<number>()
    for (let i = 0; i < this.length; i++)
      if (!isMissingAt(this, i)) values.add(this.store.values[this.start + i] as number)
    return made({ ...this.store, values: Float64Array.from(values) })
  }
  /** Elements from index `from` up to, not including, `to`; negative ones count from the end. */
  slice(from = 0, to = this.length): Column<T> {
    return made({
      ...this.store,
      values: this.store.values.slice(this.start, this.start + this.length).slice(from, to),
    })
  }

  // The columns of other groups

  /** The values of the group `n` before in the order of the model; none before the first. */
  previous(n = 1): Column<T> {
    if (!this.place) throw new Error(noPlace)
    return ofGroupBefore(this.place, n, (start, length, place) => new Column<T>(this.store, start, length, place))
  }

  // As arrays have them

  /** The element at an index; negative ones count from the end; `undefined` for a missing one and outside. */
  at(index: number): T | undefined {
    const i = index < 0 ? this.length + index : index
    return i >= 0 && i < this.length && Number.isInteger(i) ? element(this, i) : undefined
  }
  toArray(): (T | undefined)[] {
    const { values, kind } = this.store
    const array: (T | undefined)[] = []
    for (let i = this.start; i < this.start + this.length; i++) {
      const value = values[i] as number
      array.push(
        kind === 'number' && !Number.isNaN(value) ? (value as T) : (itemOf(this.store, value) as T | undefined),
      )
    }
    return array
  }
  [Symbol.iterator](): ArrayIterator<T | undefined> {
    return this.toArray().values()
  }
  values(): ArrayIterator<T | undefined> {
    return this.toArray().values()
  }
  entries(): ArrayIterator<[number, T | undefined]> {
    return this.toArray().entries()
  }
  forEach(fn: (value: T, index: number, column: this) => unknown): void {
    const calls = caller(this, fn)
    for (let i = 0; i < this.length; i++) calls(i)
  }
  reduce(fn: (result: T, value: T, index: number, column: this) => T): T | undefined
  reduce<R>(fn: (result: R, value: T, index: number, column: this) => R, initial: R): R
  reduce<R>(fn: (result: R, value: T, index: number, column: this) => R, ...initial: [R?]): R | undefined {
    let result = initial[0] as R
    let begun = initial.length > 0
    let passed: ReturnType<typeof missingFor> | null = null
    for (let i = 0; i < this.length; i++) {
      const value = element(this, i)
      if (value === undefined && passed === null) passed = missingFor(fn)
      if (value === undefined && !passed) continue
      const item = (value ?? passed?.value) as T
      result = begun ? fn(result, item, i, this) : (item as unknown as R)
      begun = true
    }
    return begun ? result : undefined
  }
  some(fn: (value: T, index: number, column: this) => unknown): boolean {
    const calls = caller(this, fn)
    for (let i = 0; i < this.length; i++) if (calls(i)) return true
    return false
  }
  every(fn: (value: T, index: number, column: this) => unknown): boolean {
    const calls = caller(this, fn, true)
    for (let i = 0; i < this.length; i++) if (!calls(i)) return false
    return true
  }
  find(fn: (value: T, index: number, column: this) => unknown): T | undefined {
    const calls = caller(this, fn)
    for (let i = 0; i < this.length; i++) if (calls(i)) return element(this, i) as T
    return undefined
  }
  findIndex(fn: (value: T, index: number, column: this) => unknown): number {
    const calls = caller(this, fn)
    for (let i = 0; i < this.length; i++) if (calls(i)) return i
    return -1
  }
  includes(value: T | null | undefined): boolean {
    const members = this.length > 16 && value != null ? membersOf(this) : undefined
    return members ? members.has(value instanceof Date ? value.getTime() : value) : this.indexOf(value) >= 0
  }
  indexOf(value: T | null | undefined): number {
    const wanted = value instanceof Date ? value.getTime() : (value ?? undefined)
    for (let i = 0; i < this.length; i++) {
      const own = element(this, i)
      if ((own instanceof Date ? own.getTime() : own) === wanted) return i
    }
    return -1
  }
  join(separator = ','): string {
    return this.toArray().join(separator)
  }
}

Object.setPrototypeOf(Column.prototype, elementsByIndex)

const inOrder = sortedColumns(Column.prototype)

const noPlace =
  'previous() is asked of an input of the feature itself, in a model whose groups stand in an order (group_order); ask filter(), unique() and the like after it'

/** Moves a view to other rows of its store: only for whoever made it. */
export function moveView(view: Column<Item>, start: number, length: number): void {
  const own = view as { start: number; length: number }
  own.start = start
  own.length = length
}

/**
 * The same column with its elements in it, for functions that read many of them by index: an array that has a column's members.
 */
export function indexedColumn(view: Column<Item>): Column<Item> {
  const { store, start, place } = view
  const array = Object.assign(view.toArray() as object, { store, start, place })
  return Object.setPrototypeOf(array, Column.prototype) as Column<Item>
}

function made<T extends Item>(store: ColumnStore): Column<T> {
  return new Column<T>(store, 0, store.values.length)
}

function columnFromValues<T extends Item>(values: readonly unknown[], method: string): Column<T> {
  for (const value of values) {
    if ((typeof value === 'object' && value !== null && !(value instanceof Date)) || typeof value === 'function') {
      throw new TypeError(
        `${method}() holds numbers, text, booleans or dates, but was given ${describe(value)}; use toArray() for lists of other things.`,
      )
    }
  }
  return made(storeOf(columnOf(values)))
}

function describe(value: object): string {
  return typeof value === 'function' ? 'a function' : Array.isArray(value) ? 'an array' : 'an object'
}

function element<T extends Item>(column: Column<T>, i: number): T | undefined {
  return itemOf(column.store, column.store.values[column.start + i] as number) as T | undefined
}

/** The element at an index that an aggregate found (NaN: it found none). */
function found<T extends Item>(column: Column<T>, at: number): Found<T> {
  return Number.isNaN(at) ? nothing(column) : (element(column, at) as Found<T>)
}

function nothing<T extends Item>({ store }: Column<T>): Found<T> {
  const missing = store.kind === 'number' ? Number.NaN : store.kind === 'date' ? new Date(Number.NaN) : undefined
  return missing as Found<T>
}

function measured<T extends Item>({ store }: Column<T>, value: number): number | Date {
  return store.kind === 'date' ? new Date(value) : value
}

/** Calls the function for an element; a missing element gives `skipped` unless the function tests for missing ones. */
function caller<T extends Item, C extends Column<T>, R, S = undefined>(
  column: C,
  fn: (value: T, index: number, column: C) => R,
  skipped?: S,
): (i: number) => R | S | undefined {
  if (typeof fn !== 'function') throw new TypeError('A function is needed here: column.map(x => x * 2).')
  let passed: ReturnType<typeof missingFor> | null = null
  const ofMissing = (i: number): R | S | undefined => {
    if (passed === null) passed = missingFor(fn)
    return passed ? fn(passed.value as T, i, column) : skipped
  }
  const { kind, values } = column.store
  if (kind === 'number') {
    const { start } = column
    return (i) => {
      const value = values[start + i] as number
      return Number.isNaN(value) ? ofMissing(i) : fn(value as T, i, column)
    }
  }
  return (i) => {
    const value = element(column, i)
    return value === undefined ? ofMissing(i) : fn(value, i, column)
  }
}

/** Goes on with `map` from the first truth value, at `from`; before it nothing was given. */
function mapTruths<R extends Item>(
  values: Float64Array,
  from: number,
  first: boolean,
  calls: (i: number) => unknown,
): Column<R> {
  values[from] = Number(first)
  for (let i = from + 1; i < values.length; i++) {
    const value = calls(i)
    if (typeof value === 'boolean') values[i] = Number(value)
    else if (value !== null && value !== undefined) {
      const before = Array.from(values.subarray(0, i), (flag) => (Number.isNaN(flag) ? undefined : flag === 1))
      return mapOthers(before, value, values.length, calls)
    }
  }
  return made({ kind: 'boolean', values })
}

/** Goes on with `map` from the first result of another kind. */
function mapOthers<R extends Item>(
  before: readonly unknown[],
  value: unknown,
  length: number,
  calls: (i: number) => unknown,
): Column<R> {
  const values = [...before, value]
  for (let i = values.length; i < length; i++) values.push(calls(i))
  return columnFromValues(values, 'map')
}

function maskOf(column: Column<Item>, mask: Mask, method: string): (i: number) => boolean {
  if (mask === null || typeof mask !== 'object') {
    throw new TypeError(`${method}() needs a mask (a column of true and false) or a function.`)
  }
  if (mask.length !== column.length) throw lengths(method, 'mask', mask.length, column.length)
  return mask instanceof Column ? (i) => isTrueAt(mask, i) : (i) => Boolean(mask[i])
}
