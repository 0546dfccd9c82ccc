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

/** Whether a pattern has a time of day. */
export function hasTime(pattern: string): boolean {
  return /[Hms]/.test(pattern)
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?$/

/** ISO 8601 calendar dates, with or without a time of day; without an offset they are UTC. */
export function readIsoDate(text: string): number {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN
  const parts = iso.exec(text)
  if (!parts) return Number.NaN
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHour, offsetMinute] = parts
  const milli = fraction ? Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6) : 0
  const at = instant(
    Number(year),
    Number(month),
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
    milli,
  )
  if (!sign) return at
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  return sign === '+' ? at - offset : at + offset
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
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return Number.NaN
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1) return Number.NaN
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milli
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
