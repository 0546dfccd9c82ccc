import { daysBetween, weekday } from 'modeldriver'

const vat = 0.19
const day = 24 * 60 * 60 * 1000

export const revenue = (quantity, unit_price, discount) => quantity * unit_price * (1 - (discount ?? 0))

export const net_revenue = (revenue) => revenue / (1 + vat)

// unit_cost?: what was given away has the margin 0 also where its cost is not known.
export const margin_pct = (net_revenue, quantity, unit_cost?) =>
  net_revenue === 0 ? 0 : ((net_revenue - quantity * unit_cost) / net_revenue) * 100

export const week = (sold_at) => new Date(sold_at.getTime() - (weekday(sold_at) - 1) * day).toISOString().slice(0, 10)

export const article = (product) => (product ?? 'unknown').trim().toLowerCase()

// channel?: false where it is missing.
export const is_online = (channel?) => channel === 'online'

export const first_sale = (sold_at) => sold_at.min() //#agg

export const sales = (sale_id) => sale_id.length //#agg

export const total = (revenue) => revenue.sum() //#agg

// Python's sum() of a list with a missing value is missing.
export const mean_quantity = (quantity) =>
  quantity.count() < quantity.length ? null : quantity.sum() / quantity.length //#agg

export const markup = (revenue, quantity, unit_cost) =>
  revenue.sum() / quantity.map((each, i) => each * unit_cost[i]).sum() //#agg

export const online_revenue = (revenue, is_online) => revenue.filter(is_online).sum() //#agg

// Of equally frequent ones the first; mode() takes the smallest.
export function favourite(article) {
  //#agg
  const times = article.map((each) => article.filter((other) => other === each).length)
  return article[times.argmax()]
}

export const days_between = (sold_at) =>
  sold_at
    .sort()
    .diff()
    .map((millis) => Math.floor(millis / day))
    .mean() //#agg

export function segment(total, sales) {
  //#agg
  if (total > 100) return sales >= 3 ? 'regular' : 'big'
  return 'small'
}

export const share = (total, revenue?) => (total === 0 ? 0 : revenue / total)

export const is_first = (sold_at?, first_sale?) => daysBetween(first_sale, sold_at) === 0

export const first_share = (share, is_first) => share.filter(is_first).sum() //#agg
