import { isAscii, isUtf8 } from 'node:buffer'
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { explained, explanation, sizeOf, withFile } from './disk.ts'
import { letter, utf16Order, windows1252 } from './encoding.ts'
import { refuseOther, signBytes } from './signs.ts'
import { Unreadable } from './unreadable.ts'

const chunkBytes = 1 << 20

/** The bytes of a file from its start, unpacked, a piece at a time; each piece is there until the next is asked for. @throws Unreadable */
export async function* chunksOf(path: string, isZipped: boolean): AsyncGenerator<Uint8Array> {
  explained(() => sizeOf(path))
  yield* isZipped ? unpacked(path) : plain(path)
}

function* plain(path: string): Generator<Uint8Array> {
  const file = explained(() => openSync(path, 'r'))
  const state = (): string => {
    const { size, mtimeMs } = fstatSync(file)
    return `${size} ${mtimeMs}`
  }
  try {
    const before = state()
    const chunk = new Uint8Array(chunkBytes)
    for (;;) {
      const count = explained(() => readSync(file, chunk))
      if (count === 0) {
        // The beginning of one text and the end of another are no data.
        if (state() !== before) throw new Unreadable('it was written to while it was read; run again')
        return
      }
      yield chunk.subarray(0, count)
    }
  } finally {
    closeSync(file)
  }
}

async function* unpacked(path: string): AsyncGenerator<Uint8Array> {
  withFile(path, ({ read }) => refuseOther(new Uint8Array(read(0, signBytes)), 'gzip'))
  const source = createReadStream(path, { highWaterMark: chunkBytes })
  const chunks = createGunzip({ chunkSize: chunkBytes })
  source.on('error', (error) => chunks.destroy(error))
  try {
    for await (const chunk of source.pipe(chunks)) yield chunk
  } catch (error) {
    throw explanation(error)
  } finally {
    source.destroy()
  }
}

/** Text in whatever it is written in, piece by piece, as UTF-8. */
export interface Utf8Stream {
  readonly add: (bytes: Uint8Array) => Uint8Array
  /** What is left after the last piece. */
  readonly end: () => Uint8Array
  /** It was taken for Windows-1252, and then letters in UTF-8 came: it is damaged UTF-8 and has to be taken for that from its start. */
  readonly isMistaken: () => boolean
}

/** UTF-8, or UTF-16 when the text says so; else, as Excel writes it in western Europe, Windows-1252. `known`: it is UTF-8. */
export function utf8Stream(known = false): Utf8Stream {
  let kind: 'start' | 'ascii' | 'utf8' | 'windows' | 'utf16' = known ? 'utf8' : 'start'
  let decoder: TextDecoder | undefined
  let tail: Uint8Array = new Uint8Array()
  let isMistaken = false

  /** A letter that is cut by the end of a piece waits for the rest of it. */
  const whole = (bytes: Uint8Array): Uint8Array => {
    const all = tail.length > 0 ? Buffer.concat([tail, bytes]) : bytes
    const cut = beginOfCutLetter(all)
    tail = all.slice(cut)
    return all.subarray(0, cut)
  }

  const add = (more: Uint8Array): Uint8Array => {
    const bytes = kind === 'start' && tail.length > 0 ? Buffer.concat([tail, more]) : more
    if (kind === 'start') {
      tail = bytes.length < 2 ? bytes.slice() : new Uint8Array()
      if (bytes.length < 2) return new Uint8Array()
      const order = utf16Order(bytes)
      kind = order === undefined ? 'ascii' : 'utf16'
      if (order !== undefined) decoder = new TextDecoder(order)
    }
    if (kind === 'utf16') return Buffer.from((decoder as TextDecoder).decode(bytes, { stream: true }))
    if (kind === 'utf8' || (tail.length === 0 && isAscii(bytes))) return bytes
    const all = whole(bytes)
    if (isAscii(all)) return all
    const letters = isUtf8(all) || letter.test(textOf(all))
    if (letters && kind === 'windows') isMistaken = true
    kind = letters && kind === 'ascii' ? 'utf8' : 'windows'
    if (kind === 'utf8') {
      const rest = tail
      tail = new Uint8Array()
      return rest.length > 0 ? Buffer.concat([all, rest]) : all
    }
    return Buffer.from(windows1252(all))
  }

  return {
    add,
    end: () => {
      if (kind === 'utf16') return Buffer.from((decoder as TextDecoder).decode())
      // Cut within a letter: the first letters of a damaged text, or the last one of another.
      return kind === 'windows' ? Buffer.from(windows1252(tail)) : tail
    },
    isMistaken: () => isMistaken,
  }
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')

/** Where a letter begins that needs more bytes than there are; the length when none does. */
function beginOfCutLetter(bytes: Uint8Array): number {
  const { length } = bytes
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] as number
    if (byte < 0x80) return length
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length - back : length
  }
  return length
}
