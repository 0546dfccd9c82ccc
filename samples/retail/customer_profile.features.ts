// One value per customer (group_by customer_id), from the lines and features of transactions.

const report_day = Date.UTC(2025, 11, 1)
const millis_per_day = 24 * 60 * 60 * 1000
const days_per_month = 365.25 / 12

const gold_from = 500
const silver_from = 150

function percent(part, whole) {
  return (part / whole) * 100
}

/** The customer, written one way: one shop's till uses small letters. */
export function customer_id(customer) {
  return customer.trim().toUpperCase()
}

/** Number of receipts, returns not counted. */
export function visits(transaction_id, is_return) {
  return transaction_id.filter(is_return.map((returned) => !returned)).nunique()
}

/** All the customer has paid, returns taken off. */
export function lifetime_revenue(revenue) {
  return revenue.sum()
}

/** Net revenue of the lines that count in margin figures. */
export function lifetime_valid_revenue(net_revenue, valid) {
  return net_revenue.filter(valid).sum()
}

/** Margin of the lines that count in margin figures. */
export function lifetime_margin(margin, valid) {
  return margin.filter(valid).sum()
}

/** Margin in percent of net revenue. */
export function lifetime_margin_pct(lifetime_margin, lifetime_valid_revenue) {
  return percent(lifetime_margin, lifetime_valid_revenue)
}

/** Moment of the first receipt. */
export function first_visit(timestamp) {
  return timestamp.min()
}

/** Moment of the last receipt. */
export function last_visit(timestamp) {
  return timestamp.max()
}

/** Whole days from the last visit to the report of 1 December 2025. */
export function days_since_last_visit(last_visit) {
  return Math.floor((report_day - last_visit) / millis_per_day)
}

/** Months as a customer until the report, at least one. */
export function months_known(first_visit) {
  return Math.max(1, (report_day - first_visit) / millis_per_day / days_per_month)
}

/** Visits in an average month. */
export function visits_per_month(visits, months_known) {
  return visits / months_known
}

/** The middle one of the amounts paid for the lines that count in margin figures. */
export function typical_line(revenue, valid) {
  return revenue.filter(valid).median()
}

/** How much the amounts vary from line to line (standard deviation). */
export function spend_spread(revenue) {
  return revenue.std()
}

/** The amount that nine of ten lines stay below (90 % quantile). */
export function large_line(revenue) {
  return revenue.quantile(0.9)
}

/** Number of different categories bought from. */
export function categories_bought(category) {
  return category.nunique()
}

/** The category with the most items, returns taken off; of equal ones the one bought first. */
export function favourite_category(category, quantity) {
  //#agg
  const items = new Map()
  for (let i = 0; i < category.length; i++) {
    items.set(category[i], (items.get(category[i]) ?? 0) + quantity[i])
  }
  let best = category[0]
  for (const name of items.keys()) {
    if (items.get(name) > items.get(best)) best = name
  }
  return best
}

/** Money spent at reduced prices, in percent of all. */
export function promotion_share(revenue, is_promotion) {
  return percent(revenue.filter(is_promotion).sum(), revenue.sum())
}

/** Whether nothing was ever brought back. */
export function keeps_what_they_buy(is_return) {
  return !is_return.any()
}

/** Gold from 500, silver from 150, else bronze; one visit at most is new. */
export function segment(lifetime_revenue, visits) {
  if (visits <= 1) return 'new'
  if (lifetime_revenue >= gold_from) return 'gold'
  return lifetime_revenue >= silver_from ? 'silver' : 'bronze'
}

/** Segment and favourite category in one text. */
export function label(segment, favourite_category) {
  return `${segment}, ${favourite_category.toLowerCase()}`
}

/** The line's part of all the customer's money, in percent. */
export function share_of_customer(revenue, lifetime_revenue) {
  return percent(revenue, lifetime_revenue)
}

/** Whether the customer paid more than twice the usual for the line. */
export function is_treat(revenue, typical_line) {
  return revenue > 2 * typical_line
}

/** Treats in percent of the lines; none for a customer without a usual amount. */
export function treat_share(is_treat) {
  return percent(is_treat.sum(), is_treat.count())
}
