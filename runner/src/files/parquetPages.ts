import type { DecodedArray } from 'hyparquet'
import { parquetHeader, readPage } from 'hyparquet/src/column.js'
import { convert } from 'hyparquet/src/convert.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { Unreadable } from './disk.ts'
import { checkValues, type Decoder, type Page, valuesOf } from './parquetRuns.ts'

/** What the description of a file says of a column in one row group. */
interface Chunk {
  readonly rows: number
  readonly unpackedSize: number
}

/**
 * The values of a column that is not in a record, page by page: its `rows` in one row group. hyparquet makes room for what a page claims
 * to hold, and writes it; so each page is unpacked and looked at before. @throws Unreadable, and other errors at the end of the bytes
 */
export function* pagesOf(bytes: ArrayBuffer, { rows, unpackedSize }: Chunk, decoder: Decoder): Generator<DecodedArray> {
  const reader = { view: new DataView(bytes), offset: 0 }
  let dictionary: DecodedArray | undefined
  for (let left = rows; left > 0; ) {
    if (reader.offset >= bytes.byteLength) throw new Unreadable('it is damaged (a column has fewer values than rows)')
    const page = parquetHeader(reader)
    checkHeader(page, left, unpackedSize)
    const packed = new Uint8Array(bytes, reader.offset, page.compressed_page_size)
    const plain = unpacked(packed, page, decoder)
    checkValues(packed, plain, page, decoder, dictionary !== undefined)
    const compressors = { [decoder.codec]: () => plain }
    const { data = [] } = readPage(reader, page, { ...decoder, compressors }, dictionary, undefined, 0)
    const values = valuesOf(page)
    if (values === undefined) {
      dictionary = convert(data, decoder)
      continue
    }
    if (data.length !== values.num_values)
      throw new Unreadable('it is damaged (a page has other values than it claims)')
    left -= data.length
    yield data
  }
}

/** @throws Unreadable when a page is without the lengths that are needed, or claims more than there is */
function checkHeader(page: Page, rows: number, unpackedSize: number): void {
  const values = valuesOf(page)
  const words = page.dictionary_page_header
  const lengths = [
    page.compressed_page_size,
    page.uncompressed_page_size,
    (values ?? words)?.num_values,
    ...(values && 'num_nulls' in values
      ? [values.num_nulls, values.definition_levels_byte_length, values.repetition_levels_byte_length]
      : []),
  ]
  if (!lengths.every((length) => Number.isInteger(length) && Number(length) >= 0))
    throw new Unreadable('it is damaged (a page without its length)')
  // A value of a dictionary takes a byte at least.
  if (
    (values?.num_values ?? 0) > rows ||
    (words?.num_values ?? 0) > unpackedSize ||
    page.uncompressed_page_size > unpackedSize
  )
    throw new Unreadable('it is damaged (a page claims more values than its column has)')
}

/** The bytes of a page as they are without compression. Before those of version 2 are levels, which are never compressed. */
function unpacked(packed: Uint8Array, page: Page, { codec, compressors }: Decoder): Uint8Array {
  const {
    definition_levels_byte_length: levels = 0,
    repetition_levels_byte_length: others = 0,
    is_compressed,
  } = (page.type === 'DATA_PAGE_V2' && page.data_page_header_v2) || {}
  const start = levels + others
  if (is_compressed === false) return packed.subarray(start)
  return decompressPage(packed.subarray(start), page.uncompressed_page_size - start, codec, compressors)
}
