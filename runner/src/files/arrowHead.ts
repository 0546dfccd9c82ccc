import { checkMessage, checkSchema, kinds, tableAt } from './arrowTables.ts'
import { type OpenFile, Unreadable } from './disk.ts'
import { refuseOther, signBytes } from './signs.ts'

/** The mark at both ends of the file format (Feather 2 too). */
const mark = 'ARROW1'
/** Before the mark at the end: how long the footer is. */
const trailerBytes = 4 + mark.length
const feather1 = 'FEA1'
/** The first rows are looked at when they end within so much of the file. */
const headBytes = 1024 * 1024
const longestSchema = 64 * 1024 * 1024

/**
 * What is at the head of an Arrow file or stream, as a smaller one: its columns, and its first rows if they end within the first
 * megabyte and are asked for. @throws Unreadable when it is none
 */
export function arrowHead(file: OpenFile, upTo: 'schema' | 'rows'): Uint8Array {
  const schemaBytes = schemaBytesOf(file)
  if (schemaBytes === undefined) return fileHead(file, upTo)
  return wholeMessages(file.read(0, Math.max(headBytes, schemaBytes)), upTo)
}

/** How long the schema at the start of a stream is; undefined in a file. @throws Unreadable when this is no Arrow file or stream */
function schemaBytesOf(file: OpenFile): number | undefined {
  refuseOther(new Uint8Array(file.read(0, signBytes)), 'arrow')
  if (isMarked(file, 0, mark)) {
    footerOf(file)
    return undefined
  }
  if (isMarked(file, 0, feather1))
    throw new Unreadable('it is of the first version of Feather; write it with version 2, or as .parquet')
  const message = messageAt(new DataView(file.read(0, prefixBytes)), 0)
  if (!message || message.length > Math.min(file.size, longestSchema)) throw new Unreadable('it is not an Arrow file')
  return prefixBytes + message.length
}

const isMarked = (file: OpenFile, start: number, by: string): boolean =>
  Buffer.from(file.read(Math.max(0, start), by.length)).toString('latin1') === by

/** The end of a file, which has its schema and says where its rows are. */
function footerOf(file: OpenFile): ArrayBuffer {
  const cut = () => new Unreadable('it is damaged (its end is missing)')
  if (!isMarked(file, file.size - mark.length, mark)) throw cut()
  const start = file.size - trailerBytes
  const length = new DataView(file.read(start, 4)).getInt32(0, true)
  if (length <= 0 || length > Math.min(start, longestSchema)) throw cut()
  const footer = file.read(start - length, length)
  const schema = tableAt(new DataView(footer), 0)(6)
  if (schema !== undefined) checkSchema(new DataView(footer), tableAt(new DataView(footer), schema))
  return footer
}

/** A smaller file with the schema only, or also with the first rows and the texts that these point to. */
function fileHead(file: OpenFile, upTo: 'schema' | 'rows'): Uint8Array {
  const footer = footerOf(file)
  const { dictionaries, rows } = listsOf(footer)
  const first = [...dictionaries.blocks, ...rows.blocks.slice(0, 1)]
  const fits = first.reduce((sum, { length }) => sum + length, 0) <= headBytes
  return upTo === 'rows' && fits
    ? gathered(file, footer, [dictionaries.blocks, rows.blocks.slice(0, 1)])
    : gathered(file, footer, [[], []])
}

/**
 * The bytes of an Arrow file or stream, in which texts stand before the rows that point to them: Polars writes them behind, where
 * flechette looks too late. @throws Unreadable when it is none
 */
export function wholeArrow(bytes: ArrayBuffer): ArrayBuffer | Uint8Array {
  const file = opened(bytes)
  if (schemaBytesOf(file) !== undefined) {
    wholeMessages(bytes, 'end')
    return bytes
  }
  const footer = footerOf(file)
  const { dictionaries, rows } = listsOf(footer)
  for (const { start } of [...dictionaries.blocks, ...rows.blocks]) checkBlock(new DataView(bytes, start))
  const firstRows = rows.blocks[0]?.start ?? Number.POSITIVE_INFINITY
  if (dictionaries.blocks.every(({ start }) => start < firstRows)) return bytes
  return gathered(file, footer, [dictionaries.blocks, rows.blocks])
}

