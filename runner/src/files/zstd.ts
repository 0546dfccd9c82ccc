import { decompress } from 'fzstd'
import type { Decompress } from './codecs.ts'

/** Readers of the format have room for so much at least (https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1.2). */
const smallWindow = 2 ** 23

/** fzstd believes what a frame says of its size, and there are tables that it never comes to the end of. */
export const zstd: Decompress = (input, length) => {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const { content, window, end } = frameOf(view)
  if (content !== undefined && content > length) throw new Error('more bytes than expected')
  refuseEndless(view, end)
  return content === undefined && window > smallWindow ? decompress(input, new Uint8Array(length)) : decompress(input)
}

/** What a frame says: how many bytes it has, if known; else how many a reader has to keep; and where its blocks begin. */
function frameOf(view: DataView) {
  const flags = view.getUint8(4)
  const isWhole = (flags & 0x20) !== 0
  const at = (isWhole ? 5 : 6) + ([0, 1, 2, 4][flags & 3] as number)
  const log = view.getUint8(5)
  const window = 2 ** (10 + (log >> 3)) * (1 + (log & 7) / 8)
  switch (flags >> 6) {
    case 0:
      return isWhole ? { content: view.getUint8(at), window, end: at + 1 } : { content: undefined, window, end: at }
    case 1:
      return { content: view.getUint16(at, true) + 256, window, end: at + 2 }
    case 2:
      return { content: view.getUint32(at, true), window, end: at + 4 }
    default:
      return { content: Number(view.getBigUint64(at, true)), window, end: at + 8 }
  }
}

const blocks = { repeated: 1, compressed: 2 }
/** Texts in a block that have a table of their own. */
const withTable = 2

/** Walks over the blocks of a frame. @throws when there is a table of weights with a single one, which takes no bits to read */
function refuseEndless(view: DataView, start: number): void {
  let isLast = false
  for (let at = start; !isLast && at + 3 < view.byteLength; ) {
    const head = view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
    const [kind, size] = [(head >> 1) & 3, head >> 3]
    isLast = (head & 1) === 1
    at += 3
    const texts = view.getUint8(at)
    if (kind === blocks.compressed && (texts & 3) === withTable) {
      const table = at + Math.max(3, 2 + ((texts >> 2) & 3))
      if (table < view.byteLength && view.getUint8(table) < 128 && isSingle(view, table + 1))
        throw new Error('a table of a single weight')
    }
    at += kind === blocks.repeated ? 1 : size
  }
}

/** Whether of the weights of a table one has all the probability: behind others with none, its number has all bits set. */
function isSingle(view: DataView, start: number): boolean {
  const bitsAt = (bit: number, count: number): number => {
    let value = 0
    for (let i = 0; i < count; i++) value |= ((view.getUint8((bit + i) >> 3) >> ((bit + i) & 7)) & 1) << i
    return value
  }
  const log = 5 + bitsAt(8 * start, 4)
  for (let bit = 8 * start + 4; ; ) {
    const value = bitsAt(bit, log + 1)
    if (value === 2 ** (log + 1) - 1) return true
    if (value % 2 ** log !== 1) return false
    bit += log
    let more = 3
    for (; more === 3; bit += 2) more = bitsAt(bit, 2)
  }
}
