import { isBlankByte, textOf } from './bytes.ts'
import { createScanner, nextRecord, type Scanner } from './scan.ts'

/** One of the first records of a text. */
export interface OpeningRecord {
  readonly line: number
  readonly cells: number
  /** Those that are not blank. */
  readonly filled: number
}

/** How a text is cut, and the first records that this gives. */
export interface Opening {
  readonly scan: Scanner
  readonly records: readonly OpeningRecord[]
}

interface Told {
  /** Found out from the first records when not given. */
  readonly delimiter?: string
  readonly headerRow?: number
}

const openingRecords = 50
const guessingRecords = 20

/** Where the records begin and how they are cut; undefined when more has to be there to tell. */
export function begin(bytes: Uint8Array, { delimiter, headerRow = 0 }: Told, isLast: boolean): Opening | undefined {
  const head = textOf(bytes, 0, Math.min(bytes.length, 200))
  const offset = head.charCodeAt(0) === 0xfeff ? 3 : 0
  const opened = (sign: string, at: number, line: number): Opening => ({
    scan: createScanner(sign, at, line),
    records: recordsOf(bytes, createScanner(sign, at, line), headerRow, isLast),
  })
  // Excel reads and writes `sep=;` as a line before the header.
  const [line, named] = /^sep=([\t -~])[ ,;\t|]*\r?(?:\n|$)/i.exec(offset > 0 ? head.slice(1) : head) ?? []
  if (line !== undefined && named !== undefined) return opened(named, offset + line.length, 2)
  const openings = (delimiter === undefined ? [',', ';', '\t', '|'] : [delimiter]).map((sign) =>
    opened(sign, offset, 1),
  )
  if (!isLast && openings.every(({ records }) => records.length === 0)) return undefined
  return mostEven(openings)
}

/** The row of the header below a title: the first that has as many cells as most, and something in nearly all of them. */
export function headerBelowTitle(records: readonly OpeningRecord[]): number | undefined {
  const width = commonWidth(records)
  const isFull = ({ filled }: OpeningRecord) => filled * 3 > width * 2
  const [first, ...others] = records
  if (first === undefined || isFull(first)) return undefined
  return others.find((record) => record.cells === width && isFull(record))?.line
}

function recordsOf(bytes: Uint8Array, scan: Scanner, headerRow: number, isLast: boolean): readonly OpeningRecord[] {
  const records: OpeningRecord[] = []
  while (records.length < openingRecords && nextRecord(scan, bytes, bytes.length, isLast, 0)) {
    const { recordLine: line, cells } = scan
    if (line >= headerRow) records.push({ line, cells, filled: filledCells(bytes, scan) })
  }
  return records
}

function filledCells(bytes: Uint8Array, { cells, starts, ends }: Scanner): number {
  let filled = 0
  for (let cell = 0; cell < cells; cell++) {
    const end = ends[cell] as number
    const last = end < 0 ? ~end : end
    let at = starts[cell] as number
    while (at < last && isBlankByte(bytes[at] as number)) at++
    if (at < last) filled++
  }
  return filled
}

/** The one that cuts most records as the first; where the first is as no other (a title), the one that cuts them most alike. */
function mostEven(openings: readonly Opening[]): Opening {
  const rated = openings.map((opening) => {
    const records = opening.records.slice(0, guessingRecords)
    const [first] = records
    return { opening, asFirst: evenness(records, first?.cells ?? 0), alike: evenness(records, commonWidth(records)) }
  })
  const best = (rate: 'asFirst' | 'alike') => rated.reduce((one, other) => (other[rate] > one[rate] ? other : one))
  return (best('asFirst').asFirst > 500 ? best('asFirst') : best('alike')).opening
}

/** How many records of a thousand have so many cells, and then the number of cells; one cell is not cut at all. */
const evenness = (records: readonly OpeningRecord[], width: number): number =>
  width < 2 ? 0 : (records.filter(({ cells }) => cells === width).length / records.length) * 1000 + width

/** The number of cells of those records that have most of all cells together. */
function commonWidth(records: readonly OpeningRecord[]): number {
  const all = new Map<number, number>()
  for (const { cells } of records) all.set(cells, (all.get(cells) ?? 0) + cells)
  return [...all].reduce((one, other) => (other[1] > one[1] ? other : one), [0, 0])[0]
}
