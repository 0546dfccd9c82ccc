export const revenue = (price, qty) => price * qty

export const margin = (revenue, cost) => ((revenue - cost) / revenue) * 100

// An order without a price is not large.
export const is_large = (revenue) => (revenue ?? 0) > 100

export const orders = (customer) => customer.length //#agg
export const total = (revenue) => revenue.sum() //#agg
export const mean_margin = (margin) => margin.mean() //#agg
export const per_order = (total, orders) => total / orders

export const share = (revenue, total) => revenue / total
