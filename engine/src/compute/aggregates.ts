import { isMissing } from '../functions/values.ts'
import { Column, type Found } from './column.ts'
import type { Item } from './store.ts'

/** Aggregates as functions, for those who write `sum(revenue)` rather than `revenue.sum()`. They are the methods of `Column`. */
export const sum = (column: Column<number> | Column<boolean>): number => column.sum()
export const mean = (column: Column<number> | Column<boolean>): number => column.mean()
export const std = (column: Column<number>): number => column.std()
export const variance = (column: Column<number>): number => column.var()
export const cov = (column: Column<number> | Column<boolean>, other: Column<number> | Column<boolean>): number =>
  column.cov(other)
export const corr = (column: Column<number> | Column<boolean>, other: Column<number> | Column<boolean>): number =>
  column.corr(other)
export const median = (column: Column<number>): number => column.median()
export const quantile = (column: Column<number>, p: number): number => column.quantile(p)
export const mode = <T extends Item>(column: Column<T>): Found<T> => column.mode()
export const first = <T extends Item>(column: Column<T>): Found<T> => column.first()
export const last = <T extends Item>(column: Column<T>): Found<T> => column.last()
export const count = <T extends Item>(column: Column<T>): number => column.count()
export const nunique = <T extends Item>(column: Column<T>): number => column.nunique()
export const any = <T extends Item>(column: Column<T>): boolean | undefined => column.any()
export const all = <T extends Item>(column: Column<T>): boolean | undefined => column.all()
export const argmin = <T extends Item>(column: Column<T>): number => column.argmin()
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
