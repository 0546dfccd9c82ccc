import { columnDocumentation, documented, functionDocumentation } from './documentation.ts'

/**
 * The types of what a feature receives, as TypeScript text: held true by `declarations.test.ts`, which compares it with the classes
 * and functions themselves. A missing element is `undefined`, which only a strict compiler hears of.
 */
export const columnDeclaration = documented(
  `
/** What an aggregate gives that may find nothing: numbers and dates have a missing value of their own (NaN, invalid). */
type Found<T> = 0 extends 1 & T ? any : T extends number | Date ? T : T | undefined
/** A mean or quantile: of dates an instant, else a number. */
type Measured<T> = 0 extends 1 & T ? any : T extends Date ? Date : number
/** A column or list of truth values, one per element. */
type Mask = Column<any> | ArrayLike<unknown>
type Addable = Column<number> | Column<boolean>

/** The windows of a column: each value with those before it. */
interface Rolling<T = number> {
  sum(this: Rolling<number> | Rolling<boolean>): Column<number>
  mean(this: Rolling<number> | Rolling<boolean> | Rolling<Date>): Column<Measured<T>>
  min(): Column<T>
  max(): Column<T>
  std(this: Rolling<number> | Rolling<boolean>): Column<number>
  var(this: Rolling<number> | Rolling<boolean>): Column<number>
  median(this: Rolling<number> | Rolling<boolean> | Rolling<Date>): Column<Measured<T>>
  count(): Column<number>
}

/** The values of one input for the rows of one group, in row order. Aggregates skip missing values, which are undefined. */
interface Column<T = number> {
  readonly length: number
  readonly [index: number]: T | undefined

  sum(this: Addable): number
  mean(this: Addable | Column<Date>): Measured<T>
  count(): number
  std(this: Addable): number
  var(this: Addable): number
  cov(this: Addable, other: Addable): number
  corr(this: Addable, other: Addable): number
  min(): Found<T>
  max(): Found<T>
  median(this: Addable | Column<Date>): Measured<T>
  quantile(this: Addable | Column<Date>, p: number): Measured<T>
  mode(): Found<T>
  nunique(): number
  first(): Found<T>
  last(): Found<T>
  any(): boolean | undefined
  all(): boolean | undefined
  argmin(): number
  argmax(): number

  map<R>(fn: (value: T, index: number, column: Column<T>) => R): Column<Exclude<R, null | undefined>>
  where(test: Mask | ((value: T, index: number, column: Column<T>) => unknown), other?: T | Column<T> | null): Column<T>
  cumsum(this: Addable): Column<number>
  lag(n?: number): Column<T>
  lead(n?: number): Column<T>
  diff(this: Addable | Column<Date>, n?: number): Column<number>
  rank(): Column<number>
  rolling(n: number, atLeast?: number): Rolling<T>

  filter(test: Mask | ((value: T, index: number, column: Column<T>) => unknown)): Column<T>
  sort(order?: 'ascending' | 'descending' | ((a: T, b: T) => number)): Column<T>
  unique(): Column<T>
  slice(from?: number, to?: number): Column<T>

  previous(n?: number): Column<T>

  at(index: number): T | undefined
  toArray(): (T | undefined)[]
  values(): ArrayIterator<T | undefined>
  entries(): ArrayIterator<[number, T | undefined]>
  [Symbol.iterator](): ArrayIterator<T | undefined>
  forEach(fn: (value: T, index: number, column: Column<T>) => unknown): void
  reduce(fn: (result: T, value: T, index: number, column: Column<T>) => T): T | undefined
  reduce<R>(fn: (result: R, value: T, index: number, column: Column<T>) => R, initial: R): R
  some(fn: (value: T, index: number, column: Column<T>) => unknown): boolean
  every(fn: (value: T, index: number, column: Column<T>) => unknown): boolean
  find(fn: (value: T, index: number, column: Column<T>) => unknown): T | undefined
  findIndex(fn: (value: T, index: number, column: Column<T>) => unknown): number
  includes(value: T | null | undefined): boolean
  indexOf(value: T | null | undefined): number
  join(separator?: string): string
}
`,
  columnDocumentation,
)

