import type { ColumnData, Table } from '@modeldriver/engine'
import { putAscii, putNumber } from './digits.ts'
import { dateText, datetimeText } from './format.ts'

/** Bytes that are filled. */
interface Piece {
  bytes: Buffer
  at: number
  /** So much room there always is: for a whole row without its texts. */
  readonly rowBytes: number
}

const pieceBytes = 1 << 20
const longestCell = 40
const lineFeed = 10
const quote = 34
const zero = 48

/** A table as text with this sign between cells, in UTF-8; each piece of it is there until the next is asked for. */
export function* delimitedParts(table: Table, delimiter: string): Iterable<Uint8Array> {
  const separator = delimiter.charCodeAt(0)
  const piece: Piece = { bytes: Buffer.alloc(0), at: 0, rowBytes: (table.columns.size + 1) * longestCell }
  makeRoom(piece, 0)
  for (const [i, name] of [...table.columns.keys()].entries()) {
    if (i > 0) piece.bytes[piece.at++] = separator
    putText(piece, name, separator)
  }
  piece.bytes[piece.at++] = lineFeed
  const puts = [...table.columns.values()].map((column) => putOf(column, piece, separator))
  const [first, ...others] = puts
  for (let row = 0; row < table.length; row++) {
    if (piece.at > pieceBytes) {
      yield piece.bytes.subarray(0, piece.at)
      piece.at = 0
    }
    makeRoom(piece, 0)
    const start = piece.at
    first?.(row)
    // A lone empty cell would be an empty line, which readers skip.
    if (others.length === 0 && piece.at === start) putText(piece, '', separator)
    for (let i = 0; i < others.length; i++) {
      piece.bytes[piece.at++] = separator
      ;(others[i] as Put)(row)
    }
    piece.bytes[piece.at++] = lineFeed
  }
  yield piece.bytes.subarray(0, piece.at)
}

/** Adds the cell of a row; nothing when it is missing. */
type Put = (row: number) => void

function putOf(column: ColumnData, piece: Piece, separator: number): Put {
  switch (column.type) {
    case 'string': {
      const { codes, dictionary } = column
      return (row) => {
        const text = dictionary[codes[row] as number]
        if (text !== undefined) putText(piece, text, separator)
      }
    }
    case 'boolean': {
      const { values } = column
      return (row) => {
        if (values[row] !== 2) putPlain(piece, values[row] === 1 ? 'true' : 'false')
      }
    }
    case 'date':
    case 'datetime': {
      const { values } = column
      const put = column.type === 'date' ? putDate : putDatetime
      return (row) => put(piece, values[row] as number)
    }
    default: {
      const { values } = column
      return (row) => {
        const value = values[row] as number
        if (!Number.isNaN(value)) piece.at = putNumber(piece.bytes, piece.at, value)
      }
    }
  }
}

const dayMs = 86_400_000
/** Years of four digits. */
const isUsual = (time: number): boolean => time >= -62_135_596_800_000 && time < 253_402_300_800_000

function putDate(piece: Piece, time: number): void {
  if (isUsual(time)) putDay(piece, Math.floor(time / dayMs))
  else if (!Number.isNaN(time)) putPlain(piece, dateText(time))
}

function putDatetime(piece: Piece, instant: number): void {
  if (!isUsual(instant)) {
    if (!Number.isNaN(instant)) putPlain(piece, datetimeText(instant))
    return
  }
  const time = Math.trunc(instant)
  const day = Math.floor(time / dayMs)
  const ms = time - day * dayMs
  putDay(piece, day)
  const { bytes } = piece
  bytes[piece.at++] = 84
  putTwo(piece, (ms / 3_600_000) | 0)
  bytes[piece.at++] = 58
  putTwo(piece, ((ms / 60_000) | 0) % 60)
  bytes[piece.at++] = 58
  putTwo(piece, ((ms / 1000) | 0) % 60)
  const rest = ms % 1000
  if (rest !== 0) {
    bytes[piece.at++] = 46
    bytes[piece.at++] = zero + ((rest / 100) | 0)
    putTwo(piece, rest % 100)
  }
  bytes[piece.at++] = 90
}

/** The calendar day that is so many days after 1970-01-01; counted in years that begin in March, the leap day is their last. */
function putDay(piece: Piece, day: number): void {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = ((ofEra - ((ofEra / 1460) | 0) + ((ofEra / 36_524) | 0) - ((ofEra / 146_096) | 0)) / 365) | 0
  const ofYear = ofEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0))
  const fromMarch = ((5 * ofYear + 2) / 153) | 0
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const { bytes } = piece
  putTwo(piece, (year / 100) | 0)
  putTwo(piece, year % 100)
  bytes[piece.at++] = 45
  putTwo(piece, month)
  bytes[piece.at++] = 45
  putTwo(piece, ofYear - (((153 * fromMarch + 2) / 5) | 0) + 1)
}

function putTwo(piece: Piece, value: number): void {
  const tens = (value / 10) | 0
  piece.bytes[piece.at++] = zero + tens
  piece.bytes[piece.at++] = zero + value - tens * 10
}

/** Text of ASCII that needs no quotes. */
function putPlain(piece: Piece, text: string): void {
  piece.at = putAscii(piece.bytes, piece.at, text)
}

const needsQuotes = /^$|^\s|\s$/

/** Text that is empty is quoted, so that it differs from a missing cell. */
function putText(piece: Piece, text: string, separator: number): void {
  const { length } = text
  makeRoom(piece, length * 4 + 2)
  const { bytes, at } = piece
  let isPlain = length > 0 && text.charCodeAt(0) > 32 && text.charCodeAt(length - 1) > 32
  for (let i = 0; i < length && isPlain; i++) {
    const c = text.charCodeAt(i)
    bytes[at + i] = c
    isPlain = c < 0x80 && c >= 32 && c !== quote && c !== separator
  }
  if (isPlain) piece.at += length
  else {
    const isQuoted = needsQuotes.test(text) || /["\r\n]/.test(text) || text.includes(String.fromCharCode(separator))
    piece.at += bytes.write(isQuoted ? `"${text.replaceAll('"', '""')}"` : text, at, 'utf8')
  }
}

/** For so many bytes of text, and the rest of the row. */
function makeRoom(piece: Piece, size: number): void {
  const wanted = piece.at + size + piece.rowBytes
  if (wanted <= piece.bytes.length) return
  const larger = Buffer.allocUnsafe(Math.max(2 * pieceBytes, 2 * wanted))
  larger.set(piece.bytes.subarray(0, piece.at))
  piece.bytes = larger
}
