export const week_revenue = (revenue) => revenue.sum() //#agg

export const buyers = (customer) => customer.nunique() //#agg

export const new_buyers = (customer, is_first) => customer.filter(is_first).nunique() //#agg

export const typical_sale = (revenue) => revenue.filter((each) => each > 0).mean() //#agg

// The week before, which was computed outside of the models.

export const growth = (week_revenue) => (week_revenue / week_revenue.lag(1) - 1) * 100 //#agg

export function came_back(customer) {
  //#agg
  const before = customer.previous()
  return customer.unique().filter((who) => before.includes(who)).length
}
