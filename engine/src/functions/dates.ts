import { isMissing } from './values.ts'
import { WrongType } from './wrongType.ts'

/**
 * What these functions take: a `Date`, or missing. They give `undefined` for a missing or invalid date, and stop at anything else: text that
 * was never read as dates would be a column of nothing. Everything is UTC.
 */
export type MaybeDate = Date | null | undefined

const dayMs = 86_400_000

const isDate = (date: MaybeDate): date is Date =>
  date instanceof Date ? !Number.isNaN(date.getTime()) : !isMissing(date) && refuse(date)

function refuse(value: unknown): never {
  const what = typeof value === 'string' ? `the text '${value}'` : String(value)
  throw new WrongType(
    `a date is needed, not ${what}.`,
    'Give the table dates, or say in the manifest how they are written ("columns").',
    'Date',
    { value },
  )
}

/** The year, in UTC. */
export const year = (date: MaybeDate): number | undefined => (isDate(date) ? date.getUTCFullYear() : undefined)

/** The month from 1 for January to 12, in UTC. */
export const month = (date: MaybeDate): number | undefined => (isDate(date) ? date.getUTCMonth() + 1 : undefined)

/** The day of the month from 1, in UTC. */
export const day = (date: MaybeDate): number | undefined => (isDate(date) ? date.getUTCDate() : undefined)

/** The day of the week from 1 for Monday to 7 for Sunday (ISO 8601), in UTC. */
export const weekday = (date: MaybeDate): number | undefined => (isDate(date) ? date.getUTCDay() || 7 : undefined)

/** The hour from 0 to 23, in UTC. */
export const hour = (date: MaybeDate): number | undefined => (isDate(date) ? date.getUTCHours() : undefined)

/** The quarter from 1 to 4, in UTC. */
export const quarter = (date: MaybeDate): number | undefined =>
  isDate(date) ? Math.floor(date.getUTCMonth() / 3) + 1 : undefined

/** Whether it is a Saturday or Sunday, in UTC. */
export const isWeekend = (date: MaybeDate): boolean | undefined =>
  isDate(date) ? date.getUTCDay() === 0 || date.getUTCDay() === 6 : undefined

/** The ISO 8601 week from 1 to 53: weeks begin on Monday, and week 1 holds the year's first Thursday. In UTC. */
export function isoWeek(date: MaybeDate): number | undefined {
  if (!isDate(date)) return undefined
  const thursday = Math.floor(date.getTime() / dayMs) + 4 - (date.getUTCDay() || 7)
  const newYear = Date.UTC(new Date(thursday * dayMs).getUTCFullYear(), 0, 1) / dayMs
  return Math.floor((thursday - newYear) / 7) + 1
}

/** Days from `from` to `to`, with the part of a day; negative when `to` is earlier. */
export const daysBetween = (from: MaybeDate, to: MaybeDate): number | undefined =>
  isDate(from) && isDate(to) ? (to.getTime() - from.getTime()) / dayMs : undefined

/** Whole calendar months from `from` to `to`; negative when `to` is earlier. 31 January to 28 February is 0, to 1 March 1. */
export function monthsBetween(from: MaybeDate, to: MaybeDate): number | undefined {
  if (!isDate(from) || !isDate(to)) return undefined
  if (to < from) {
    const back = monthsBetween(to, from)
    return back === undefined || back === 0 ? 0 : -back
  }
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
  return timeInMonth(to) < timeInMonth(from) ? months - 1 : months
}

/** Milliseconds since the first of the month. */
function timeInMonth(date: Date): number {
  return (date.getUTCDate() - 1) * dayMs + (((date.getTime() % dayMs) + dayMs) % dayMs)
}
