import { Unreadable } from './disk.ts'

/**
 * Walks over the pages of a Parquet column chunk and refuses headers without the lengths that a reader needs: hyparquet takes what
 * is absent as NaN, reads on at NaN and never ends. Headers are structs of Thrift's compact protocol, as the Parquet format says
 * (https://github.com/apache/parquet-format, parquet.thrift: PageHeader). @throws Unreadable, RangeError at the end of the bytes
 */
export function checkPages(chunk: ArrayBuffer, start: number, size: number): void {
  const view = new DataView(chunk, start, size)
  const reader: Reader = { view, at: 0 }
  // As the reader does, which takes a single byte at the end for padding.
  while (reader.at < size - 1) {
    const page = readStruct(reader, 0)
    const kind = page.get(fields.type)
    const header = kind === dataPageV2 ? page.get(fields.dataPageV2) : undefined
    const lengths = [page.get(fields.compressedSize), ...(kind === dataPageV2 ? lengthsOf(header) : [])]
    if (!lengths.every((length) => typeof length === 'number' && length >= 0 && length <= mostValues))
      throw new Unreadable('it is damaged (a page without its length)')
    reader.at += page.get(fields.compressedSize) as number
  }
}

interface Reader {
  readonly view: DataView
  at: number
}

type Struct = ReadonlyMap<number, unknown>

const fields = { type: 1, compressedSize: 3, dataPageV2: 8 }
const dataPageV2 = 3
const mostValues = 2 ** 31 - 1
const deepest = 10

/** Numbers of values, of missing ones and of rows, and the bytes of both kinds of levels. */
const lengthsOf = (header: unknown): readonly unknown[] =>
  [1, 2, 3, 5, 6].map((field) => (header instanceof Map ? header.get(field) : undefined))

function readStruct(reader: Reader, depth: number): Struct {
  if (depth > deepest) throw new Unreadable('it is damaged (a page header without an end)')
  const found = new Map<number, unknown>()
  for (let field = 0; ; ) {
    const head = readByte(reader)
    const type = head & 15
    if (type === 0) return found
    field = head >> 4 ? field + (head >> 4) : readZigzag(reader)
    found.set(field, readValue(reader, type, depth))
  }
}

function readValue(reader: Reader, type: number, depth: number): unknown {
  switch (type) {
    case 1:
    case 2:
      return type === 1
    case 3:
      return readByte(reader)
    case 4:
    case 5:
    case 6:
      return readZigzag(reader)
    case 7:
      reader.at += 8
      return undefined
    case 8:
      reader.at += readNumber(reader)
      return undefined
    case 12:
      return readStruct(reader, depth + 1)
    default:
      throw new Unreadable('it is damaged (an unknown kind of page header)')
  }
}

const readByte = (reader: Reader): number => reader.view.getUint8(reader.at++)

function readZigzag(reader: Reader): number {
  const value = readNumber(reader)
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

/** Seven bits a byte, the low ones first. */
function readNumber(reader: Reader): number {
  let value = 0
  for (let scale = 1; ; scale *= 128) {
    const byte = readByte(reader)
    value += (byte & 127) * scale
    if (byte < 128) return value
  }
}
