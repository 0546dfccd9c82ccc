// Every visit, and what it is beside the visits of the same member before it. The file has them in the order of time.
import { round, weekday } from 'modeldriver'

const DAY = 24 * 60 * 60 * 1000

// One value per visit

/** The Monday of the visit's week. */
export function week(visited_at) {
  const day = Math.floor(visited_at.getTime() / DAY)
  return new Date((day - weekday(visited_at) + 1) * DAY)
}

/** 1 for the member's first visit, 2 for the second, …. */
export const nth_visit = (visited_at) => visited_at.rank()

/** Whether the member was never here before. */
export const is_new = (nth_visit) => nth_visit === 1

/** Days since the member's visit before; none of a first visit. */
export const days_since_last = (visited_at) => (visited_at - visited_at.lag(1)) / DAY

/** What the member has spent up to this visit. */
export const spent_so_far = (amount) => amount.cumsum()

/** What the member spends as a rule: the median of the last five visits, when there are three amounts at least. */
export const usual_amount = (amount) => amount.rolling(5, 3).median()

/** Whether this visit is worth more than twice as much as usual. */
export const is_treat = (amount, usual_amount) => amount > usual_amount * 2

/** Which part of all that the member ever spent was spent by then, in per cent. */
export const progress = (spent_so_far, spent) => round((spent_so_far / spent) * 100, 1)

// One value per member

/** Number of visits. */
export const visits = (visited_at) => visited_at.count()

/** Money spent. */
export const spent = (amount) => amount.sum()

/** The longest time without a visit, in days. */
export const longest_pause = (days_since_last) => days_since_last.max()

/** Treats among the visits. */
export const treats = (is_treat) => is_treat.sum()
