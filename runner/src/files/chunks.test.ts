import { renameSync, truncateSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { chunksOf, utf8Stream } from './chunks.ts'
import { decode } from './encoding.ts'

/** The text of bytes that come in pieces of this length. */
function inPieces(bytes: Uint8Array, length: number, known = false): string {
  const stream = utf8Stream(known)
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += length) parts.push(Buffer.from(stream.add(bytes.slice(at, at + length))))
  parts.push(Buffer.from(stream.end()))
  return stream.isMistaken() ? inPieces(bytes, length, true) : Buffer.concat(parts).toString('utf8')
}

const latin = (text: string) => Buffer.from(text, 'latin1')
test.each<[string, Uint8Array]>([
  ['ASCII', Buffer.from('name,n\nJose,1\n')],
  ['UTF-8', Buffer.from('José, Łódź, 日本, 🙂\n')],
  ['UTF-8 with a damaged letter', Buffer.concat([Buffer.from('José '), Buffer.from([0xc3]), Buffer.from(';2 é\n')])],
  ['UTF-8 that is cut within a letter', Buffer.from('name é').subarray(0, -1)],
  ['Windows-1252', latin('Jos\xe9;1\nJos\xe8 \x80;2\n')],
  ['Windows-1252 that ends with a letter', latin('na\xefve Jos\xe9')],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('José, 🙂\n', 'utf16le')])],
  ['nothing', Buffer.from('')],
])('%s is decoded the same in pieces of every length', (_, bytes) => {
  for (let length = 1; length <= bytes.length + 1; length++) expect(inPieces(bytes, length)).toBe(decode(bytes))
})

test('a file larger than a piece, packed and not', async () => {
  const content = Buffer.alloc(3_000_000, 'abcdefg')
  const folder = folderWith({ 'a.csv': content, 'a.csv.gz': gzipSync(content) })
  for (const name of ['a.csv', 'a.csv.gz']) {
    const parts: Uint8Array[] = []
    for await (const chunk of chunksOf(`${folder}/${name}`, name.endsWith('.gz'))) parts.push(chunk.slice())
    expect(parts.length).toBeGreaterThan(1)
    expect(Buffer.concat(parts).equals(content)).toBe(true)
  }
})

test('a file that is written to while it is read is refused; one that takes its place is another file', async () => {
  const content = Buffer.alloc(3_000_000, 'abcdefg')
  const folder = folderWith({ 'a.csv': content, 'b.csv': content, 'new.csv': 'a' })
  const bytesOf = async (path: string, meanwhile: () => void): Promise<number> => {
    let count = 0
    for await (const chunk of chunksOf(path, false)) {
      if (count === 0) meanwhile()
      count += chunk.length
    }
    return count
  }
  const [a, b] = [`${folder}/a.csv`, `${folder}/b.csv`]
  await expect(bytesOf(a, () => truncateSync(a, 1_500_000))).rejects.toThrow(
    'it was written to while it was read; run again',
  )
  expect(await bytesOf(b, () => renameSync(`${folder}/new.csv`, b))).toBe(3_000_000)
})
