import { op } from 'arquero'

export function price_orders(orders) {
  return orders.derive({ revenue: (d) => d.price * d.qty }).derive({
    margin: (d) => ((d.revenue - d.cost) / d.revenue) * 100,
    // An order without a price is not large.
    is_large: (d) => (d.revenue ?? 0) > 100,
  })
}

export function summarise(orders) {
  //#agg
  return orders
    .groupby('customer')
    .rollup({
      orders: () => op.count(),
      total: (d) => op.sum(d.revenue),
      mean_margin: (d) => op.mean(d.margin),
    })
    .derive({ per_order: (d) => d.total / d.orders })
}

export function add_share(orders) {
  return orders.derive({ share: (d) => d.revenue / d.total })
}
