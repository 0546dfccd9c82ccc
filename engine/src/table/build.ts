import type { ColumnData } from './table.ts'

export const dayMs = 86_400_000

/** Collects text as codes into a dictionary, in order of first appearance. */
export interface TextCodes {
  readonly dictionary: string[]
  readonly codeOf: (text: string) => number
}

export function textCodes(): TextCodes {
  const dictionary: string[] = []
  const codes = new Map<string, number>()
  const codeOf = (text: string): number => {
    let code = codes.get(text)
    if (code === undefined) {
      code = dictionary.length
      codes.set(text, code)
      dictionary.push(text)
    }
    return code
  }
  return { dictionary, codeOf }
}

/** `integer` when there is a value and every value is a safe integer, else `number`. */
export function numberType(values: Float64Array): 'number' | 'integer' {
  let found = false
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if ((value | 0) === value) found = true
    else if (!Number.isNaN(value)) {
      if (!Number.isSafeInteger(value)) return 'number'
      found = true
    }
  }
  return found ? 'integer' : 'number'
}

/** `date` when every instant is a midnight in UTC, else `datetime`. */
export function instantType(values: Float64Array): 'date' | 'datetime' {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value) && value % dayMs !== 0) return 'datetime'
  }
  return 'date'
}

/**
 * A column from plain values: numbers, text, booleans, dates; `null`, `undefined`, NaN and ±Infinity are missing.
 * Booleans among numbers count as 1 and 0. Anything else, or numbers mixed with text or dates, is turned into text.
 */
export function columnOf(values: ArrayLike<unknown>): ColumnData {
  const kinds = new Set<string>()
  for (let i = 0; i < values.length; i++) {
    const kind = kindOf(values[i])
    if (kind !== 'missing') kinds.add(kind)
  }
  if (kinds.size === 0) return { type: 'number', values: new Float64Array(values.length).fill(Number.NaN) }
  if (kinds.size === 1 && kinds.has('boolean')) return { type: 'boolean', values: booleansOf(values) }
  if (kinds.size === 1 && kinds.has('date')) {
    const times = numbersOf(values)
    return { type: instantType(times), values: times }
  }
  if ([...kinds].every((kind) => kind === 'number' || kind === 'boolean')) {
    const numbers = numbersOf(values)
    return { type: numberType(numbers), values: numbers }
  }
  return textColumn(values)
}

function kindOf(value: unknown): 'missing' | 'number' | 'string' | 'boolean' | 'date' | 'other' {
  if (value === null || value === undefined) return 'missing'
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : 'missing'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'missing' : 'date'
  return 'other'
}

function numbersOf(values: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    numbers[i] = kindOf(values[i]) === 'missing' ? Number.NaN : Number(values[i])
  }
  return numbers
}

function booleansOf(values: ArrayLike<unknown>): Uint8Array {
  const flags = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) flags[i] = values[i] === true ? 1 : values[i] === false ? 0 : 2
  return flags
}

function textColumn(values: ArrayLike<unknown>): ColumnData {
  const { dictionary, codeOf } = textCodes()
  const codes = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    codes[i] = kindOf(value) === 'missing' ? -1 : codeOf(asText(value))
  }
  return { type: 'string', codes, dictionary }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value)
}
