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

/** The blocks one behind the other; they are emptied on the way, so that memory holds the column once. */
export function joined<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(blocks: T[], empty: T): T {
  if (blocks.length === 1) return blocks[0] as T
  const length = blocks.reduce((sum, block) => sum + block.length, 0)
  const all = new (empty.constructor as new (length: number) => T)(length)
  let at = 0
  for (const [i, block] of blocks.entries()) {
    all.set(block, at)
    at += block.length
    blocks[i] = empty
  }
  return all
}
