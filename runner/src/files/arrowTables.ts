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
  if (is === kinds.schema) checkSchema(view, content)
  if (is === kinds.rows) checkRows(view, content)
  const texts = is === kinds.dictionary ? content(6) : undefined
  if (texts !== undefined) checkRows(view, tableAt(view, texts))
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
    checkColumns(view, column(14), depth + 1)
  }
}

/** Cells and missing ones of each column, its bytes, and how many pieces of text there are. */
function checkRows(view: DataView, rows: Fields): void {
  listOf(view, rows(6), 16)
  listOf(view, rows(8), 16)
  listOf(view, rows(12), 8)
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
