import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { HeaderColumn, HeaderOptions, ValueType } from '@modeldriver/engine'
import { parquetMetadata, parquetSchema } from 'hyparquet'

type SchemaElement = ReturnType<typeof parquetSchema>['element']

/** The last bytes of a Parquet file: length of the description before them, and the mark of the format. */
const trailerBytes = 8

/** Columns of a Parquet file by the description at its end; its data is not read. Throws when the file is damaged. */
export function parquetColumns(path: string, { columns }: HeaderOptions): readonly HeaderColumn[] {
  const names = new Map(Object.entries(columns).map(([name, { from }]) => [from ?? name, name]))
  return parquetSchema(parquetMetadata(readFooter(path))).children.flatMap(({ element }) => {
    const type = typeOf(element)
    return type ? [{ name: names.get(element.name) ?? element.name, type, samples: [] }] : []
  })
}

function readFooter(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const trailer = readEnd(file, size, trailerBytes)
    return readEnd(file, size, trailer.length < trailerBytes ? size : trailer.readUInt32LE(0) + trailerBytes)
  } finally {
    closeSync(file)
  }
}

function readEnd(file: number, size: number, wanted: number): Buffer {
  const count = Math.min(size, wanted)
  const bytes = Buffer.alloc(count)
  return bytes.subarray(0, readSync(file, bytes, 0, count, size - count))
}

/** Lists and structs have no type here: features cannot read them. */
function typeOf(element: SchemaElement): ValueType | undefined {
  if (element.type === undefined || element.repetition_type === 'REPEATED') return undefined
  const meaning = element.converted_type ?? element.logical_type?.type
  if (meaning === 'DATE') return 'date'
  if (meaning?.startsWith('TIMESTAMP') || element.type === 'INT96') return 'datetime'
  if (meaning === 'DECIMAL' || meaning === 'FLOAT16') return 'number'
  if (element.type === 'BOOLEAN') return 'boolean'
  if (element.type === 'INT32' || element.type === 'INT64') return 'integer'
  return element.type === 'FLOAT' || element.type === 'DOUBLE' ? 'number' : 'string'
}
