// One value per order.

/** What the shop earns with the order; goods sent back take it away again. */
export function margin(amount, cost) {
  return amount - cost
}

/** Whether goods were sent back. */
export function is_return(amount) {
  return amount < 0
}

/** Day of the order, without the time. */
export function order_day(ordered_at) {
  return new Date(Date.UTC(ordered_at.getUTCFullYear(), ordered_at.getUTCMonth(), ordered_at.getUTCDate()))
}
