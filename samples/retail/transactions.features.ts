// One value per receipt line.

const noon = 12
const evening = 17
const cheap = 3
const dear = 10

function cents(amount) {
  return Math.round(amount * 100) / 100
}

/** Calendar day of the sale, such as 2025-03-01. */
export function dt_date(timestamp) {
  return timestamp.toISOString().slice(0, 10)
}

/** Hour of the day, from 0 to 23. */
export function hour(timestamp) {
  return timestamp.getUTCHours()
}

/** Day of the week, from 0 for Sunday to 6 for Saturday. */
export function weekday(timestamp) {
  return timestamp.getUTCDay()
}

/** Whether the line was sold on a Saturday or a Sunday. */
export function is_weekend(weekday) {
  return weekday === 0 || weekday === 6
}

/** Morning until 12, afternoon until 17, then evening. */
export function day_part(hour) {
  if (hour < noon) return 'morning'
  if (hour < evening) return 'afternoon'
  return 'evening'
}

/** Whether the goods were brought back. */
export function is_return(transaction_type) {
  return transaction_type === 'return'
}

/** Whether the line was sold at a reduced price. */
export function is_promotion(discount) {
  return (discount ?? 0) > 0
}

/** What the customer paid, in whole cents; negative for a return. */
export function revenue(quantity, unit_price, discount) {
  return cents(quantity * unit_price * (1 - (discount ?? 0)))
}

/** Revenue without the value-added tax that shelf prices contain. */
export function net_revenue(revenue, vat = 0.19) {
  return revenue / (1 + vat)
}

/** What the goods cost the shop; not known for every line. */
export function cost(quantity, unit_cost) {
  return quantity * unit_cost
}

/** Net revenue less cost. */
export function margin(net_revenue, cost) {
  return net_revenue - cost
}

/** Margin in percent of net revenue; none for goods given away. */
export function margin_pct(margin, net_revenue) {
  return (margin / net_revenue) * 100
}

/** Whether the line counts in margin figures: a sale, not given away, with a known cost. */
export function valid(is_return, revenue, cost) {
  return !is_return && revenue > 0 && cost != null
}

/** Shelf price as low (under 3), middle or high (10 and more). */
export function price_band(unit_price) {
  return unit_price < cheap ? 'low' : unit_price < dear ? 'middle' : 'high'
}

/** Category and product in one text, for reports. */
export function product_label(category, product) {
  return `${category.toUpperCase()}: ${product}`
}
