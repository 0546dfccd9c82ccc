/** The other groups of a column's group. */
export interface Neighbours {
  /** Where the rows of each group begin. */
  readonly offsets: Int32Array
  /** The group before each in the order of the model, -1 for a first one. @throws Error that says what the model lacks */
  readonly before: () => Int32Array
}

/** The group that a column is of. A view that moves from group to group has one place that moves with it. */
export interface Place {
  readonly neighbours: Neighbours
  /** -1: before the first one. */
  group: number
}

const made = new WeakMap<Place, { readonly group: number; readonly before: Map<number, unknown> }>()

/** What `make` gives for the rows of the group `n` before; the very same again while the place does not move, so that a callback may ask. */
export function ofGroupBefore<C>(place: Place, n: number, make: (start: number, length: number, place: Place) => C): C {
  const { neighbours, group } = place
  let known = made.get(place)
  if (known?.group !== group) {
    known = { group, before: new Map() }
    made.set(place, known)
  }
  const before = known.before.get(n) as C | undefined
  if (before) return before
  const found = groupBefore(place, n)
  const [start, end] =
    found < 0 ? [0, 0] : [neighbours.offsets[found] as number, neighbours.offsets[found + 1] as number]
  const column = make(start, end - start, { neighbours, group: found })
  known.before.set(n, column)
  return column
}

/** -1 when there is none. */
function groupBefore({ neighbours, group }: Place, n: number): number {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`previous(n) needs a whole number of groups, at least 1, not ${n}.`)
  const before = neighbours.before()
  let found = group
  for (let i = 0; i < n && found >= 0; i++) found = before[found] as number
  return found
}
