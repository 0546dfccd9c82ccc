import { instantType, numberType, type TextCodes, textCodes } from '../table/build.ts'
import { missingCount } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { Column } from './column.ts'
import type { BufferPool } from './pool.ts'
import { Rolling } from './rolling.ts'

/** A result that is no value of a column: what came back, and what to return instead. */
export class WrongResult extends Error {
  readonly index: number
  /** A phrase after the feature's name: `returned an object`. */
  readonly what: string
  readonly advice: string
  readonly isList: boolean
  constructor(index: number, { what, advice = returnInstead, isList = false }: WrongKind) {
    super(`${what}; ${advice}`)
    this.index = index
    this.what = what
    this.advice = advice
    this.isList = isList
  }
}

interface WrongKind {
  readonly what: string
  readonly advice?: string
  readonly isList?: boolean
}

const returnInstead = 'return one number, text, true or false, date or null'

/**
 * Where the results of one feature go. The generated loop writes finite numbers into `numbers` itself and hands everything
 * else to `keep`: text, booleans, dates, missing values, and what is no value at all.
 */
export interface Sink {
  readonly numbers: Float64Array
  /** Gives the array of truth values from the first one on: then the loop writes 1 and 0 there itself. */
  readonly keep: (index: number, result: unknown) => Uint8Array | undefined
  /**
   * The column; throws `WrongResult` when the results are of kinds that do not mix. The loop put NaN for `skipped` items, and
   * `flagged` truth values.
   */
  readonly finish: (skipped: number, flagged: number) => ColumnData
}

export function makeSink(length: number, buffers: BufferPool | undefined): Sink {
  const numbers = buffers ? buffers.take(length) : new Float64Array(length)
  let kept = 0
  let missing = 0
  let codes: Int32Array | undefined
  let text: TextCodes | undefined
  let flags: Uint8Array | undefined
  let times: Float64Array | undefined

  const keep = (index: number, result: unknown): Uint8Array | undefined => {
    numbers[index] = Number.NaN
    if (typeof result === 'string') {
      codes ??= new Int32Array(length).fill(-1)
      text ??= textCodes()
      codes[index] = text.codeOf(result)
    } else if (typeof result === 'boolean') {
      flags ??= new Uint8Array(length).fill(2)
      flags[index] = result ? 1 : 0
      kept++
    } else if (result instanceof Date) {
      times ??= new Float64Array(length).fill(Number.NaN)
      times[index] = result.getTime()
      if (Number.isNaN(times[index])) missing++
    } else if (result === null || result === undefined || typeof result === 'number') missing++
    else throw new WrongResult(index, wrongKind(result))
    return flags
  }

  const column = (flagged: number): ColumnData => {
    if (!codes && !flags && !times) return { type: numberType(numbers), values: numbers }
    if (flags && kept + flagged + missing === length) return { type: 'boolean', values: flags }
    if (flags) for (let i = 0; i < length; i++) if (flags[i] !== 2) numbers[i] = Number.NaN
    const kindAt = (i: number): 'text' | 'dates' | 'numbers' | undefined => {
      if (codes && (codes[i] as number) >= 0) return 'text'
      if (times && !Number.isNaN(times[i])) return 'dates'
      return (flags && flags[i] !== 2) || !Number.isNaN(numbers[i]) ? 'numbers' : undefined
    }
    let first: string | undefined
    let hasNumbers = false
    for (let i = 0; i < length; i++) {
      const kind = kindAt(i)
      if (kind === undefined) continue
      first ??= kind
      if (kind !== first) throw new WrongResult(i, mixture(first, kind))
      if (!Number.isNaN(numbers[i])) hasNumbers = true
    }
    if (codes && text && first === 'text') return { type: 'string', codes, dictionary: text.dictionary }
    if (times && first === 'dates') return { type: instantType(times), values: times }
    if (!flags) return { type: numberType(numbers), values: numbers }
    if (!hasNumbers) return { type: 'boolean', values: flags }
    for (let i = 0; i < length; i++) if (flags[i] !== 2) numbers[i] = flags[i] as number
    return { type: numberType(numbers), values: numbers }
  }
  const finish = (skipped: number, flagged: number): ColumnData => {
    missing += skipped
    const made = column(flagged)
    if (made.type === 'string' || made.type === 'boolean' || made.values !== numbers) buffers?.give(numbers)
    return counted(made, missing)
  }
  return { numbers, keep, finish }
}

/** A column in which every value is missing. */
export function allMissing(length: number): ColumnData {
  return { type: 'number', values: new Float64Array(length).fill(Number.NaN) }
}

const counts = new WeakMap<ColumnData, number>()

/** A column of which is known how many values are missing. */
export function counted(column: ColumnData, missing: number): ColumnData {
  counts.set(column, missing)
  return column
}

/** How many values of a column are missing, counted once per column. */
export function missingIn(column: ColumnData): number {
  let count = counts.get(column)
  if (count === undefined) {
    count = missingCount(column)
    counts.set(column, count)
  }
  return count
}

function wrongKind(result: unknown): WrongKind {
  if (result instanceof Column || Array.isArray(result)) {
    const { length } = result
    return { what: `returned ${length} ${length === 1 ? 'value in a list' : 'values'}`, isList: true }
  }
  if (result instanceof Rolling)
    return { what: 'returned windows', advice: 'ask something of them: .mean(), .sum(), .max()' }
  if (typeof result === 'function') return { what: 'returned a function' }
  if (typeof result !== 'object' || result === null) return { what: `returned a ${typeof result}` }
  if (typeof (result as { then?: unknown }).then === 'function') {
    return { what: 'returned a promise', advice: `features cannot be async; ${returnInstead}` }
  }
  const keys = Object.keys(result)
  const shown = keys.length === 0 ? '' : ` with ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''}`
  return { what: `returned an object${shown}` }
}

function mixture(first: string, other: string): WrongKind {
  return { what: `returned ${other}`, advice: `before it gave ${first}, and one column holds values of one kind` }
}
