// One value per customer, beside all customers (group_by [] makes them one group).

const discount_rate = 0.1
const days_per_year = 365.25

/** Number of customers. */
export function customers(customer_id) {
  return customer_id.nunique()
}

/** From 1 for the fifth who were away longest to 5 for the fifth who came last. */
export function r_score(recency_days, customers) {
  return 6 - Math.ceil((recency_days.rank() / customers) * 5)
}

/** From 1 for the fifth with the fewest orders to 5 for the fifth with the most. */
export function f_score(frequency, customers) {
  return Math.ceil((frequency.rank() / customers) * 5)
}

/** From 1 for the fifth who paid least to 5 for the fifth who paid most. */
export function m_score(monetary, customers) {
  return Math.ceil((monetary.rank() / customers) * 5)
}

/** The three scores in one text, such as 5-4-4. */
export function rfm(r_score, f_score, m_score) {
  return `${r_score}-${f_score}-${m_score}`
}

/** What to do about the customer, by recency and frequency. */
export function segment(r_score, f_score) {
  if (r_score >= 4 && f_score >= 4) return 'champion'
  if (r_score >= 4) return f_score === 1 ? 'new' : 'promising'
  if (f_score >= 4) return r_score <= 2 ? 'at risk' : 'loyal'
  return r_score <= 2 ? 'lost' : 'needs attention'
}

/** Margin in a year, from the first order on; the first quarter of a year counts as one. */
export function margin_per_year(total_margin, tenure_days) {
  return total_margin / Math.max(0.25, tenure_days / days_per_year)
}

/**
 * Customer lifetime value: the margin of a year, r / (1 + i - r) times, with the retention r of the customer's cohort and a discount
 * rate i of 10 %. S. Gupta and D. R. Lehmann, Customers as Assets, Journal of Interactive Marketing 17 (2003).
 */
export function lifetime_value(margin_per_year, yearly_retention) {
  return (margin_per_year * yearly_retention) / (1 + discount_rate - yearly_retention)
}

/** The same for the years that the customer is likely to stay at all. */
export function expected_value(lifetime_value, probability_alive) {
  return lifetime_value * probability_alive
}

/** The customer's part of all expected value, in percent. */
export function value_share(expected_value, total_value) {
  return (expected_value / total_value) * 100
}

/** Expected value of all customers. */
export function total_value(expected_value) {
  return expected_value.sum()
}

/** Share of customers who have gone, in percent. */
export function churn_rate(churned) {
  return churned.mean() * 100
}

/** How much frequent customers also pay per order: correlation of frequency and average order value. */
export function frequency_and_order_value(frequency, average_order_value) {
  return frequency.corr(average_order_value)
}
