import { isMissing } from '../functions/values.ts'
import { Column, type Found } from './column.ts'
import type { Item } from './store.ts'

// Aggregates as functions, for those who write `sum(revenue)` rather than `revenue.sum()`. They are the methods of `Column`.

/** Sum of the present values, x₁ + … + xₙ, of booleans how many are true; 0 when there is none. */
export const sum = (column: Column<number> | Column<boolean>): number => column.sum()
/** Mean of the present values, (x₁ + … + xₙ) / n, of booleans the share that is true; NaN when there is none. */
export const mean = (column: Column<number> | Column<boolean>): number => column.mean()
/** Sample standard deviation, √(Σ (xᵢ − mean)² / (n − 1)); NaN for fewer than two values. */
export const std = (column: Column<number>): number => column.std()
/** Sample variance, Σ (xᵢ − mean)² / (n − 1); NaN for fewer than two values. */
export const variance = (column: Column<number>): number => column.var()
/** Sample covariance, Σ (xᵢ − mean x)(yᵢ − mean y) / (n − 1), over the rows where both are present; NaN for fewer than two. */
export const cov = (column: Column<number> | Column<boolean>, other: Column<number> | Column<boolean>): number =>
  column.cov(other)
/** Correlation of Pearson, cov(x, y) / (std(x) · std(y)), over the rows where both are present; NaN for fewer than two. */
export const corr = (column: Column<number> | Column<boolean>, other: Column<number> | Column<boolean>): number =>
  column.corr(other)
/** The value in the middle of the sorted present values, of an even number the mean of the two there: quantile 0.5. */
export const median = (column: Column<number>): number => column.median()
/** The value below which the share `p` (0 to 1) of the present values lies, with linear interpolation (type 7 of Hyndman and Fan). */
export const quantile = (column: Column<number>, p: number): number => column.quantile(p)
/** The most frequent present value, of equally frequent ones the smallest. */
export const mode = <T extends Item>(column: Column<T>): Found<T> => column.mode()
/** The first present value in row order. */
export const first = <T extends Item>(column: Column<T>): Found<T> => column.first()
/** The last present value in row order. */
export const last = <T extends Item>(column: Column<T>): Found<T> => column.last()
/** Number of present values. */
export const count = <T extends Item>(column: Column<T>): number => column.count()
/** Number of different present values. */
export const nunique = <T extends Item>(column: Column<T>): number => column.nunique()
/** Whether a present value is true; `undefined` when none is present. */
export const any = <T extends Item>(column: Column<T>): boolean | undefined => column.any()
/** Whether every present value is true; `undefined` when none is present. */
export const all = <T extends Item>(column: Column<T>): boolean | undefined => column.all()
/** Index of the first smallest value; NaN when there is none. */
export const argmin = <T extends Item>(column: Column<T>): number => column.argmin()
/** Index of the first largest value; NaN when there is none. */
export const argmax = <T extends Item>(column: Column<T>): number => column.argmax()

/** The smallest value of a column, or of several numbers (missing when one of them is). */
export function min<T extends Item>(column: Column<T>): Found<T>
export function min(...values: readonly (number | null | undefined)[]): number | undefined
export function min(
  first: Column<Item> | number | null | undefined,
  ...others: readonly (number | null | undefined)[]
) {
  return first instanceof Column ? first.min() : ofNumbers(Math.min, [first, ...others])
}

/** The largest value of a column, or of several numbers (missing when one of them is). */
export function max<T extends Item>(column: Column<T>): Found<T>
export function max(...values: readonly (number | null | undefined)[]): number | undefined
export function max(
  first: Column<Item> | number | null | undefined,
  ...others: readonly (number | null | undefined)[]
) {
  return first instanceof Column ? first.max() : ofNumbers(Math.max, [first, ...others])
}

function ofNumbers(
  choose: (...values: number[]) => number,
  values: readonly (number | null | undefined)[],
): number | undefined {
  return values.some(isMissing) ? undefined : choose(...(values as readonly number[]))
}
