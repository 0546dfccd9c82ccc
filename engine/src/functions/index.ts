/** The functions that feature files import from `modeldriver`. Scalar ones give `undefined` for missing input, so that they can be nested. */

export {
  all,
  any,
  argmax,
  argmin,
  corr,
  count,
  cov,
  first,
  last,
  max,
  mean,
  median,
  min,
  mode,
  nunique,
  quantile,
  std,
  sum,
  variance,
} from '../compute/aggregates.ts'
export { Column } from '../compute/column.ts'
export {
  day,
  daysBetween,
  hour,
  isoWeek,
  isWeekend,
  month,
  monthsBetween,
  quarter,
  weekday,
  year,
} from './dates.ts'
export { agg, feature, row } from './markers.ts'
export { clip, coalesce, isMissing, round } from './values.ts'
