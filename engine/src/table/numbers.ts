import type { ValueType } from '../ir/values.ts'
import { growing, isBlankByte, textOf } from './bytes.ts'
import { type NumberFormat, type NumberReader, numberReader } from './numberReader.ts'
import { type Batch, cellBytes } from './scan.ts'

export interface BadCell {
  readonly cell: number
  readonly text: string
  readonly reason: string
}

/** A column is of a type when fewer than this share of its present cells are not. */
export const isMostly = (good: number, bad: number): boolean => good > 0 && (bad === 0 || bad < (good + bad) * 0.05)

/** Neither blank nor what programs write for a missing number. In a text column these stay text. */
export function isPresent(trimmed: string): boolean {
  return !(trimmed === '' || trimmed === 'NaN' || trimmed === 'nan' || trimmed === 'null' || trimmed === 'NULL')
}

export interface Numbers {
  readonly values: Float64Array
  readonly bad: readonly BadCell[]
  readonly format: NumberFormat
  /** Some were whole numbers beyond 2^53. */
  readonly isInexact: boolean
}

/** Reads a column of numbers while its text goes by, in each of the formats that it may have. */
export interface NumberCollector {
  readonly add: (batch: Batch, column: number, firstRow: number) => void
  /** The first of the formats, or the last, in which the column is one of numbers; undefined when it is none, or that is not sure. */
  readonly finish: (order: 'first' | 'last') => Numbers | undefined
}

/** When so many cells are bad, and they are most, the others are not looked at; of a declared column one attempt goes on. */
const hopeless = 1000

export function numberCollector(
  formats: readonly NumberFormat[],
  expectedRows: number,
  declared?: Extract<ValueType, 'number' | 'integer'>,
): NumberCollector {
  const attempts = formats.map((format) => createAttempt(format, expectedRows, declared))
  const finished = new Map<Attempt, Numbers>()
  return {
    add(batch, column, firstRow) {
      const tried = attempts.filter((attempt) => !attempt.isGivenUp())
      for (const attempt of tried) attempt.add(batch, column, firstRow)
      for (const attempt of tried) {
        const { bad } = attempt
        const isHopeless = bad.length > hopeless && bad.length > attempt.good()
        if (isHopeless && (declared === undefined || tried.some((other) => other.bad.length < bad.length)))
          attempt.giveUp()
      }
    },
    finish(order) {
      const tried = order === 'first' ? attempts : attempts.toReversed()
      const finish = (attempt: Attempt): Numbers => {
        const known = finished.get(attempt) ?? attempt.finish()
        finished.set(attempt, known)
        return known
      }
      if (declared !== undefined) return finish(best(tried.filter((attempt) => !attempt.isGivenUp())))
      const present = Math.max(...attempts.map((attempt) => (attempt.isGivenUp() ? 0 : attempt.present())))
      for (const attempt of tried) {
        const bad = attempt.bad.length
        if (attempt.isGivenUp()) {
          if (isMostly(present - bad, bad)) return undefined
          continue
        }
        if (!isMostly(attempt.good(), bad)) continue
        return attempt.reader.sawCode() || attempt.reader.sawInexact() ? undefined : finish(attempt)
      }
      return undefined
    },
  }
}

/** The attempt that would be taken if nothing was declared; when none would, the one that reads most. */
function best(attempts: readonly Attempt[]): Attempt {
  const most = (one: Attempt, other: Attempt): Attempt => (other.bad.length < one.bad.length ? other : one)
  return attempts.find((attempt) => isMostly(attempt.good(), attempt.bad.length)) ?? attempts.reduce(most)
}

interface Attempt {
  readonly reader: NumberReader
  readonly bad: readonly BadCell[]
  readonly good: () => number
  /** Cells that are not blank. */
  readonly present: () => number
  readonly isGivenUp: () => boolean
  readonly giveUp: () => void
  readonly add: NumberCollector['add']
  readonly finish: () => Numbers
}

function createAttempt(format: NumberFormat, expectedRows: number, declared?: 'number' | 'integer'): Attempt {
  const reader = numberReader(format)
  const reason = declared === 'integer' ? 'not a whole number' : 'not a number'
  let column = growing((length) => new Float64Array(length), expectedRows)
  const bad: BadCell[] = []
  let good = 0
  let markers = 0
  let isGivenUp = false

  const missing = (bytes: Uint8Array, start: number, end: number, cell: number): void => {
    let at = start
    while (at < end && isBlankByte(bytes[at] as number)) at++
    if (at === end) return
    const text = textOf(bytes, start, end)
    const trimmed = text.trim()
    if (isPresent(trimmed)) bad.push({ cell, text: text.slice(0, 200), reason })
    else if (trimmed !== '') markers++
  }

  return {
    reader,
    bad,
    good: () => good,
    present: () => good + bad.length + markers,
    isGivenUp: () => isGivenUp,
    giveUp() {
      isGivenUp = true
      column = growing((length) => new Float64Array(length), 0)
    },
    add(batch, number, firstRow) {
      const { bytes, starts, ends, width, records } = batch
      const { read } = reader
      const values = column.next(records)
      for (let record = 0, cell = number; record < records; record++, cell += width) {
        const start = starts[cell] as number
        const end = ends[cell] as number
        const found = end < 0 ? Number.NaN : read(bytes, start, end)
        const value = declared === 'integer' && !Number.isSafeInteger(found) ? Number.NaN : found
        values[record] = value
        if (!Number.isNaN(value)) good++
        else if (end >= 0) missing(bytes, start, end, firstRow + record)
        else {
          const own = cellBytes(batch, cell)
          missing(own, 0, own.length, firstRow + record)
        }
      }
    },
    finish: () => ({ values: column.finish(), bad, format, isInexact: reader.sawInexact() }),
  }
}
