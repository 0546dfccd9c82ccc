import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { snappyUncompress } from 'hyparquet/src/snappy.js'
import { decompressBlock } from 'lz4js'

/** Gives the bytes that were compressed, of which it is known how many they are. @throws when they are not */
export type Decompress = (input: Uint8Array, length: number) => Uint8Array

/** Damage can make an input claim to be any number of bytes. */
const atMost = (length: number) => ({ maxOutputLength: Math.max(1, length) })
export const gzip: Decompress = (input, length) => gunzipSync(input, atMost(length))
export const brotli: Decompress = (input, length) => brotliDecompressSync(input, atMost(length))

export const snappy: Decompress = (input, length) => {
  refuseBackwards(input)
  const bytes = new Uint8Array(length)
  snappyUncompress(input, bytes)
  return bytes
}

/** hyparquet takes the length of what is not compressed for a signed number, goes back by it and never ends. */
function refuseBackwards(input: Uint8Array): void {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  let at = input.findIndex((byte) => byte < 128) + 1
  while (at < input.length) {
    const tag = input[at++] as number
    const [kind, size] = [tag & 3, (tag >> 2) - 59]
    if (kind > 0) at += kind === 3 ? 4 : kind
    else if (size <= 0) at += size + 60
    else at += size + 1 + (view.getUint32(at, true) % 2 ** (8 * size))
  }
  if (at > input.length) throw new Error('its end is missing')
}

/** A byte of LZ4 gives 255 bytes at most. */
function lz4Room(input: Uint8Array, length: number): Uint8Array {
  if (length > 255 * input.length) throw new Error('more bytes than expected')
  return new Uint8Array(length)
}

export const lz4Block: Decompress = (input, length) => {
  const bytes = lz4Room(input, length)
  return filled(bytes, decompressBlock(input, bytes, 0, input.length, 0))
}

/** Blocks with the lengths of both forms before each, as Hadoop and Spark write LZ4; other writers of old meant a plain block by it. */
export const lz4Hadoop: Decompress = (input, length) => {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const bytes = lz4Room(input, length)
  let [from, to] = [0, 0]
  while (from < input.length) {
    const [plain, packed] = from + 8 <= input.length ? [view.getUint32(from), view.getUint32(from + 4)] : [0, 0]
    from += 8
    if (packed === 0 || from + packed > input.length || to + plain > length) return lz4Block(input, length)
    if (decompressBlock(input, bytes, from, packed, to) !== to + plain) return lz4Block(input, length)
    from += packed
    to += plain
  }
  return filled(bytes, to)
}

const frame = { mark: 0x184d2204, blockChecksum: 16, contentSize: 8, dictionary: 1 }
const isPlain = 2 ** 31

/** Blocks in a frame, each of which may go on from those before (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md). lz4js knows none with a checksum each. */
export const lz4Frame: Decompress = (input, length) => {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  if (view.getUint32(0, true) !== frame.mark) throw new Error('no LZ4 frame')
  const flags = view.getUint8(4)
  const bytes = lz4Room(input, length)
  let from = 7 + (flags & frame.contentSize ? 8 : 0) + (flags & frame.dictionary ? 4 : 0)
  let to = 0
  for (;;) {
    const head = view.getUint32(from, true)
    from += 4
    if (head === 0) return filled(bytes, to)
    const size = head % isPlain
    if (from + size > input.length) throw new Error('a block without an end')
    if (head < isPlain) to = decompressBlock(input, bytes, from, size, to)
    else {
      bytes.set(input.subarray(from, from + size), to)
      to += size
    }
    from += size + (flags & frame.blockChecksum ? 4 : 0)
  }
}

function filled(bytes: Uint8Array, written: number): Uint8Array {
  if (written !== bytes.length) throw new Error(`${bytes.length} bytes expected, ${written} found`)
  return bytes
}
