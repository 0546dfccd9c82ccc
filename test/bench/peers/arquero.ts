import { table as arqueroTable, op } from 'arquero'
import { type Data, groupFeatures, rowFeatures } from '../data.ts'
import type { Contestant } from './contestant.ts'
import { versionOf } from './version.ts'

export function arquero(data: Data): Contestant {
  const source = arqueroTable({ ...data })
  let rows = source
  let groups = source
  return {
    version: `Arquero ${versionOf('arquero')}`,
    run: () => {
      const first = source
        .derive({
          margin: (d: Row) => d.revenue - d.cost,
          unit_price: (d: Row) => d.revenue / d.quantity,
          is_large: (d: Row) => (d.revenue > 500 && d.quantity > 10 ? 1 : 0),
        })
        .derive({ margin_pct: (d: Row) => (d.margin / d.revenue) * 100 })
        .derive({ score: (d: Row) => op.sqrt(d.quantity) * d.margin_pct + 1 })
      const totals = first.groupby('pin').rollup({
        total_revenue: (d: Row) => op.sum(d.revenue),
        mean_margin: (d: Row) => op.mean(d.margin),
        max_unit_price: (d: Row) => op.max(d.unit_price),
        std_score: (d: Row) => op.stdev(d.score),
        large_count: (d: Row) => op.sum(d.is_large),
      })
      rows = first.join_left(totals, 'pin').derive({
        revenue_share: (d: Row) => d.revenue / d.total_revenue,
        margin_excess: (d: Row) => d.margin - d.mean_margin,
      })
      groups = totals.join_left(rows.groupby('pin').rollup({ max_share: (d: Row) => op.max(d.revenue_share) }), 'pin')
    },
    results: () => {
      const numbers = (from: typeof source, names: readonly string[]) =>
        Object.fromEntries(names.map((column) => [column, Float64Array.from(from.array(column) as ArrayLike<number>)]))
      return { rows: numbers(rows, rowFeatures), groups: numbers(groups, ['pin', ...groupFeatures]) }
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: Arquero reads the text of these functions; their values have no types
type Row = any
