import { functionOf, remembered } from './loops.ts'

/** Numbers for keys in order of first appearance. */
export interface Coded {
  readonly codes: Int32Array
  readonly firstRows: Int32Array
  /** Whether there may be rows without a code. */
  readonly someMiss: boolean
}

/** `whole`: numbers of 32 bits. */
type Kind = 'whole' | 'double'
type Keys = Float64Array | Int32Array

/** Codes for numbers of any range, by open addressing. NaN has none, and -0 is 0. */
export function codeByHash(values: Float64Array, kind: Kind): Coded {
  const rows = values.length
  const { find, put } = loops(kind)
  const keysFor = (count: number): Keys => (kind === 'whole' ? new Int32Array(count) : new Float64Array(count))
  let bits = 10
  while (2 ** bits < rows / 4 && bits < 20) bits++
  // The code of a slot's key, plus one; 0 when it is free. At most half of them are taken.
  let slots = new Int32Array(2 ** bits)
  let keys = keysFor(slots.length / 2)
  let firstRows = new Int32Array(keys.length)
  const codes = new Int32Array(rows)
  const state = { count: 0, someMiss: false }
  for (let from = 0; from < rows; ) {
    from = find(rows, from, values, bits, slots, keys, codes, firstRows, state)
    if (state.count < keys.length) break
    bits++
    slots = new Int32Array(2 ** bits)
    put(state.count, keys, bits, slots)
    keys = extended(keys, keysFor(slots.length / 2))
    firstRows = extended(firstRows, new Int32Array(keys.length))
  }
  return { codes, firstRows: firstRows.slice(0, state.count), someMiss: state.someMiss }
}

function extended<T extends Keys>(values: T, larger: T): T {
  larger.set(values)
  return larger
}

interface Loops {
  /** Codes rows from `i` on; stops when as many keys are known as there is room for, and gives the next row. */
  readonly find: (
    n: number,
    i: number,
    values: Float64Array,
    bits: number,
    slots: Int32Array,
    keys: Keys,
    codes: Int32Array,
    firstRows: Int32Array,
    state: { count: number; someMiss: boolean },
  ) => number
  /** Puts the known keys into empty slots. */
  readonly put: (count: number, keys: Keys, bits: number, slots: Int32Array) => void
}

/** Neighbouring whole numbers are spread by a multiplication; of other numbers all bits are mixed. */
const hashes: Readonly<Record<Kind, string>> = {
  whole: 'const h = Math.imul(k, 0x9e3779b1)',
  double: `number[0] = k
    const mixed = Math.imul(halves[0] ^ Math.imul(halves[1], 0x9e3779b1), 0x85ebca6b)
    const h = Math.imul(mixed ^ mixed >>> 15, 0xc2b2ae35)`,
}

const loops = remembered((kind: Kind): Loops => {
  const begin = `const number = new Float64Array(1), halves = new Int32Array(number.buffer)
    const shift = 32 - bits, mask = slots.length - 1`
  return {
    find: functionOf(
      'hash',
      ['n', 'i', 'values', 'bits', 'slots', 'keys', 'codes', 'firstRows', 'state'],
      `${begin}, room = keys.length
      let { count, someMiss } = state
      while (i < n && count < room) {
        const x = values[i]
        if (x === x) {
          const k = ${kind === 'whole' ? 'x | 0' : 'x + 0'}
          ${hashes[kind]}
          let s = h >>> shift, code = slots[s]
          while (code > 0 && keys[code - 1] !== k) { s = (s + 1) & mask; code = slots[s] }
          if (code === 0) {
            keys[count] = k
            firstRows[count] = i
            code = ++count
            slots[s] = code
          }
          codes[i] = code - 1
        } else { codes[i] = -1; someMiss = true }
        i++
      }
      state.count = count
      state.someMiss = someMiss
      return i`,
    ),
    put: functionOf(
      'put',
      ['count', 'keys', 'bits', 'slots'],
      `${begin}
      for (let code = 1; code <= count; code++) {
        const k = keys[code - 1]
        ${hashes[kind]}
        let s = h >>> shift
        while (slots[s] > 0) s = (s + 1) & mask
        slots[s] = code
      }`,
    ),
  }
})
