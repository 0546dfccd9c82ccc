// One value per day (group_by dt_date), from the lines and features of transactions.

const day_names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const millis_per_hour = 60 * 60 * 1000
const big = 3

function percent(part, whole) {
  return (part / whole) * 100
}

/** Month of the sale, such as 2025-03. */
export function month(dt_date) {
  return dt_date.slice(0, 7)
}

/** Name of the day of the week. */
export function day_name(weekday) {
  return day_names[weekday.first()]
}

/** Money taken on the day, returns taken off. */
export function day_revenue(revenue) {
  return revenue.sum()
}

/** Net revenue of the lines that count in margin figures. */
export function day_valid_revenue(net_revenue, valid) {
  return net_revenue.filter(valid).sum()
}

/** Margin of the lines that count in margin figures. */
export function day_margin(margin, valid) {
  return margin.filter(valid).sum()
}

/** Margin of the day in percent of its net revenue. */
export function day_margin_pct(day_margin, day_valid_revenue) {
  return percent(day_margin, day_valid_revenue)
}

/** Number of receipts. */
export function receipts(transaction_id) {
  return transaction_id.nunique()
}

/** Money taken per receipt. */
export function revenue_per_receipt(day_revenue, receipts) {
  return day_revenue / receipts
}

/** The middle one of the amounts paid for a line; returns and goods given away left out. */
export function median_line(revenue) {
  return revenue.filter((paid) => paid > 0).median()
}

/** Number of different products on the day's receipts. */
export function products_sold(product) {
  return product.nunique()
}

/** Lines of known customers, in percent of all lines. */
export function known_customer_share(customer) {
  return percent(customer.count(), customer.length)
}

/** Lines that were brought back, in percent of all lines. */
export function return_share(is_return) {
  return is_return.mean() * 100
}

/** The hour with the most lines; the earliest when several have as many. */
export function busiest_hour(hour) {
  return hour.mode()
}

/** Product of the line with the highest amount. */
export function top_line_product(product, revenue) {
  return product[revenue.argmax()]
}

/** Moment of the first receipt. */
export function first_sale(timestamp) {
  return timestamp.min()
}

/** Moment of the last receipt. */
export function last_sale(timestamp) {
  return timestamp.max()
}

/** Hours from the first receipt to the last. */
export function hours_open(first_sale, last_sale) {
  return (last_sale - first_sale) / millis_per_hour
}

/** The line's part of the day's money, in percent. */
export function share_of_day(revenue, day_revenue) {
  return percent(revenue, day_revenue)
}

/** Whether the line brought more than three times the day's median. */
export function is_big_line(revenue, median_line) {
  return revenue > big * median_line
}

/** Big lines in percent of all lines of the day. */
export function big_line_share(is_big_line) {
  return percent(is_big_line.sum(), is_big_line.length)
}
