import type { ColumnSpec, Formats } from '../ir/model.ts'
import { isBlankByte, textOf, utf8 } from './bytes.ts'
import { isPresent } from './numbers.ts'
import { type Batch, cellBytes } from './scan.ts'

/** What programs write for a missing value. */
export const usualMarks: ReadonlySet<string> = new Set([
  ...['NA', 'N/A', 'n/a', 'na', '<NA>', 'NULL', 'null', 'None', 'NaN', 'nan', '\\N', '-', '--', '?', '.'],
  // Excel, in English and German.
  ...['#N/A', '#NV'],
])

/** Which of them are among texts, but for those that keep no column from being one of numbers. */
export function marksIn(texts: readonly string[]): readonly string[] {
  const found = texts.map((text) => text.trim()).filter((text) => usualMarks.has(text) && isPresent(text))
  return [...new Set(found)]
}

/** What stands for a missing value in a column, beside nothing: case counts, blanks around it do not. */
export interface Marks {
  readonly texts: ReadonlySet<string>
  /** Those that are numbers, which stand for them however they are written: `-999` for `-999.0`. */
  readonly numbers: ReadonlySet<number>
}

/** The marks of a column: its own, else those of all. Undefined where there are none, so that nothing is looked for. */
export function marksOf({ missing: own }: ColumnSpec, { missing: all }: Formats): Marks | undefined {
  const texts = new Set((own ?? all ?? []).map((mark) => mark.trim()))
  if (texts.size === 0) return undefined
  return { texts, numbers: new Set([...texts].filter((text) => numberText.test(text)).map(Number)) }
}

/** As JSON writes numbers: not `007`, which is a code. */
const numberText = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

/** Numbers without those that are marks. */
export const withoutNumbers = <Values extends Float64Array>(values: Values, marks: Marks | undefined): Values =>
  marks !== undefined && marks.numbers.size > 0 && values.some((value) => marks.numbers.has(value))
    ? (values.map((value) => (marks.numbers.has(value) ? Number.NaN : value)) as Values)
    : values

export const isMark = ({ texts, numbers }: Marks, value: unknown): boolean =>
  typeof value === 'number'
    ? numbers.has(value)
    : (typeof value === 'string' || typeof value === 'bigint') && texts.has(String(value).trim())

/** Empties the cells of a column that hold a mark, before anything else looks at them. */
export function markEmptier({ texts }: Marks): (batch: Batch, column: number) => void {
  /** By their first byte. */
  const marks: (readonly Uint8Array[] | undefined)[] = Array.from({ length: 128 })
  for (const text of texts) {
    const bytes = utf8(text)
    const first = bytes[0] as number
    if (first < 128) marks[first] = [...(marks[first] ?? []), bytes]
  }
  /** 1 for the first bytes of cells that are looked at. */
  const isLookedAt = Uint8Array.from({ length: 256 }, (_, first) =>
    first >= 128 || isBlankByte(first) || marks[first] !== undefined ? 1 : 0,
  )
  const isMarked = (bytes: Uint8Array, from: number, to: number): boolean => {
    let start = from
    let end = to
    while (start < end && isBlankByte(bytes[start] as number)) start++
    while (end > start && isBlankByte(bytes[end - 1] as number)) end--
    if (start === end) return false
    const first = bytes[start] as number
    // Blanks may stand there that are no single byte.
    if (first >= 128 || (bytes[end - 1] as number) >= 128) return texts.has(textOf(bytes, start, end).trim())
    return marks[first]?.some((mark) => mark.length === end - start && isAt(bytes, start, mark)) === true
  }
  return (batch, column) => {
    const { bytes, starts, ends, width, records } = batch
    for (let record = 0, cell = column; record < records; record++, cell += width) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      if (isLookedAt[bytes[start] as number] === 0) continue
      const own = end < 0 ? cellBytes(batch, cell) : undefined
      if (own ? isMarked(own, 0, own.length) : isMarked(bytes, start, end)) ends[cell] = start
    }
  }
}

function isAt(bytes: Uint8Array, start: number, mark: Uint8Array): boolean {
  for (let at = 0; at < mark.length; at++) if (bytes[start + at] !== mark[at]) return false
  return true
}
