import type { Column } from '../compute/column.ts'
import type { Item } from '../compute/store.ts'

/** Aggregates as functions, for those who write `sum(revenue)` rather than `revenue.sum()`. They are the methods of `Column`. */
export const sum = (column: Column<number> | Column<boolean>): number => column.sum()
export const mean = (column: Column<number> | Column<boolean>): number | null => column.mean()
export const std = (column: Column<number>): number | null => column.std()
export const variance = (column: Column<number>): number | null => column.var()
export const median = (column: Column<number>): number | null => column.median()
export const quantile = (column: Column<number>, p: number): number | null => column.quantile(p)
export const min = <T extends Item>(column: Column<T>): T | null => column.min()
export const max = <T extends Item>(column: Column<T>): T | null => column.max()
export const mode = <T extends Item>(column: Column<T>): T | null => column.mode()
export const first = <T extends Item>(column: Column<T>): T | null => column.first()
export const last = <T extends Item>(column: Column<T>): T | null => column.last()
export const count = <T extends Item>(column: Column<T>): number => column.count()
export const nunique = <T extends Item>(column: Column<T>): number => column.nunique()
export const any = <T extends Item>(column: Column<T>): boolean | null => column.any()
export const all = <T extends Item>(column: Column<T>): boolean | null => column.all()
export const argmin = <T extends Item>(column: Column<T>): number | null => column.argmin()
export const argmax = <T extends Item>(column: Column<T>): number | null => column.argmax()
