import { gzipSync } from 'node:zlib'
import { compressBlock } from 'lz4js'
import { expect, test } from 'vitest'
import { gzip, lz4Block, lz4Frame, lz4Hadoop, snappy } from './codecs.ts'
import { zstd } from './zstd.ts'

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

test('no more bytes are made than are said', () => {
  expect(() => gzip(gzipSync(Buffer.alloc(10_000_000)), 10)).toThrow('larger than 10 bytes')
})

test('ZSTD that asks for room for gigabytes of contents is an error; a window of them is not needed', () => {
  const contents = [0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x70, 1, 0, 0]
  expect(() => zstd(Uint8Array.from(contents), 10)).toThrow('more bytes than expected')
  const window = [0x28, 0xb5, 0x2f, 0xfd, 0, 0xa7, 0x19, 0, 0, 7, 8, 9]
  expect(zstd(Uint8Array.from(window), 3)).toEqual(Uint8Array.from([7, 8, 9]))
})

test('Snappy: bytes come as they were; a length that leads back is an error', () => {
  expect(snappy(Uint8Array.from([4, 0, 7, 2 << 2, 8, 9, 7]), 4)).toEqual(Uint8Array.from([7, 8, 9, 7]))
  expect(snappy(Uint8Array.from([6, 0, 7, (1 << 2) | 1, 1]), 6)).toEqual(new Uint8Array(6).fill(7))
  expect(() => snappy(Uint8Array.from([4, 63 << 2, 0xf9, 255, 255, 255, 1]), 4)).toThrow('its end is missing')
})
