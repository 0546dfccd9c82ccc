import { parquetHeader } from 'hyparquet/src/column.js'
import { Unreadable } from './disk.ts'

/** The pages of a column in one row group: where they are in the file, and what the footer says of them. */
export interface Chunk {
  readonly start: number
  readonly size: number
  readonly values: number
  readonly unpackedSize: number
}

/**
 * Walks over the pages of a Parquet column chunk, with hyparquet's own reader of their headers, and refuses those without the lengths
 * that it needs (it takes what is absent as NaN, reads on at NaN and never ends) and those that claim more than the footer says of all
 * of them (it makes room for what is claimed). `start`: in `bytes`. @throws Unreadable, RangeError at the end of the bytes
 */
export function checkPages(bytes: ArrayBuffer, start: number, { size, values: most, unpackedSize }: Chunk): void {
  const reader = { view: new DataView(bytes, start, size), offset: 0 }
  // As the reader does, which takes a single byte at the end for padding.
  while (reader.offset < size - 1) {
    const page = parquetHeader(reader)
    const values = page.data_page_header_v2
    const lengths = [
      page.compressed_page_size,
      ...(page.type === 'DATA_PAGE_V2'
        ? [
            values?.num_values,
            values?.num_nulls,
            values?.num_rows,
            values?.definition_levels_byte_length,
            values?.repetition_levels_byte_length,
          ]
        : []),
    ]
    if (!lengths.every((length) => Number.isInteger(length) && Number(length) >= 0))
      throw new Unreadable('it is damaged (a page without its length)')
    const count = (values ?? page.data_page_header)?.num_values ?? 0
    // A value of a dictionary takes a byte at least.
    const words = page.dictionary_page_header?.num_values ?? 0
    if (count > most || words > unpackedSize || page.uncompressed_page_size > unpackedSize)
      throw new Unreadable('it is damaged (a page claims more values than its column has)')
    reader.offset += page.compressed_page_size
  }
}