const opened = (bytes: ArrayBuffer): OpenFile => ({
  size: bytes.byteLength,
  read: (start, count) => bytes.slice(start, start + count),
})

interface Block {
  readonly start: number
  readonly length: number
}

/** A file of these messages: texts that rows point to, and rows. */
function gathered(
  file: OpenFile,
  footer: ArrayBuffer,
  [texts, rows]: readonly [readonly Block[], readonly Block[]],
): Uint8Array {
  const view = new DataView(footer.slice(0))
  const lists = listsOf(view.buffer)
  const parts: Buffer[] = [Buffer.alloc(alignment, mark.padEnd(alignment, '\0'))]
  let end = alignment
  for (const [{ at, blocks }, kept] of [
    [lists.dictionaries, texts],
    [lists.rows, rows],
  ] as const) {
    if (blocks.length > 0) view.setUint32(at, kept.length, true)
    for (const [place, block] of kept.entries()) {
      view.setBigInt64(at + 4 + place * blockBytes, BigInt(end), true)
      const bytes = file.read(block.start, block.length)
      if (bytes.byteLength < block.length) throw new Unreadable('it is damaged (a block without its end)')
      checkBlock(new DataView(bytes))
      const room = Math.ceil(block.length / alignment) * alignment
      parts.push(Buffer.concat([Buffer.from(bytes)], room))
      end += room
    }
  }
  const length = Buffer.alloc(4)
  length.writeInt32LE(footer.byteLength)
  return Buffer.concat([...parts, Buffer.from(view.buffer), length, Buffer.from(mark)])
}

/** Old writers have no -1 before the length. */
const checkBlock = (view: DataView): void => checkMessage(view, view.getInt32(0, true) === -1 ? prefixBytes : 4)

const alignment = 64
const blockBytes = 24

/** The lists of a footer that say where messages are. */
function listsOf(footer: ArrayBuffer) {
  const view = new DataView(footer)
  const fieldAt = tableAt(view, 0)
  const listIn = (slot: number): { readonly at: number; readonly blocks: readonly Block[] } => {
    const field = fieldAt(slot)
    if (field === undefined) return { at: 0, blocks: [] }
    const at = field + view.getUint32(field, true)
    const blocks = Array.from({ length: view.getUint32(at, true) }, (_, place) => {
      const block = at + 4 + place * blockBytes
      const length = view.getInt32(block + 8, true) + Number(view.getBigInt64(block + 16, true))
      return { start: Number(view.getBigInt64(block, true)), length }
    })
    return { at, blocks }
  }
  return { dictionaries: listIn(8), rows: listIn(10) }
}

const prefixBytes = 8

function messageAt(view: DataView, at: number): { readonly start: number; readonly length: number } | undefined {
  if (at + prefixBytes > view.byteLength || view.getInt32(at, true) !== -1) return undefined
  const length = view.getInt32(at + 4, true)
  return length > 0 ? { start: at + prefixBytes, length } : undefined
}

/** The messages of a stream that are there as a whole, up to the first rows, of the schema only, or all. @throws Unreadable, RangeError */
function wholeMessages(head: ArrayBuffer, upTo: 'schema' | 'rows' | 'end'): Uint8Array {
  const view = new DataView(head)
  let end = 0
  for (let isLast = false; !isLast; ) {
    const message = messageAt(view, end)
    if (!message || message.start + message.length > view.byteLength) break
    const { body, isRows } = envelope(view, message.start)
    const next = message.start + message.length + body
    if (body < 0 || next > view.byteLength) break
    checkMessage(view, message.start)
    end = next
    isLast = (isRows && upTo === 'rows') || upTo === 'schema'
  }
  return new Uint8Array(head, 0, end)
}

/** What the flatbuffer of a message says about it: kind of its header, bytes of the body that follows. */
function envelope(view: DataView, start: number): { readonly body: number; readonly isRows: boolean } {
  const placeOf = tableAt(view, start)
  const [kind, body] = [placeOf(6), placeOf(10)]
  return {
    body: body === undefined ? 0 : Number(view.getBigInt64(body, true)),
    isRows: kind !== undefined && view.getUint8(kind) === kinds.rows,
  }
}