/** What a row feature receives of an input, beside its value, when it asks it as a column: `revenue - revenue.lag(1)`. */
export const rowColumnDeclaration = `
/** A column whose values belong to the rows: what looks at other rows gives one value for each. */
interface RowColumn<T = number> extends Column<T> {
  map<R>(fn: (value: T, index: number, column: Column<T>) => R): RowColumn<Exclude<R, null | undefined>>
  where(test: Mask | ((value: T, index: number, column: Column<T>) => unknown), other?: T | Column<T> | null): RowColumn<T>
  cumsum(this: Addable): number & RowColumn<number>
  lag(n?: number): T & RowColumn<T>
  lead(n?: number): T & RowColumn<T>
  diff(this: Addable | Column<Date>, n?: number): number & RowColumn<number>
  rank(): number & RowColumn<number>
  rolling(n: number, atLeast?: number): RowRolling<T>
}
interface RowRolling<T = number> extends Rolling<T> {
  sum(this: Rolling<number> | Rolling<boolean>): number & RowColumn<number>
  mean(this: Rolling<number> | Rolling<boolean> | Rolling<Date>): Measured<T> & RowColumn<Measured<T>>
  min(): T & RowColumn<T>
  max(): T & RowColumn<T>
  std(this: Rolling<number> | Rolling<boolean>): number & RowColumn<number>
  var(this: Rolling<number> | Rolling<boolean>): number & RowColumn<number>
  median(this: Rolling<number> | Rolling<boolean> | Rolling<Date>): Measured<T> & RowColumn<Measured<T>>
  count(): number & RowColumn<number>
}
`

/** The functions that feature files import from the library. */
export const libraryDeclaration = documented(
  `
type Missing = null | undefined
export function sum(column: Addable): number
export function mean(column: Addable): number
export function std(column: Addable): number
export function variance(column: Addable): number
export function cov(column: Addable, other: Addable): number
export function corr(column: Addable, other: Addable): number
export function median(column: Addable): number
export function quantile(column: Addable, p: number): number
export function mode<T>(column: Column<T>): Found<T>
export function first<T>(column: Column<T>): Found<T>
export function last<T>(column: Column<T>): Found<T>
export function count(column: Column<any>): number
export function nunique(column: Column<any>): number
export function any(column: Column<any>): boolean | undefined
export function all(column: Column<any>): boolean | undefined
export function argmin(column: Column<any>): number
export function argmax(column: Column<any>): number
export function min<T>(column: Column<T>): Found<T>
export function min(...values: readonly (number | Missing)[]): number | undefined
export function max<T>(column: Column<T>): Found<T>
export function max(...values: readonly (number | Missing)[]): number | undefined
export function year(date: Date | Missing): number | undefined
export function month(date: Date | Missing): number | undefined
export function day(date: Date | Missing): number | undefined
export function weekday(date: Date | Missing): number | undefined
export function hour(date: Date | Missing): number | undefined
export function quarter(date: Date | Missing): number | undefined
export function isWeekend(date: Date | Missing): boolean | undefined
export function isoWeek(date: Date | Missing): number | undefined
export function daysBetween(from: Date | Missing, to: Date | Missing): number | undefined
export function monthsBetween(from: Date | Missing, to: Date | Missing): number | undefined
export function isMissing(value: unknown): boolean
export function coalesce<T extends readonly unknown[]>(...values: T): T[number] | undefined
export function round(value: number | Missing, digits?: number): number | undefined
export function clip(value: number | Missing, low: number | Missing, high: number | Missing): number | undefined
export function row<F>(feature: F): F
export function agg<F>(feature: F): F
export function feature<F>(feature: F): F
`,
  functionDocumentation,
)
