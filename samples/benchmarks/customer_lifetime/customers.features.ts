// One value per customer (group_by customer_id), as of the report of 1 January 2026.
//
// Recency, frequency and monetary value are meant as in A. M. Hughes, Strategic Database Marketing (1994). The three that end in
// `_weeks`, with `repeats`, are those of P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting Your Customers" the Easy Way,
// Marketing Science 24 (2005).

const report_day = Date.UTC(2026, 0, 1)
const millis_per_day = 24 * 60 * 60 * 1000
const days_per_week = 7

/** Number of orders, returns not counted. */
export function frequency(order_id, is_return) {
  return order_id.filter(is_return.map((returned) => !returned)).nunique()
}

/** Moment of the first order. */
export function first_order(ordered_at) {
  return ordered_at.min()
}

/** Moment of the last order; goods sent back are no order. */
export function last_order(ordered_at, is_return) {
  return ordered_at.filter(is_return.map((returned) => !returned)).max()
}

/** Days since the last order. */
export function recency_days(last_order) {
  return (report_day - last_order) / millis_per_day
}

/** Days as a customer. */
export function tenure_days(first_order) {
  return (report_day - first_order) / millis_per_day
}

/** All that the customer has paid, returns taken off. */
export function monetary(amount) {
  return amount.sum()
}

/** All that the shop has earned with the customer, where the cost is known. */
export function total_margin(margin) {
  return margin.sum()
}

/** What an order is worth on average. */
export function average_order_value(monetary, frequency) {
  return monetary / frequency
}

/** Days from one day with an order to the next, on average; none for one such day. */
export function days_between_orders(order_day, is_return) {
  const days = order_day.filter(is_return.map((returned) => !returned)).unique()
  return days.sort().diff().mean() / millis_per_day
}

/** The longest time without an order so far, in days. */
export function longest_pause(order_day, is_return) {
  const days = order_day.filter(is_return.map((returned) => !returned)).unique()
  return days.sort().diff().max() / millis_per_day
}

/** Share of the orders that were sent back. */
export function return_share(is_return, frequency) {
  return is_return.sum() / frequency
}

/** Number of ways on which the customer has come. */
export function channels_used(channel) {
  return channel.nunique()
}

/** Whether the customer has gone: silent for three times the usual pause, or for half a year after a single order. */
export function churned(recency_days, days_between_orders) {
  if (days_between_orders == null) return recency_days > 182
  return recency_days > 3 * days_between_orders
}

/** Quarter of the first order, such as 2024-Q3. */
export function cohort(first_order) {
  return `${first_order.getUTCFullYear()}-Q${Math.floor(first_order.getUTCMonth() / 3) + 1}`
}

/** Days with an order after the first one: x of Fader, Hardie and Lee. */
export function repeats(order_day, is_return) {
  return order_day.filter(is_return.map((returned) => !returned)).nunique() - 1
}

/** Weeks from the first order to the last one: t of Fader, Hardie and Lee. */
export function last_seen_weeks(first_order, last_order) {
  return (last_order - first_order) / millis_per_day / days_per_week
}

/** Weeks as a customer: T of Fader, Hardie and Lee. */
export function age_weeks(tenure_days) {
  return tenure_days / days_per_week
}

// Parameters of the BG/NBD model, as that paper has them for the customers of CDNOW (table 2). Fit your own before you decide by them.
const r = 0.243
const alpha = 4.414
const a = 0.793
const b = 2.426

/** Probability that the customer still buys: P(alive) of the BG/NBD model. */
export function probability_alive(repeats, last_seen_weeks, age_weeks) {
  if (repeats === 0) return 1
  return 1 / (1 + (a / (b + repeats - 1)) * ((alpha + age_weeks) / (alpha + last_seen_weeks)) ** (r + repeats))
}
