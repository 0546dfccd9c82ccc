/**
 * The expression IR: what a feature's body means, as plain data. It is the seam between the languages features are
 * written in and everything that reads them: levels, types, hints, fingerprints, generated code, SQL.
 */
export type Expression =
  | Literal
  | InputRef
  | LocalRef
  | Let
  | Unary
  | Binary
  | Compare
  | Logic
  | Conditional
  | Call
  | Aggregate
  | Vector

export interface Literal {
  readonly kind: 'literal'
  readonly value: number | string | boolean | null
  /** The author's `undefined`, or a value that was not given: functions in code tell it from `null`. */
  readonly isUndefined?: true
}
/** The value of an input, by its column or feature name (not by the local name of the parameter). */
export interface InputRef {
  readonly kind: 'input'
  readonly name: string
}
export interface LocalRef {
  readonly kind: 'local'
  readonly name: string
}
/** `const name = value; body`. Names are unique within one feature (renamed when shadowed). */
export interface Let {
  readonly kind: 'let'
  readonly name: string
  readonly value: Expression
  readonly body: Expression
}
export interface Unary {
  readonly kind: 'unary'
  readonly op: '-' | '+' | '!'
  readonly of: Expression
}
/** Arithmetic with JavaScript's meaning; `+` joins text when either side is text. */
export interface Binary {
  readonly kind: 'binary'
  readonly op: '+' | '-' | '*' | '/' | '%' | '**'
  readonly left: Expression
  readonly right: Expression
}
/**
 * `==` and `!=` are JavaScript's strict ones unless `isLoose`; with a null literal they ask "is it missing", of functions given in code what
 * JavaScript asks.
 */
export interface Compare {
  readonly kind: 'compare'
  readonly op: '<' | '<=' | '>' | '>=' | '==' | '!='
  readonly left: Expression
  readonly right: Expression
  readonly isLoose?: true
}
/** `coalesce` is `??`. `and`/`or` give one of their sides, as in JavaScript. */
export interface Logic {
  readonly kind: 'logic'
  readonly op: 'and' | 'or' | 'coalesce'
  readonly left: Expression
  readonly right: Expression
}
export interface Conditional {
  readonly kind: 'if'
  readonly test: Expression
  readonly then: Expression
  readonly else: Expression
}
/**
 * A scalar function. Names: `Math.*` as `abs`, `round`, `floor`, …; text methods as `text.lower`, `text.includes`, …;
 * date methods as `date.year`, `date.month` (0-based as in JavaScript), …; conversions `number`, `text`, `boolean`; what the library has by
 * its own name (`year`, `isMissing`; `least` and `greatest` are its `min` and `max` of several values). `isNaN` and `isFinite` are the global
 * functions, which take text for numbers; `Number.isNaN` asks "is it missing", of functions given in code what JavaScript asks. `isNothing` is
 * what `?.` asks: null or undefined, not NaN.
 */
export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
}

export const aggregateNames = [
  'sum',
  'mean',
  'min',
  'max',
  'count',
  'std',
  'var',
  'cov',
  'corr',
  'median',
  'quantile',
  'mode',
  'nunique',
  'first',
  'last',
  'any',
  'all',
  'argmin',
  'argmax',
  'length',
] as const
export type AggregateName = (typeof aggregateNames)[number]

/**
 * One value from the rows of a group: `revenue.sum()`. `length` counts all rows of the group; of `cov` and `corr` the argument is
 * the other column.
 */
export interface Aggregate {
  readonly kind: 'aggregate'
  readonly name: AggregateName
  readonly of: Expression
  readonly args: readonly Expression[]
}

/** What the windows of `revenue.rolling(3)` can be asked. */
export const rollingNames = ['sum', 'mean', 'min', 'max', 'std', 'var', 'median', 'count'] as const
export type RollingName = (typeof rollingNames)[number]

/** One value for each of a column's, of those around it: `revenue.lag(1)`, `revenue.rolling(3).mean()`. */
export const windowNames = [
  'lag',
  'lead',
  'diff',
  'cumsum',
  'rank',
  ...rollingNames.map((name) => `rolling.${name}` as const),
] as const
export type WindowName = (typeof windowNames)[number]

/** `previous` is the column of the group before. */
export const vectorNames = ['filter', 'map', 'where', 'sort', 'unique', 'previous', ...windowNames] as const
export type VectorName = (typeof vectorNames)[number]

export const isWindowName = (name: VectorName): name is WindowName => windowNames.some((window) => window === name)

/** The method that a window begins with. */
export const windowMethod = (name: WindowName): string => name.replace(/\..*/, '')

/** The methods that windows begin with. */
export const windowMethods: ReadonlySet<string> = new Set(windowNames.map(windowMethod))

/**
 * A column made from a column: `margin.filter(valid)`, `price.map(p => p * 2)`.
 * For `map`/`filter` with a function, `args[0]` is the function's body, in which `{ kind: 'local', name: item }` is the element.
 */
export interface Vector {
  readonly kind: 'vector'
  readonly name: VectorName
  readonly of: Expression
  readonly args: readonly Expression[]
  readonly item?: string
}
