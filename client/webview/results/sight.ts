import type { Source } from './pages.ts'

export const rowHeight = 24

/** Rows from `first` to `last`. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** How far the rows of a source are scrolled, in pixels. */
export interface Place {
  readonly source: Source
  readonly top: number
}

/** The scroll position within a table of `count` rows of which `space` pixels are in sight. */
export const clampTop = (top: number, space: number, count: number): number =>
  Math.max(0, Math.min(top, count * rowHeight - space))

/** Rows in sight at a scroll position. */
export const spanAt = (top: number, space: number, count: number): Span => ({
  first: Math.floor(top / rowHeight),
  last: Math.min(count, Math.ceil((top + space) / rowHeight)) - 1,
})

/** Most rows that can be in sight. */
export const mostInSight = (space: number): number => Math.ceil(space / rowHeight) + 1

/** What is drawn, and what may be drawn later in place of it. */
export interface Sight {
  readonly shown: Place
  /** Places that were passed while their rows were not here, the last one first; then the one that is shown, if it is not the current one. */
  readonly passed: readonly Place[]
}

/** Passed places that are remembered: of fewer pages than these are on their way. */
const mostPassed = 30

/**
 * A table is drawn where it is scrolled to. While rows of that place are on their way, it stays where it was, or goes to
 * the last place that was passed and whose rows have come: a fast move is seen in steps, and never as rows without cells,
 * as long as there are others to show.
 */
export function sightAt(current: Place, passed: readonly Place[], isComing: (place: Place) => boolean): Sight {
  const before = passed.filter(({ source, top }) => source === current.source && top !== current.top)
  if (!isComing(current)) return { shown: current, passed: [current] }
  const at = before.findIndex((place) => !isComing(place))
  const shown = before[at]
  if (!shown) return { shown: current, passed: [current, ...before].slice(0, mostPassed) }
  return { shown, passed: [current, ...before.slice(0, Math.min(at, mostPassed)), shown] }
}
