import { compressBlock } from 'lz4js'
import { expect, test } from 'vitest'
import { lz4Block, lz4Frame, lz4Hadoop } from './codecs.ts'

const texts = ['north,north,north,south,'.repeat(40), 'south,'.repeat(70)]
const plain = Buffer.from(texts.join(''))

function packed(text: string): Buffer {
  const bytes = Buffer.alloc(text.length)
  return bytes.subarray(0, compressBlock(Buffer.from(text), bytes, 0, text.length, new Uint32Array(65536)))
}

/** Each block after the lengths of its text and of itself. */
const hadoop = (...blocks: readonly string[]): Buffer =>
  Buffer.concat(
    blocks.flatMap((text) => {
      const lengths = Buffer.alloc(8)
      lengths.writeUInt32BE(text.length)
      lengths.writeUInt32BE(packed(text).length, 4)
      return [lengths, packed(text)]
    }),
  )

test('LZ4 of Hadoop: blocks with their lengths, and a block without them', () => {
  expect(Buffer.from(lz4Hadoop(hadoop(...texts), plain.length))).toEqual(plain)
  expect(Buffer.from(lz4Hadoop(packed(plain.toString()), plain.length))).toEqual(plain)
})

test('another length than is said is an error', () => {
  expect(() => lz4Block(packed(plain.toString()), plain.length + 1)).toThrow('expected')
  expect(() => lz4Hadoop(hadoop(...texts), plain.length - 1)).toThrow()
  expect(() => lz4Frame(packed(plain.toString()), plain.length)).toThrow('no LZ4 frame')
})
