import type { parquetHeader, readPage } from 'hyparquet/src/column.js'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { readVarInt } from 'hyparquet/src/thrift.js'
import { Unreadable } from './disk.ts'

export type Decoder = Parameters<typeof readPage>[2]
export type Page = ReturnType<typeof parquetHeader>

interface Reader {
  readonly view: DataView
  offset: number
}

/** What a page says of its values; undefined when they are those of a dictionary. */
export function valuesOf({ type, data_page_header, data_page_header_v2 }: Page) {
  if (type === 'DATA_PAGE') return data_page_header
  return type === 'DATA_PAGE_V2' ? data_page_header_v2 : undefined
}

/**
 * Looks at what a page claims about its values, as hyparquet believes all of it: it writes a run of a value as often as the run says.
 * @throws Unreadable, RangeError at the end of the page
 */
export function checkValues(
  packed: Uint8Array,
  plain: Uint8Array,
  page: Page,
  { type, element }: Decoder,
  hasDictionary: boolean,
): void {
  const header = valuesOf(page)
  if (header === undefined) return
  const { num_values: rows, encoding } = header
  const v2 = 'num_nulls' in header ? header : undefined
  const reader = readerOf(plain)
  const levels = v2 ? { ...readerOf(packed), offset: v2.repetition_levels_byte_length } : reader
  const isOptional = element.repetition_type !== 'REQUIRED'
  const count = isOptional ? checkRuns(levels, 1, rows, v2?.definition_levels_byte_length) : rows
  if (v2 && count !== rows - v2.num_nulls) damaged('a page has other values than it claims')
  switch (encoding) {
    case 'RLE':
      if (type !== 'BOOLEAN') damaged('a column of another type than its values')
      checkRuns(reader, 1, count)
      break
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY': {
      if (type === 'BOOLEAN' || !hasDictionary) damaged('a column without the list of its values')
      const width = reader.view.getUint8(reader.offset++)
      if (width > 0 || v2) checkRuns(reader, width, count, plain.length - reader.offset)
      break
    }
    case 'DELTA_BINARY_PACKED':
    case 'DELTA_LENGTH_BYTE_ARRAY':
      checkDelta(reader)
      break
    case 'DELTA_BYTE_ARRAY':
      checkPrefixes(reader, count)
      break
    case 'BYTE_STREAM_SPLIT':
      if (count * (element.type_length ?? 0) > plain.length) damaged('a page claims more values than it has')
  }
}

const readerOf = (bytes: Uint8Array): Reader => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
})

/**
 * Walks over runs: of one value, with how often it stands, or of packed values (RLE/bit-packing hybrid). Gives how many of the first
 * `count` are 1, when each is a bit. `length`: of all runs, said before them if it is not known.
 */
function checkRuns(reader: Reader, width: number, count: number, length?: number): number {
  const { view } = reader
  if (length === undefined) reader.offset += 4
  const end = reader.offset + (length ?? view.getUint32(reader.offset - 4, true))
  let ones = 0
  for (let seen = 0; seen < count; ) {
    const head = readVarInt(reader)
    const isPacked = (head & 1) === 1
    const run = isPacked ? (head >> 1) * 8 : head >>> 1
    // The last values may be none: packed are eights of them.
    const most = isPacked && width > 0 ? 8 * view.byteLength : count - seen + 7
    if (run < 0 || run > most) damaged('a page claims more values than it has')
    const here = Math.min(run, count - seen)
    if (width === 1)
      ones += isPacked ? bitsOf(view, reader.offset, here) : view.getUint8(reader.offset) === 1 ? here : 0
    reader.offset += isPacked ? Math.max(1, (run / 8) * width) : (width + 7) >> 3
    seen += run
  }
  reader.offset = end
  return ones
}

const bitsIn = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

/** How many of the first `count` bits are set. */
function bitsOf(view: DataView, start: number, count: number): number {
  const end = start + (count >> 3)
  let ones = 0
  for (let at = start; at < end; at++) ones += bitsIn[view.getUint8(at)] as number
  const rest = count & 7
  return rest === 0 ? ones : ones + (bitsIn[view.getUint8(end) & ((1 << rest) - 1)] as number)
}

/** Whole numbers by their differences, in blocks that have parts. */
function checkDelta(reader: Reader): void {
  const ahead = { ...reader }
  const [block, parts] = [readVarInt(ahead), readVarInt(ahead)]
  if (block <= 0 || parts <= 0 || block % parts !== 0) damaged('a page of blocks without their length')
}

/** Texts of which each begins as the one before: so long, and goes on with so much. Room is made for what the lengths say. */
function checkPrefixes(reader: Reader, count: number): void {
  const [prefixes, others] = [lengthsFrom(reader, count), lengthsFrom(reader, count)]
  let last = 0
  for (const [at, prefix] of prefixes.entries()) {
    if (prefix < 0 || prefix > last) damaged('a text that begins as none before it')
    last = prefix + (others[at] as number)
  }
}

function lengthsFrom(reader: Reader, count: number): Int32Array {
  checkDelta(reader)
  const lengths = new Int32Array(count)
  deltaBinaryUnpack(reader, count, lengths)
  return lengths
}

function damaged(what: string): never {
  throw new Unreadable(`it is damaged (${what})`)
}
