import { crc32 } from 'node:zlib'
import { Inflate } from 'fflate'
import { type OpenFile, Unreadable } from './disk.ts'

/** The files packed in a zip file, by name. */
export interface Zip {
  readonly names: readonly string[]
  /** The contents of one of them, piece by piece, so that whoever needs the head unpacks no more. @throws Unreadable */
  readonly read: (name: string) => Iterable<Uint8Array>
}

interface Entry {
  readonly method: number
  readonly isEncrypted: boolean
  readonly checksum: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

const endBytes = 22
const longestComment = 0xffff
const centralBytes = 46
const localBytes = 30
const pieceBytes = 64 * 1024
const marks = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 }
const stored = 0
const deflated = 8
const inExtra = 0xffffffff

/** Opens a zip file by the directory at its end. @throws Unreadable when there is none */
export function openZip(file: OpenFile): Zip {
  const entries = entriesOf(directoryOf(file))
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name)
      if (entry === undefined) throw new Unreadable(`it is damaged (${name} is missing in it)`)
      return contents(file, name, entry)
    },
  }
}

function directoryOf(file: OpenFile): DataView {
  const from = Math.max(0, file.size - endBytes - longestComment)
  const tail = new DataView(file.read(from, file.size - from))
  let at = tail.byteLength - endBytes
  while (at >= 0 && tail.getUint32(at, true) !== marks.end) at--
  if (at < 0) throw new Unreadable('it is damaged (its end is missing)')
  const [size, start] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)]
  if (start + size > from + at) throw new Unreadable('it is damaged (its directory is not where it should be)')
  return new DataView(file.read(start, size))
}

function entriesOf(directory: DataView): ReadonlyMap<string, Entry> {
  try {
    return new Map(entriesIn(directory))
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable('it is damaged (its directory has a wrong length)')
    throw error
  }
}

function* entriesIn(directory: DataView): Iterable<readonly [string, Entry]> {
  const u16 = (at: number) => directory.getUint16(at, true)
  const u32 = (at: number) => directory.getUint32(at, true)
  for (let at = 0; at + centralBytes <= directory.byteLength && u32(at) === marks.central; ) {
    const nameEnd = at + centralBytes + u16(at + 28)
    const extraEnd = nameEnd + u16(at + 30)
    const name = Buffer.from(directory.buffer, at + centralBytes, nameEnd - at - centralBytes).toString('utf8')
    const long = longNumbers(directory, nameEnd, extraEnd)
    const number = (place: number) => (u32(place) === inExtra ? (long.shift() ?? inExtra) : u32(place))
    const [size, packed, start] = [number(at + 24), number(at + 20), number(at + 42)]
    const isEncrypted = (u16(at + 8) & 1) === 1
    const entry = { method: u16(at + 10), isEncrypted, checksum: u32(at + 16), packed, size, at: start }
    // Some programs write names with the separator of Windows.
    yield [name.replaceAll('\\', '/').replace(/^\//, ''), entry]
    at = extraEnd + u16(at + 32)
  }
}

/** The numbers that are too long for the directory (Zip64), in their order. */
function longNumbers(directory: DataView, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to; at += 4 + directory.getUint16(at + 2, true)) {
    if (directory.getUint16(at, true) !== 1) continue
    const count = Math.floor(directory.getUint16(at + 2, true) / 8)
    return Array.from({ length: count }, (_, index) => Number(directory.getBigUint64(at + 4 + index * 8, true)))
  }
  return []
}

function* contents(file: OpenFile, name: string, entry: Entry): Iterable<Uint8Array> {
  if (entry.isEncrypted) throw new Unreadable('it is protected with a password; save it without one')
  if (entry.method !== stored && entry.method !== deflated)
    throw new Unreadable('it is packed in a way that is not known here; save it again with Excel or LibreOffice')
  const damaged = () => new Unreadable(`it is damaged (${name} in it cannot be unpacked)`)
  let checksum = 0
  let size = 0
  try {
    for (const piece of pieces(file, entry)) {
      checksum = crc32(piece, checksum)
      size += piece.length
      yield piece
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw damaged()
  }
  if (checksum !== entry.checksum || size !== entry.size) throw damaged()
}

function* pieces(file: OpenFile, { method, packed, at }: Entry): Iterable<Uint8Array> {
  const local = new DataView(file.read(at, localBytes))
  if (local.byteLength < localBytes || local.getUint32(0, true) !== marks.local) throw new Error('no local header')
  const start = at + localBytes + local.getUint16(26, true) + local.getUint16(28, true)
  if (start + packed > file.size) throw new Error('contents behind the end')
  const out: Uint8Array[] = []
  const inflate = new Inflate((piece) => out.push(piece))
  for (let done = 0; done < packed; done += pieceBytes) {
    const piece = new Uint8Array(file.read(start + done, Math.min(pieceBytes, packed - done)))
    if (method === stored) yield piece
    else {
      inflate.push(piece, done + pieceBytes >= packed)
      yield* out.splice(0)
    }
  }
}
