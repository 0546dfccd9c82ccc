// The model of the engine's bench: 5 row features, 5 group features, 2 row features on groups, 1 group feature on those.
// group_by: pin
import type { Column } from '@modeldriver/engine'

export function margin(revenue: number, cost: number) {
  return revenue - cost
}

export function margin_pct(margin: number, revenue: number) {
  return (margin / revenue) * 100
}

export function unit_price(revenue: number, quantity: number) {
  return revenue / quantity
}

export function is_large(revenue: number, quantity: number) {
  return revenue > 500 && quantity > 10 ? 1 : 0
}

export function score(margin_pct: number, quantity: number) {
  return Math.sqrt(quantity) * margin_pct + 1
}

export function total_revenue(revenue: Column) {
  return revenue.sum()
}

export function mean_margin(margin: Column) {
  return margin.mean()
}

export function max_unit_price(unit_price: Column) {
  return unit_price.max()
}

export function std_score(score: Column) {
  return score.std()
}

export function large_count(is_large: Column) {
  return is_large.sum()
}

export function revenue_share(revenue: number, total_revenue: number) {
  return revenue / total_revenue
}

export function margin_excess(margin: number, mean_margin: number) {
  return margin - mean_margin
}

export function max_share(revenue_share: Column) {
  return revenue_share.max()
}
