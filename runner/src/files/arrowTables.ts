import { Unreadable } from './disk.ts'

type Fields = (slot: number) => number | undefined

/** Where the fields of a table are, to which a flatbuffer points at `start`; undefined for those that it has not. */
export function tableAt(view: DataView, start: number): Fields {
  const table = start + view.getUint32(start, true)
  const fields = table - view.getInt32(table, true)
  return (slot) => {
    const place = slot < view.getUint16(fields, true) ? view.getUint16(fields + slot, true) : 0
    return place === 0 ? undefined : table + place
  }
}

export const kinds = { schema: 1, dictionary: 2, rows: 3 }
/** Of the types of columns. */
const decimal = 7

/**
 * Checks the lists of a message: flechette reads them as long as they are said to be, far behind the end of the file, which hardly ends.
 * @throws Unreadable, RangeError
 */
export function checkMessage(view: DataView, start: number): void {
  const message = tableAt(view, start)
  const [kind, header] = [message(6), message(8)]
  if (kind === undefined || header === undefined) return
  const content = tableAt(view, header)
  const is = view.getUint8(kind)
  // How long the message is stands before it.
  const body = start + view.getInt32(start - 4, true)
  if (is === kinds.schema) checkSchema(view, content)
  if (is === kinds.rows) checkRows(view, content, body)
  const texts = is === kinds.dictionary ? content(6) : undefined
  if (texts !== undefined) checkRows(view, tableAt(view, texts), body)
}

export function checkSchema(view: DataView, schema: Fields): void {
  listOf(view, schema(8), 4)
  checkColumns(view, schema(6), 0)
}

function checkColumns(view: DataView, at: number | undefined, depth: number): void {
  if (depth > deepest) throw new Unreadable('it is damaged (a type within itself)')
  for (const place of listOf(view, at, 4)) {
    const column = tableAt(view, place)
    listOf(view, column(16), 4)
    checkDecimal(view, column(8), column(10))
    checkColumns(view, column(14), depth + 1)
  }
}

/** flechette makes the power of ten that decimals are divided by; those of the format have 76 digits at most. */
function checkDecimal(view: DataView, kind: number | undefined, type: number | undefined): void {
  if (kind === undefined || type === undefined || view.getUint8(kind) !== decimal) return
  const scale = tableAt(view, type)(6)
  if (scale !== undefined && Math.abs(view.getInt32(scale, true)) > 1000)
    throw new Unreadable('it is damaged (decimals of more digits than there can be)')
}

/** Cells and missing ones of each column, its bytes, and how many pieces of text there are. */
function checkRows(view: DataView, rows: Fields, body: number): void {
  const columns = listOf(view, rows(6), 16)
  const parts = listOf(view, rows(8), 16)
  if (listOf(view, rows(12), 8).some((at) => view.getBigUint64(at, true) > parts.length))
    throw new Unreadable('it is damaged (a column of more parts than there are)')
  const isPacked = rows(10) !== undefined
  const bytes = parts.reduce((sum, at) => sum + plainBytes(view, at, body, isPacked), 0)
  const length = rows(4)
  const count = length === undefined ? 0 : Number(view.getBigInt64(length, true))
  for (const at of columns) {
    const cells = Number(view.getBigInt64(at, true))
    // A column without a value has no bytes, and else a cell has a bit at least.
    if (cells !== count && cells > 8 * bytes) throw new Unreadable('it is damaged (a column of more cells than rows)')
  }
}

/** How many bytes a part of the body is. One that is packed begins with that, or with -1 if it is not. */
function plainBytes(view: DataView, at: number, body: number, isPacked: boolean): number {
  const [start, length] = [view.getBigInt64(at, true), view.getBigInt64(at + 8, true)].map(Number) as [number, number]
  if (!isPacked || length < 8) return length
  return Math.max(length, Number(view.getBigInt64(body + start, true)))
}

const deepest = 64

/** Where the items of a list are. */
function listOf(view: DataView, at: number | undefined, size: number): readonly number[] {
  if (at === undefined) return []
  const list = at + view.getUint32(at, true)
  const count = view.getUint32(list, true)
  if (list + 4 + count * size > view.byteLength) throw new Unreadable('it is damaged (a list without an end)')
  return Array.from({ length: count }, (_, item) => list + 4 + item * size)
}
