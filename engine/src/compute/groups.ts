import type { ColumnData } from '../table/table.ts'

/** Which rows belong together. Groups are numbered in order of first appearance. */
export interface GroupIndex {
  /** Group of each row; -1 where a key is missing. */
  readonly codes: Int32Array
  readonly count: number
  /** First row of each group, -1 for the one group of a table without rows. */
  readonly firstRows: Int32Array
  readonly rowsWithoutKey: number
}

/**
 * Groups the rows by the keys: two rows are together when all their keys are equal (-0 equals 0) and none is missing.
 * Keys are compared as values, never as joined text. Without keys all rows are one group.
 */
export function groupIndex(keys: readonly ColumnData[], rows: number): GroupIndex {
  const [first, ...others] = keys
  if (!first) {
    const firstRows = Int32Array.of(rows > 0 ? 0 : -1)
    return { codes: new Int32Array(rows), count: 1, firstRows, rowsWithoutKey: 0 }
  }
  let coded = codeKey(first)
  for (const key of others) {
    const own = codeKey(key)
    // Fewer than 2^26 groups of either, or 2^53 together: the product is exact.
    const pairs = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const a = coded.codes[i] as number
      const b = own.codes[i] as number
      pairs[i] = a < 0 || b < 0 ? Number.NaN : a * own.count + b
    }
    coded = codeNumbers(pairs)
  }
  return summary(coded)
}

/** Place of each row when rows are put group by group, in row order within a group, and where each group begins. */
export interface GroupOrder {
  /** -1 for rows without a group. */
  readonly places: Int32Array
  /** `count + 1` offsets. */
  readonly offsets: Int32Array
}

export function groupOrder({ codes, count }: GroupIndex): GroupOrder {
  const offsets = new Int32Array(count + 1)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code >= 0) offsets[code + 1] = (offsets[code + 1] as number) + 1
  }
  for (let group = 0; group < count; group++) {
    offsets[group + 1] = (offsets[group + 1] as number) + (offsets[group] as number)
  }
  const next = offsets.slice()
  const places = new Int32Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code < 0) places[i] = -1
    else {
      const place = next[code] as number
      places[i] = place
      next[code] = place + 1
    }
  }
  return { places, offsets }
}

interface Coded {
  readonly codes: Int32Array
  readonly count: number
}

function codeKey(key: ColumnData): Coded {
  if (key.type === 'string') return codeSmall(key.codes, key.dictionary.length)
  if (key.type === 'boolean')
    return codeSmall(
      Int32Array.from(key.values, (flag) => (flag === 2 ? -1 : flag)),
      2,
    )
  return codeNumbers(key.values)
}

/** Codes that are already small whole numbers, renumbered by first appearance. */
function codeSmall(source: Int32Array, size: number): Coded {
  const map = new Int32Array(size).fill(-1)
  const codes = new Int32Array(source.length)
  let count = 0
  for (let i = 0; i < source.length; i++) {
    const key = source[i] as number
    if (key < 0) {
      codes[i] = -1
      continue
    }
    let code = map[key] as number
    if (code < 0) {
      code = count++
      map[key] = code
    }
    codes[i] = code
  }
  return { codes, count }
}

function codeNumbers(values: Float64Array): Coded {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let whole = true
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    if (value < min) min = value
    if (value > max) max = value
    if (whole && Math.floor(value) !== value) whole = false
  }
  if (min > max) return { codes: new Int32Array(values.length).fill(-1), count: 0 }
  const range = max - min + 1
  return whole && range <= 4 * values.length + 1024 ? codeByMap(values, min, range) : codeByHash(values)
}

function codeByMap(values: Float64Array, min: number, range: number): Coded {
  const map = new Int32Array(range).fill(-1)
  const codes = new Int32Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) {
      codes[i] = -1
      continue
    }
    let code = map[value - min] as number
    if (code < 0) {
      code = count++
      map[value - min] = code
    }
    codes[i] = code
  }
  return { codes, count }
}

/** Open addressing over the bits of the doubles; the table doubles when it is half full. */
function codeByHash(values: Float64Array): Coded {
  const bits = new Float64Array(1)
  const halves = new Int32Array(bits.buffer)
  const hash = (value: number): number => {
    bits[0] = value
    let h = Math.imul((halves[0] as number) ^ Math.imul(halves[1] as number, 0x9e3779b1), 0x85ebca6b)
    h ^= h >>> 15
    h = Math.imul(h, 0xc2b2ae35)
    return h ^ (h >>> 13)
  }
  let mask = 1023
  let slots = new Int32Array(mask + 1).fill(-1)
  let keys = new Float64Array(512)
  const codes = new Int32Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    // Adding 0 turns -0 into 0.
    const value = (values[i] as number) + 0
    if (Number.isNaN(value)) {
      codes[i] = -1
      continue
    }
    let slot = hash(value) & mask
    let code = slots[slot] as number
    while (code >= 0 && keys[code] !== value) {
      slot = (slot + 1) & mask
      code = slots[slot] as number
    }
    if (code < 0) {
      code = count++
      slots[slot] = code
      keys[code] = value
      if (count === keys.length) {
        const larger = new Float64Array(count * 2)
        larger.set(keys)
        keys = larger
        mask = mask * 2 + 1
        slots = new Int32Array(mask + 1).fill(-1)
        for (let known = 0; known < count; known++) {
          let free = hash(keys[known] as number) & mask
          while ((slots[free] as number) >= 0) free = (free + 1) & mask
          slots[free] = known
        }
      }
    }
    codes[i] = code
  }
  return { codes, count }
}

function summary({ codes, count }: Coded): GroupIndex {
  const firstRows = new Int32Array(count)
  let next = 0
  let rowsWithoutKey = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code < 0) rowsWithoutKey++
    else if (code === next) firstRows[next++] = i
  }
  return { codes, count, firstRows, rowsWithoutKey }
}
