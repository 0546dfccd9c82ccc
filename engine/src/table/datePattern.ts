/** Reads text as an instant: epoch milliseconds in UTC, NaN when the text is not a date of that pattern. */
export type DateReader = (text: string) => number

const partLetters: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<short>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2})',
  s: '(?<second>\\d{1,2})',
  SSS: '(?<milli>\\d{3})',
}
const partPattern = /yyyy|yy|MM?|dd?|HH?|mm?|SSS|ss?/g

/**
 * A reader for a declared pattern such as `dd-MM-yyyy HH:mm`. Parts: yyyy, yy (1970-2069), MM or M, dd or d, HH or H, mm or m,
 * ss or s, SSS; every other character stands for itself. A part used twice, or no year, makes a reader that reads nothing.
 */
export function dateReader(pattern: string): DateReader {
  const names = new Set<string>()
  let source = ''
  let last = 0
  for (const match of pattern.matchAll(partPattern)) {
    const part = partLetters[match[0]] as string
    const name = part.slice(3, part.indexOf('>'))
    if (names.has(name)) return () => Number.NaN
    names.add(name)
    source += literal(pattern.slice(last, match.index)) + part
    last = match.index + match[0].length
  }
  if (!names.has('year') && !names.has('short')) return () => Number.NaN
  const expression = new RegExp(`^${source}${literal(pattern.slice(last))}$`)
  return (text) => {
    const parts = expression.exec(text)?.groups
    if (!parts) return Number.NaN
    const short = Number(parts.short ?? 0)
    const year = parts.year === undefined ? (short < 70 ? 2000 + short : 1900 + short) : Number(parts.year)
    return instant(
      year,
      Number(parts.month ?? 1),
      Number(parts.day ?? 1),
      Number(parts.hour ?? 0),
      Number(parts.minute ?? 0),
      Number(parts.second ?? 0),
      Number(parts.milli ?? 0),
    )
  }
}

export interface PatternFault {
  /** The end of a sentence: `has no year (yyyy)`. */
  readonly reason: string
  /** The pattern that may be meant. */
  readonly meant?: string
}

/** Why no date can be read by a pattern; undefined when dates can. */
export function patternFault(pattern: string): PatternFault | undefined {
  const reason = faultOf(pattern)
  if (reason === undefined) return undefined
  const meant = inOurLetters(pattern)
  return { reason, ...(faultOf(meant) === undefined && { meant }) }
}

/** Parts of the patterns of other tools, standing alone: `DD`, `hh`, `MMM`. */
const foreignPart = /%[a-zA-Z]|(?<![a-zA-Z])(?:DD?|hh?|YYYY|YY|M{3,}|E{3,})(?![a-zA-Z])/

function faultOf(pattern: string): string | undefined {
  const [foreign] = foreignPart.exec(pattern) ?? []
  if (foreign !== undefined) return `has '${foreign}', which is no part of a date here`
  const parts = [...pattern.matchAll(partPattern)].map(([part]) => part)
  const kinds = parts.map((part) => (part === 'SSS' ? part : part[0]))
  const twice = parts.find((_, at) => kinds.indexOf(kinds[at]) < at)
  if (twice !== undefined) return `has '${twice[0]}' twice`
  if (!kinds.includes('y')) return 'has no year (yyyy)'
  return kinds.includes('m') && !kinds.includes('H') ? 'has minutes (mm) without hours (HH); months are MM' : undefined
}

const percentParts: Readonly<Record<string, string>> = {
  '%Y': 'yyyy',
  '%y': 'yy',
  '%m': 'MM',
  '%d': 'dd',
  '%H': 'HH',
  '%M': 'mm',
  '%S': 'ss',
}

/** A pattern as other tools write it (`YYYY-MM-DD`, `%d.%m.%Y`, `yyyy-mm-dd`) in the letters of `dateReader`. */
function inOurLetters(pattern: string): string {
  const letters = pattern
    .replace(/%[a-zA-Z]/g, (part) => percentParts[part] ?? part)
    .replace(/[YD]+/g, (part) => part.toLowerCase())
    .replace(/h+/g, (part) => part.toUpperCase())
  return /[HM]/.test(letters) ? letters : letters.replace(/m+/g, (part) => part.toUpperCase())
}

/** Whether a pattern has a time of day. */
export function hasTime(pattern: string): boolean {
  return /[Hms]/.test(pattern)
}

/** ISO 8601 calendar dates, with or without a time of day; without an offset they are UTC. */
export function readIsoDate(text: string): number {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (text.length === 10) return instant(year, month, day, 0, 0, 0, 0)
  const between = text.charCodeAt(10)
  if ((between !== 84 && between !== 32) || text.charCodeAt(13) !== 58) return Number.NaN
  const seconds = text.charCodeAt(16) === 58
  const second = seconds ? twoDigits(text, 17) : 0
  const rest = text.length === (seconds ? 19 : 16) ? noRest : restOf(text.slice(seconds ? 19 : 16))
  return instant(year, month, day, twoDigits(text, 11), twoDigits(text, 14), second, rest.milli) - rest.offset
}

const noRest = { milli: 0, offset: 0 }
const impossible = { milli: Number.NaN, offset: 0 }
const restPattern = /^(?:[.,](\d{1,9}))?(?:Z|([+-])(\d{2}):?(\d{2}))?$/

/** Fraction of a second and offset from UTC, in milliseconds. */
function restOf(text: string): { milli: number; offset: number } {
  const parts = restPattern.exec(text)
  if (!parts) return impossible
  const [, fraction, sign, hours, minutes] = parts
  const milli = fraction ? Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6) : 0
  const offset = sign ? (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
  return { milli, offset: sign === '-' ? -offset : offset }
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Epoch milliseconds of a calendar moment in UTC; NaN when there is no such day or time (31 June, 25:00). */
function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  milli: number,
): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN
  if (day > 28 && day > daysIn(year, month)) return Number.NaN
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + milli
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return (year < 100 ? new Date(0).setUTCFullYear(year, month - 1, day) : Date.UTC(year, month - 1, day)) + time
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
