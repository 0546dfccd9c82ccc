import { growing, grown, isBlankByte, textsOf } from './bytes.ts'
import { type Batch, cellBytes } from './scan.ts'

/** A column of text: its different texts in order of first appearance, none of them blank, and which of them each cell has (-1: empty). */
export interface Distinct {
  readonly texts: readonly string[]
  readonly codes: Int32Array<ArrayBuffer>
}

/** Collects the different texts of a column without making a string of each cell. */
export interface TextCollector {
  readonly add: (batch: Batch, column: number) => void
  readonly finish: () => Distinct
}

export function textCollector(expectedRows: number): TextCollector {
  const allCodes = growing((length) => new Int32Array(length), expectedRows)
  let texts = new Uint8Array(256)
  /** Text `i` is `texts[offsets[i], offsets[i + 1])`. */
  let offsets = new Uint32Array(16)
  let hashes = new Int32Array(16)
  /** Open addressing: one more than the number of a text, 0 where there is none. */
  let table = new Int32Array(32)
  let count = 0

  const rehash = (): void => {
    offsets = grown(offsets)
    hashes = grown(hashes)
    table = new Int32Array(table.length * 2)
    const mask = table.length - 1
    for (let i = 0; i < count; i++) {
      let slot = (hashes[i] as number) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = i + 1
    }
  }

  const codeOf = (bytes: Uint8Array, start: number, end: number): number => {
    let hash = -2128831035
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 16777619)
    hash ^= hash >>> 15
    const mask = table.length - 1
    const length = end - start
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = table[slot] as number
      if (found === 0) {
        table[slot] = count + 1
        break
      }
      const i = found - 1
      const from = offsets[i] as number
      if (hashes[i] !== hash || (offsets[i + 1] as number) - from !== length) continue
      let same = 0
      while (same < length && texts[from + same] === bytes[start + same]) same++
      if (same === length) return i
    }
    const from = offsets[count] as number
    if (from + length > texts.length) texts = grown(texts, from + length)
    if (length > 64) texts.set(bytes.subarray(start, end), from)
    else for (let i = 0; i < length; i++) texts[from + i] = bytes[start + i] as number
    hashes[count] = hash
    offsets[count + 1] = from + length
    count++
    if (count + 1 >= offsets.length) rehash()
    return count - 1
  }

  return {
    add(batch, column) {
      const { bytes, starts, ends, width, records } = batch
      const codes = allCodes.next(records)
      for (let record = 0, cell = column; record < records; record++, cell += width) {
        const start = starts[cell] as number
        const end = ends[cell] as number
        if (end < 0) {
          const own = cellBytes(batch, cell)
          codes[record] = codeOf(own, 0, own.length)
          continue
        }
        let at = start
        while (at < end && isBlankByte(bytes[at] as number)) at++
        codes[record] = at === end ? -1 : codeOf(bytes, start, end)
      }
    },
    finish() {
      const all = textsOf(texts, offsets, count)
      texts = new Uint8Array()
      table = hashes = new Int32Array()
      return distinct(all, allCodes.finish())
    },
  }
}

/** Texts that are blank after all (a no-break space), or the same after all (damaged letters), are one. */
function distinct(texts: string[], codes: Int32Array<ArrayBuffer>): Distinct {
  const numbers = new Map<string, number>()
  const isOdd = (text: string): boolean => text.includes('\ufffd') || text.trim() === ''
  if (!texts.some(isOdd)) return { texts, codes }
  const renumbered = texts.map((text) => {
    if (text.trim() === '') return -1
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  })
  return { texts: [...numbers.keys()], codes: codes.map((code) => (code < 0 ? code : (renumbered[code] as number))) }
}
