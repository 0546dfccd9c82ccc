// In every JavaScript, but not in the types of the language itself.
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  decoder.decode(bytes.subarray(start, end))

const blockBytes = 1 << 16

/** Many short texts that stand one behind the other: text `i` is `bytes[offsets[i], offsets[i + 1])`. */
export function textsOf(bytes: Uint8Array, offsets: Uint32Array, count: number): string[] {
  const texts = new Array<string>(count)
  const place = (i: number): number => offsets[i] as number
  for (let from = 0, to = 0; from < count; from = to) {
    const begin = place(from)
    to = from + 1
    while (to < count && place(to + 1) - begin <= blockBytes) to++
    const block = textOf(bytes, begin, place(to))
    // As many letters as bytes: each letter is one byte, and cutting pieces out is faster than reading each.
    const isPlain = block.length === place(to) - begin
    for (let i = from; i < to; i++)
      texts[i] = isPlain ? block.slice(place(i) - begin, place(i + 1) - begin) : textOf(bytes, place(i), place(i + 1))
  }
  return texts
}

export const isBlankByte = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13)

/** The same in an array of at least twice the length. */
export function grown<T extends Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  array: T,
  size = array.length * 2,
): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(size, array.length * 2))
  larger.set(array)
  return larger
}

/** An array that is filled from its start, as long as it turns out to be. */
export interface Growing<T> {
  /** The next `count` places, to be filled at once. */
  readonly next: (count: number) => T
  readonly finish: () => T
}

/** `expected` places are there from the start: memory that is never touched costs nothing, and nothing has to be moved. */
export function growing<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  create: (length: number) => T,
  expected: number,
): Growing<T> {
  let all = create(expected)
  let length = 0
  return {
    next(count) {
      if (length + count > all.length) {
        const larger = create(Math.max(length + count, all.length * 2))
        larger.set(all.subarray(0, length))
        all = larger
      }
      length += count
      return all.subarray(length - count, length) as T
    },
    finish: () => (all.length - length > length / 4 ? (all.slice(0, length) as T) : (all.subarray(0, length) as T)),
  }
}
