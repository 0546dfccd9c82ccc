export const customers = (customer) => customer.length //#agg

export const segment_total = (total) => total.sum() //#agg

export const online_pct = (online_revenue, segment_total) => (online_revenue.sum() / segment_total) * 100 //#agg

export const favourites = (favourite) => favourite.unique().sort().join(', ') //#agg

export const pct_of_segment = (total, segment_total) => (segment_total === 0 ? 0 : (total / segment_total) * 100)
