import { factsOf, type HeaderColumn, specsByHeader, type ValueType, type Wanted } from '@modeldriver/engine'
import { type Column as ArrowColumn, type DataType, type Field, Type, tableFromIPC } from '@uwdata/flechette'
import { columnFrom, type OwnTable } from './cells.ts'
import { type OpenFile, Unreadable } from './disk.ts'
import { cellText } from './format.ts'
import { refuseOther, signBytes } from './signs.ts'

/** The mark at both ends of the file format (Feather too), with its padding; between them the messages of the stream format. */
const mark = 'ARROW1'
const markBytes = 8
/** The first rows are looked at when they end within so much of the file. */
const headBytes = 1024 * 1024
const sampledRows = 1000

/** Columns of an Arrow file or stream by its own schema, with samples of its first rows. Reads the head only. @throws Unreadable */
export function arrowHeader(file: OpenFile): readonly HeaderColumn[] {
  const { start, schemaBytes } = opening(file)
  const head = file.read(start, Math.max(headBytes, schemaBytes))
  return columnsOf(firstRows(head)).map(({ name, type, cells }) => {
    const { data: column } = columnFrom(first(cells, sampledRows), type)
    const texts = Array.from({ length: Math.min(cells.length, sampledRows) }, (_, row) => cellText(column, row))
    const samples = [...new Set(texts)].filter((text) => text !== undefined && text !== '').slice(0, 5)
    const known = cells.type.typeId === Type.Null ? {} : { type }
    const header = { name, ...known, samples: samples.map((text) => String(text).slice(0, 100)) }
    return cells.length > 0 ? { ...header, facts: factsOf(column) } : header
  })
}

/** The first `limit` rows of an Arrow file or stream, and how many it has. Only wanted columns are decoded. @throws when it is damaged or compressed */
export function readArrow(bytes: ArrayBuffer, limit: number, wanted: Wanted): OwnTable {
  opening({ size: bytes.byteLength, read: (start, count) => bytes.slice(start, start + count) })
  const arrow = decompressed(() => tableFromIPC(bytes, options))
  const length = Math.min(arrow.numRows, limit)
  const given = columnsOf(arrow)
  const headers = given.map(({ name }) => name)
  const columns = specsByHeader(headers, wanted).map(({ isWanted }, column) => {
    const { cells, type } = given[column] as Cells
    return isWanted ? columnFrom(first(cells, length), type) : undefined
  })
  const leftOut = arrow.schema.fields.filter(({ type }) => typeOf(type) === undefined).map(({ name }) => name)
  return { headers, columns, length, rows: arrow.numRows, leftOut }
}

const options = { useBigInt: true }

/** The library knows no codec of its own. */
function decompressed<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    const codec = /compression codec "(\w+)"/.exec(String(error))?.[1]
    if (codec === undefined) throw error
    throw new Unreadable(`its columns are compressed (${codec}); write it without compression, or as .parquet`)
  }
}

/** What is in the head as a whole; of compressed rows their columns only. */
function firstRows(head: ArrayBuffer): ArrowTable {
  try {
    return tableFromIPC(wholeMessages(head, 'rows'), options)
  } catch {
    return tableFromIPC(wholeMessages(head, 'schema'), options)
  }
}

type ArrowTable = ReturnType<typeof tableFromIPC>

interface Cells {
  readonly name: string
  readonly type: ValueType
  readonly cells: ArrowColumn<unknown>
}

/** Lists, structs and bytes are left out. */
const columnsOf = ({ schema, children }: ArrowTable): readonly Cells[] =>
  schema.fields.flatMap(({ name, type }: Field, index) => {
    const own = typeOf(type)
    const cells = children[index]
    return own && cells ? [{ name, type: own, cells }] : []
  })

function typeOf(type: DataType): ValueType | undefined {
  switch (type.typeId) {
    case Type.Int:
      return 'integer'
    case Type.Float:
    case Type.Decimal:
      return 'number'
    case Type.Bool:
      return 'boolean'
    case Type.Date:
      return 'date'
    case Type.Timestamp:
      return 'datetime'
    case Type.Null:
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return 'string'
    case Type.Dictionary:
      return typeOf(type.dictionary)
    default:
      return undefined
  }
}

function first(cells: ArrowColumn<unknown>, limit: number): readonly unknown[] {
  const values: unknown[] = []
  for (const cell of cells) {
    if (values.length >= limit) break
    values.push(cell)
  }
  return values
}

const isMarked = (file: OpenFile, start: number): boolean =>
  Buffer.from(file.read(Math.max(0, start), mark.length)).toString('latin1') === mark

/** Where the messages start, and how long the first one is, which holds the schema. @throws Unreadable when there are none */
function opening(file: OpenFile): { readonly start: number; readonly schemaBytes: number } {
  refuseOther(new Uint8Array(file.read(0, signBytes)), 'arrow')
  const start = isMarked(file, 0) ? markBytes : 0
  if (start > 0 && !isMarked(file, file.size - mark.length)) throw new Unreadable('it is damaged (its end is missing)')
  const message = messageAt(new DataView(file.read(start, prefixBytes)), 0)
  if (!message || message.length > Math.min(file.size, longestSchema)) throw new Unreadable('it is not an Arrow file')
  return { start, schemaBytes: prefixBytes + message.length }
}

const prefixBytes = 8
const longestSchema = 64 * 1024 * 1024

function messageAt(view: DataView, at: number): { readonly start: number; readonly length: number } | undefined {
  if (at + prefixBytes > view.byteLength || view.getInt32(at, true) !== -1) return undefined
  const length = view.getInt32(at + 4, true)
  return length > 0 ? { start: at + prefixBytes, length } : undefined
}

/** The messages at the head that are there as a whole, up to the first rows or of the schema only. */
function wholeMessages(head: ArrayBuffer, upTo: 'schema' | 'rows'): Uint8Array {
  const view = new DataView(head)
  let end = 0
  for (let isLast = false; !isLast; ) {
    const message = messageAt(view, end)
    if (!message || message.start + message.length > view.byteLength) break
    const { body, isRows } = envelope(view, message.start)
    const next = message.start + message.length + body
    if (body < 0 || next > view.byteLength) break
    end = next
    isLast = isRows || upTo === 'schema'
  }
  return new Uint8Array(head, 0, end)
}

/** What the flatbuffer of a message says about it: kind of its header, bytes of the body that follows. */
function envelope(view: DataView, start: number): { readonly body: number; readonly isRows: boolean } {
  const table = start + view.getUint32(start, true)
  const fields = table - view.getInt32(table, true)
  const placeOf = (slot: number) => (slot < view.getUint16(fields, true) ? view.getUint16(fields + slot, true) : 0)
  const kind = placeOf(6)
  const body = placeOf(10)
  return {
    body: body > 0 ? Number(view.getBigInt64(table + body, true)) : 0,
    isRows: kind > 0 && view.getUint8(table + kind) === recordBatch,
  }
}

const recordBatch = 3
