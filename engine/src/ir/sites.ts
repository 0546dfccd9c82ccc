import type { Span } from './span.ts'

/** Places in a function. They count from the start of the feature's `span`, so that they stay the same when the function moves. */
export interface Sites {
  /** Where the value of an input is read, by its local name. */
  readonly reads: ReadonlyMap<string, readonly Read[]>
  /** Names read that neither the function nor the file declares. */
  readonly free: readonly NameSite[]
  /** Names of the file's own declarations and imports, where they are read. */
  readonly own: readonly NameSite[]
  /** Names that the function declares besides its inputs; absent without any. */
  readonly inner?: ReadonlySet<string>
  /** Where an input is asked what only a whole column can be asked. */
  readonly columnUses: readonly ColumnUse[]
  /** Where the result of a calculation is asked that. */
  readonly calculationUses: readonly CalculationUse[]
  /** What the function does besides giving a value. */
  readonly effects: readonly Effect[]
  /** How the function can end without saying what it gives. */
  readonly ending?: Ending
  /** What does something else than it looks like; absent without any. */
  readonly slips?: readonly Slip[]
}

export interface Read {
  readonly span: Span
  /** `{ cost }`: the name is the property's too. */
  readonly isShorthand?: true
}

export interface NameSite {
  readonly name: string
  readonly span: Span
  /** It is called: `percent(…)`. */
  readonly isCalled?: true
  /** The language has it (`Math`), so that no column can be meant; or its host, and it is used as what it is there (`console.log`). */
  readonly known?: 'language' | 'host'
  /** The body goes on with its value: `total / 2`, `return total`. Absent where a function can be meant: `prices.map(total)`. */
  readonly isOperand?: true
}

/** `revenue.sum()`, `revenue.filter(valid).mean()`, `sum(revenue)`, `revenue.length`. */
export interface ColumnUse {
  /** Local name of the input. */
  readonly input: string
  readonly span: Span
  /** Where the input stands in it. */
  readonly inputSpan: Span
  /** As it is written, on one line. */
  readonly text: string
  /** The part that asks: `.sum()`; of several the first, `.filter()`. */
  readonly asks: string
  /** The last one, without dot: `sum`. */
  readonly method: string
  /** It gives one value. `length`: that of a text does too. */
  readonly gives: 'value' | 'column' | 'length'
  /** The first method in it that is given what it does not take, and what that is. */
  readonly superfluous?: { readonly method: string; readonly given: string; readonly isFunction: boolean }
  /** Local names of all inputs read in it. */
  readonly inputs: readonly string[]
  /** It reads nothing else of its function, so that it could stand in another. */
  readonly isClosed?: true
}

/** `(revenue - cost).sum()`, `sum(revenue - cost)`: only columns have aggregates, and a calculation gives no column. */
export interface CalculationUse {
  readonly span: Span
  /** The calculation without parentheses. */
  readonly of: Span
  readonly ofText: string
  /** `.sum()`. */
  readonly asks: string
  /** Local names of the inputs read in the calculation. */
  readonly inputs: readonly string[]
  /** What is calculated, where `of` is the name of a constant. */
  readonly from?: Span
  /** It reads nothing else of its function, so that it could stand in another. */
  readonly isClosed?: true
}

/** Something that a function does besides giving a value, or that makes its value differ from run to run. */
export interface Effect {
  /**
   * `random`, `clock`: another value each time. `print`: console. `later`: timers, promises. `outside`: files, network, the browser's page.
   * `this`: an object that is not there. `write`: a variable of the file. `input`: the data itself.
   */
  readonly kind: 'random' | 'clock' | 'print' | 'later' | 'outside' | 'this' | 'write' | 'input'
  /** What does it: `Math.random()`, `counter`. */
  readonly text: string
  /** The name it begins with. */
  readonly name: string
  readonly span: Span
}

/** A function whose end can be reached. */
export interface Ending {
  /** No path gives a value. */
  readonly isAlways?: true
  /** Otherwise: when the end is reached, as a phrase, and what decides it. */
  readonly when?: string
  readonly span?: Span
  /** The end is not reached where a name is always one of these values. */
  readonly unless?: Exhausted
  /** The last statement when it is a value that nobody takes: `{ revenue - cost }`. */
  readonly value?: Span
}

/** A name that a `switch` or a chain of `if` asks for each of these values. */
export interface Exhausted {
  readonly name: string
  readonly values: readonly (string | number | boolean)[]
}

/** Code that runs, but does something else than it looks like. */
export interface Slip {
  /**
   * `set`: `=` where `==` is meant. `callback`: `filter((r) => { r > 5 })`. `return`: its value stands on the next line. `unused`: a
   * calculation as a statement. `if`: a `;` is all that it decides. `power`: `^`. `alone`: `Math.max(a)`. `chain`: `0 < a < 9`.
   * `or`: `a == 1 || 2`. `in`: `a in [1]`. `nan`: `a == NaN`. `truth`: an input as a condition. `place`: an expression with `g` that is kept.
   * `text`: what orders, adds or dates values, `by` which.
   */
  readonly kind:
    | 'set'
    | 'callback'
    | 'return'
    | 'unused'
    | 'if'
    | 'power'
    | 'alone'
    | 'chain'
    | 'or'
    | 'in'
    | 'nan'
    | 'truth'
    | 'place'
    | 'text'
  readonly span: Span
  /** The part that matters, as it is written: what is set, asked or lost. */
  readonly text: string
  /** What is meant, as code in place of the whole. */
  readonly instead?: string
  /** What the part is set to, or asked by. */
  readonly by?: string
  /** The local names of the inputs whose values these are. */
  readonly inputs?: readonly string[]
}

/** A function or constant of a file that is no feature: what it does, the features that use it do. */
export interface Helper {
  readonly name: string
  readonly isFunction: boolean
  readonly span: Span
  /** Counted from the start of `span`. */
  readonly sites: Pick<Sites, 'free' | 'own' | 'effects'>
}
