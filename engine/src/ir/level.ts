/**
 * What one value of a feature belongs to: a row of the row table, a group of the group table,
 * or neither (`constant`: it reads no rows and no groups; it is broadcast).
 */
export type Level = 'row' | 'group' | 'constant'

/** The rule that decided a level, in the order in which the rules are asked. */
export type LevelRule = 'manifest' | 'directive' | 'type' | 'result' | 'method' | 'name' | 'default'

/** The level of one feature, and why. `why` is a phrase an author reads: `#agg`, `returns revenue.sum()`. */
export interface LevelDecision {
  readonly level: Level
  readonly rule: LevelRule
  readonly why: string
}
