import { between } from './spans.ts'

/** Memory that every call uses again: nothing here calls anybody. */
let scratch = new Float64Array(64)

/** The value below which the share `p` of the present values lies, put in order only as far as that takes; NaN when there is none. */
export function quantileIn(values: Float64Array, start: number, end: number, p: number): number {
  const count = presentIn(values, start, end)
  if (count === 0) return Number.NaN
  const place = (count - 1) * p
  const below = Math.floor(place)
  select(scratch, count, below)
  const low = scratch[below] as number
  let high = below + 1 < count ? Number.POSITIVE_INFINITY : low
  for (let i = below + 1; i < count; i++) if ((scratch[i] as number) < high) high = scratch[i] as number
  return between(low, high, place - below)
}

/** The value that is at `place` when the present ones are put in order; NaN when there are not so many. */
export function placedIn(
  values: Float64Array,
  start: number,
  end: number,
  place: number,
  isDescending: boolean,
): number {
  if (!(place >= 0 && Number.isInteger(place))) return Number.NaN
  if (place < 16) return amongFirst(values, start, end, place, isDescending ? -1 : 1)
  const count = presentIn(values, start, end)
  if (place >= count) return Number.NaN
  const at = isDescending ? count - 1 - place : place
  select(scratch, count, at)
  return scratch[at] as number
}

/** The first values in order, kept in one pass: most are behind them, and cost one comparison. */
function amongFirst(values: Float64Array, start: number, end: number, place: number, sign: 1 | -1): number {
  let count = 0
  let last = Number.POSITIVE_INFINITY
  for (let i = start; i < end; i++) {
    const value = sign * (values[i] as number)
    if (!(value < last) && (count > place || Number.isNaN(value))) continue
    let at = count <= place ? count++ : place
    while (at > 0 && (scratch[at - 1] as number) > value) {
      scratch[at] = scratch[at - 1] as number
      at--
    }
    scratch[at] = value
    if (count > place) last = scratch[place] as number
  }
  return count > place ? sign * (scratch[place] as number) : Number.NaN
}

/** Puts the present values into `scratch`; gives how many there are. */
function presentIn(values: Float64Array, start: number, end: number): number {
  if (scratch.length < end - start) scratch = new Float64Array(2 * (end - start))
  let count = 0
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) scratch[count++] = value
  }
  return count
}

/** Puts the value that is at `place` in ascending order there, smaller ones before it and larger ones behind. */
function select(values: Float64Array, count: number, place: number): void {
  let left = 0
  let right = count - 1
  for (let rounds = 0; left < right; rounds++) {
    if (rounds > 100) {
      // An order made to be slow for this.
      values.subarray(left, right + 1).sort()
      return
    }
    const pivot = middle(values[left] as number, values[(left + right) >> 1] as number, values[right] as number)
    let i = left
    let j = right
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const value = values[i] as number
      values[i++] = values[j] as number
      values[j--] = value
    }
    if (place <= j) right = j
    else if (place >= i) left = i
    else return
  }
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))

/** A set of numbers with how often each was added, used again by every call: a slot is taken when its mark is that of the call. */
let keys = new Float64Array(64)
let counts = new Int32Array(64)
let marks = new Int32Array(64)
let mark = 0
const bits = new Float64Array(1)
const halves = new Int32Array(bits.buffer)

/** Begins with an empty set; gives the mask of its slots, at least twice as many as values come. */
function emptySet(size: number): number {
  let slots = 64
  while (slots < 2 * size) slots *= 2
  if (keys.length < slots || mark === 0x7fffffff) {
    keys = new Float64Array(Math.max(slots, keys.length))
    counts = new Int32Array(keys.length)
    marks = new Int32Array(keys.length)
    mark = 0
  }
  mark++
  return slots - 1
}

/** Adds a number (-0 is 0); gives its slot. */
function add(value: number, mask: number): number {
  bits[0] = value
  const h = Math.imul((halves[0] as number) ^ Math.imul(halves[1] as number, 0x9e3779b1), 0x85ebca6b)
  let slot = (h ^ (h >>> 15)) & mask
  while (marks[slot] === mark && keys[slot] !== value) slot = (slot + 1) & mask
  if (marks[slot] !== mark) {
    marks[slot] = mark
    keys[slot] = value
    counts[slot] = 0
  }
  counts[slot] = (counts[slot] as number) + 1
  return slot
}

/** How many different values there are; -0 equals 0. */
export function distinctIn(values: Float64Array, start: number, end: number): number {
  const mask = emptySet(end - start)
  let count = 0
  for (let i = start; i < end; i++) {
    const value = (values[i] as number) + 0
    if (!Number.isNaN(value) && counts[add(value, mask)] === 1) count++
  }
  return count
}

/** The most frequent value, of equally frequent ones the smallest; NaN when there is none. */
export function modeIn(values: Float64Array, start: number, end: number): number {
  const mask = emptySet(end - start)
  let mode = Number.NaN
  let best = 0
  for (let i = start; i < end; i++) {
    const value = (values[i] as number) + 0
    if (Number.isNaN(value)) continue
    const count = counts[add(value, mask)] as number
    if (count > best || (count === best && value < mode)) {
      mode = value
      best = count
    }
  }
  return mode
}
