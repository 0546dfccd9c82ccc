const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

interface Tick {
  readonly at: number
  readonly text: string
}

/** Steps of a calendar: so many months, or so many milliseconds. */
const steps: readonly ({ readonly months: number } | { readonly ms: number })[] = [
  ...[1, 5, 15, 30].map((count) => ({ ms: count * minute })),
  ...[1, 3, 6, 12].map((count) => ({ ms: count * hour })),
  ...[1, 2, 7].map((count) => ({ ms: count * day })),
  ...[1, 3, 6].map((months) => ({ months })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map((years) => ({ months: 12 * years })),
]

/** Where the calendar has its marks between two instants, at most so many: years, months, days or times, as the span is. */
export function calendarTicks(from: number, to: number, most: number): readonly Tick[] {
  for (const step of steps) {
    const at = 'ms' in step ? everyMs(from, to, step.ms, most) : everyMonths(from, to, step.months, most)
    if (at.length <= most) return at.map((each) => ({ at: each, text: textOf(each, step) }))
  }
  return []
}

function everyMs(from: number, to: number, step: number, most: number): readonly number[] {
  if ((to - from) / step > most + 1) return new Array(most + 1).fill(from)
  // Weeks begin on Mondays; the first day of the calendar was a Thursday.
  const shift = step === 7 * day ? 4 * day : 0
  const first = Math.ceil((from - shift) / step) * step + shift
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}

function everyMonths(from: number, to: number, step: number, most: number): readonly number[] {
  const start = new Date(from)
  const found: number[] = []
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step
  while (found.length <= most) {
    const at = new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12)
    if (at > to) break
    if (at >= from) found.push(at)
    month += step
  }
  return found
}

function textOf(at: number, step: (typeof steps)[number]): string {
  const text = new Date(at).toISOString()
  if ('months' in step) return step.months % 12 === 0 ? text.slice(0, 4) : text.slice(0, 7)
  const isTime = step.ms < day && at % day !== 0
  return isTime ? text.slice(11, 16) : text.slice(0, 10)
}
