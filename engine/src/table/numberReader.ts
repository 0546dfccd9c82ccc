import { textOf } from './bytes.ts'

/** How numbers are written: `.` and no separator unless told. */
export interface NumberFormat {
  readonly decimal: string
  readonly thousands: string
}

/** The likeliest first. */
export const usualFormats: readonly NumberFormat[] = [
  { decimal: '.', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: ' ' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
]

/** The format in which most of some texts are numbers, if any is one. */
export function likeliestFormat(texts: readonly string[]): NumberFormat | undefined {
  let most = 0
  let likeliest: NumberFormat | undefined
  for (const format of usualFormats) {
    const { readText } = numberReader(format)
    const numbers = texts.filter((text) => !Number.isNaN(readText(text))).length
    if (numbers > most) [most, likeliest] = [numbers, format]
  }
  return likeliest
}

/** What is said of a column under "columns", so that its texts are read as numbers. */
export function entryOf({ decimal, thousands }: NumberFormat, missing: readonly string[] = []): string {
  if (thousands === '' && missing.length === 0) return '"number"'
  const signs = thousands === '' ? '' : `, "decimal": "${decimal}", "thousands": "${thousands}"`
  return `{ "type": "number"${signs}${missing.length === 0 ? '' : `, ${missingEntry(missing)}`} }`
}

/** How the manifest says what stands for a missing value. */
export const missingEntry = (marks: readonly string[]): string =>
  `"missing": [${marks.map((mark) => JSON.stringify(mark)).join(', ')}]`

/** What a piece of text is, read as a number. */
export interface NumberReader {
  /** The number in `bytes[start, end)`, blanks around it allowed; NaN when it is none. */
  readonly read: (bytes: Uint8Array, start: number, end: number) => number
  readonly readText: (text: string) => number
  /** A whole number with a leading zero was read: `00123` is a code, not a quantity. */
  readonly sawCode: () => boolean
  /** A whole number beyond 2^53 was read: it has no exact float64. */
  readonly sawInexact: () => boolean
}

const powers = Array.from({ length: 23 }, (_, i) => 10 ** i)
const zero = 48

/** Reads numbers from a longer text without cutting pieces out of it. */
export function numberReader(format: NumberFormat): NumberReader {
  const decimal = format.decimal.charCodeAt(0)
  const plain = plainNumber(format)
  let code = false
  let inexact = false

  const read = (bytes: Uint8Array, from: number, to: number): number => {
    let start = from
    let end = to
    while (start < end && isBlank(bytes[start] as number)) start++
    while (end > start && isBlank(bytes[end - 1] as number)) end--
    let i = start
    const sign = bytes[i]
    if (sign === 45 || sign === 43) i++
    const firstDigit = i
    let mantissa = 0
    let digits = 0
    let point = -1
    for (; i < end; i++) {
      const c = bytes[i] as number
      if (c >= zero && c <= 57) {
        mantissa = mantissa * 10 + (c - zero)
        digits++
      } else if (c === decimal && point < 0) point = i
      else return isLetter(c) && c !== 69 && c !== 101 ? Number.NaN : readText(textOf(bytes, start, end))
    }
    if (digits === 0) return Number.NaN
    if (bytes[firstDigit] === zero && (point < 0 ? end : point) - firstDigit > 1) code = true
    if (digits > 15) {
      const piece = ascii(bytes, start, end)
      const long = Number(point < 0 || decimal === 46 ? piece : piece.replace(format.decimal, '.'))
      if (point < 0 && !Number.isSafeInteger(long)) inexact = true
      return Number.isFinite(long) ? long : Number.NaN
    }
    // Exact: the mantissa is below 2^53 and the power of ten at most 10^22, so one division rounds once.
    const value = point < 0 ? mantissa : mantissa / (powers[end - point - 1] as number)
    return sign === 45 ? -value : value
  }

  const readText = (text: string): number => {
    const digits = plain(text.trim())
    if (digits === undefined) return Number.NaN
    const value = Number(digits)
    if (!Number.isFinite(value)) return Number.NaN
    if (/^[+-]?0\d/.test(digits)) code = true
    if (/^[+-]?\d+$/.test(digits) && !Number.isSafeInteger(value)) inexact = true
    return value
  }

  return { read, readText, sawCode: () => code, sawInexact: () => inexact }
}

/** Signs between thousands that are written in more than one way, and are read as one. */
export const thousandsKin: Readonly<Record<string, readonly string[]>> = {
  ' ': [' ', '\u00a0', '\u202f'],
  "'": ["'", '’'],
}

/** The text as JavaScript writes numbers, or undefined when it is not a number in this format. */
function plainNumber({ decimal, thousands }: NumberFormat): (text: string) => string | undefined {
  const point = literal(decimal)
  const separator = thousandsKin[thousands] ? `[${thousandsKin[thousands].join('')}]` : literal(thousands)
  const whole = thousands === '' ? '\\d+' : `(?:\\d{1,3}(?:${separator}\\d{3})+|\\d+)`
  const number = new RegExp(`^[+-]?(?:${whole}(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d+)?$`)
  const separators = thousands === '' ? undefined : new RegExp(separator, 'g')
  return (text) => {
    if (!number.test(text)) return undefined
    const joined = separators ? text.replace(separators, '') : text
    return decimal === '.' ? joined : joined.replace(decimal, '.')
  }
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

const isBlank = (c: number): boolean => c === 32 || c === 9

const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122)

/** A text of few bytes, each a letter. */
const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[])
