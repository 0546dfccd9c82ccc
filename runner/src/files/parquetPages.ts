import { parquetHeader } from 'hyparquet/src/column.js'
import { Unreadable } from './disk.ts'

/**
 * Walks over the pages of a Parquet column chunk, with hyparquet's own reader of their headers, and refuses those without the lengths
 * that it needs: it takes what is absent as NaN, reads on at NaN and never ends. @throws Unreadable, RangeError at the end of the bytes
 */
export function checkPages(chunk: ArrayBuffer, start: number, size: number): void {
  const reader = { view: new DataView(chunk, start, size), offset: 0 }
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
    reader.offset += page.compressed_page_size
  }
}
