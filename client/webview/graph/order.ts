import type { Columns } from './columns.ts'

/** Items of each column, from top to bottom. */
export type Order = readonly (readonly number[])[]

/** So many sweeps without fewer crossings end the search. */
const patience = 4
const mostSweeps = 40

/**
 * An order with few crossings: columns are swept to and fro, each item goes to the middle of its neighbours in the column
 * before (Sugiyama's method); of all orders met the best is taken and its neighbours are swapped as long as that helps.
 */
export function orderOf(columns: Columns): Order {
  const sides = sidesOf(columns)
  let order = firstOrder(columns, sides.right)
  let best = order
  let fewest = crossings(order, sides)
  for (let sweep = 0, idle = 0; sweep < mostSweeps && idle < patience && fewest > 0; sweep++) {
    order = swept(order, sweep % 2 === 0 ? sides.left : sides.right, sweep % 2 === 0, sweep % 4 >= 2)
    const found = crossings(order, sides)
    idle = found < fewest ? 0 : idle + 1
    if (found < fewest) [best, fewest] = [order, found]
  }
  return fewest > 0 ? swapped(best, sides) : best
}

/** The links of each item on one side: the item at the other end, and where in it the line ends, from -0.5 to 0.5. */
type Side = readonly (readonly End[])[]
interface End {
  readonly item: number
  /** At the other item. */
  readonly at: number
  /** At this item. */
  readonly own: number
}
interface Sides {
  readonly left: Side
  readonly right: Side
}

function sidesOf({ items, links }: Columns): Sides {
  const left = items.map((): End[] => [])
  const right = items.map((): End[] => [])
  const part = (item: number, offset: number) => offset / ((items[item]?.height ?? 0) + 1)
  for (const { from, to, leaves, enters } of links) {
    const [start, end] = [part(from, leaves), part(to, enters)]
    right[from]?.push({ item: to, at: end, own: start })
    left[to]?.push({ item: from, at: start, own: end })
  }
  return { left, right }
}

/** What hangs together stands together: each item is followed by what its lines lead to. */
function firstOrder({ items }: Columns, right: Side): Order {
  const order = Array.from({ length: 1 + Math.max(-1, ...items.map(({ rank }) => rank)) }, (): number[] => [])
  const isPlaced = new Uint8Array(items.length)
  const starts = [...items.keys()].sort((a, b) => (items[a]?.rank ?? 0) - (items[b]?.rank ?? 0))
  for (const start of starts) {
    const waiting = [start]
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      if (isPlaced[item] === 1) continue
      isPlaced[item] = 1
      order[items[item]?.rank ?? 0]?.push(item)
      for (const end of (right[item] ?? []).toReversed()) waiting.push(end.item)
    }
  }
  return order
}

function placesIn(order: Order): Float64Array {
  const places = new Float64Array(order.reduce((sum, column) => sum + column.length, 0))
  for (const column of order)
    column.forEach((item, place) => {
      places[item] = place
    })
  return places
}

/** One sweep over all columns; items without neighbours on that side keep their places. `turns`: equal ones change theirs. */
function swept(order: Order, side: Side, isForward: boolean, turns: boolean): Order {
  const places = placesIn(order)
  const wanted = new Float64Array(places.length)
  const next = order.map((column) => [...column])
  for (const column of isForward ? next : next.toReversed()) {
    for (const item of column) {
      let sum = 0
      for (const { item: other, at } of side[item] ?? []) sum += (places[other] as number) + at
      // Not a number for those without neighbours.
      wanted[item] = sum / (side[item]?.length ?? 0)
    }
    const moving = column.filter((item) => !Number.isNaN(wanted[item]))
    if (turns) moving.reverse()
    moving.sort((a, b) => (wanted[a] as number) - (wanted[b] as number))
    let taken = 0
    column.forEach((item, place) => {
      const now = Number.isNaN(wanted[item]) ? item : (moving[taken++] as number)
      column[place] = now
      places[now] = place
    })
  }
  return next
}

function crossings(order: Order, { right }: Sides): number {
  const places = placesIn(order)
  let count = 0
  for (const column of order) {
    const lines = column.flatMap((item, place) =>
      (right[item] ?? []).map((end) => ({ start: place + end.own, end: (places[end.item] ?? 0) + end.at })),
    )
    lines.sort((a, b) => a.start - b.start || a.end - b.end)
    count += inversions(lines.map(({ end }) => end))
  }
  return count
}

/** Pairs that stand in the wrong order, counted while they are merged. */
function inversions(values: readonly number[]): number {
  let from = Float64Array.from(values)
  let to = new Float64Array(from.length)
  let count = 0
  for (let width = 1; width < from.length; width *= 2) {
    for (let low = 0; low < from.length; low += 2 * width) {
      const middle = Math.min(low + width, from.length)
      const high = Math.min(low + 2 * width, from.length)
      for (let a = low, b = middle, at = low; at < high; at++) {
        if (a < middle && (b >= high || (from[a] as number) <= (from[b] as number))) to[at] = from[a++] as number
        else {
          count += middle - a
          to[at] = from[b++] as number
        }
      }
    }
    ;[from, to] = [to, from]
  }
  return count
}

const mostRounds = 8

/** Neighbours change their places as long as lines cross less often then. */
function swapped(order: Order, { left, right }: Sides): Order {
  const places = placesIn(order)
  const next = order.map((column) => [...column])
  const endsOf = (item: number, side: Side): readonly number[] => {
    const ends = (side[item] ?? []).map((end) => (places[end.item] ?? 0) + end.at)
    return ends.length > 1 ? ends.sort((a, b) => a - b) : ends
  }
  /** Columns beside which something changed. */
  let open = new Set(next.keys())
  for (let round = 0; open.size > 0 && round < mostRounds; round++) {
    const now = open
    open = new Set()
    for (const rank of now) {
      const column = next[rank] ?? []
      const ends = column.map((item) => ({ item, left: endsOf(item, left), right: endsOf(item, right) }))
      for (let place = 0; place + 1 < column.length; place++) {
        const [upper, lower] = [ends[place] as (typeof ends)[number], ends[place + 1] as (typeof ends)[number]]
        const before = crossed(upper.left, lower.left) + crossed(upper.right, lower.right)
        if (before === 0 || before <= crossed(lower.left, upper.left) + crossed(lower.right, upper.right)) continue
        ends[place] = lower
        ends[place + 1] = upper
        for (const near of [rank - 1, rank, rank + 1]) open.add(near)
      }
      ends.forEach(({ item }, place) => {
        column[place] = item
        places[item] = place
      })
    }
  }
  return next
}

/** How often the lines of an item cross those of the one below it; both from top to bottom. */
function crossed(above: readonly number[], below: readonly number[]): number {
  let count = 0
  let smaller = 0
  for (const end of above) {
    while (smaller < below.length && (below[smaller] as number) < end) smaller++
    count += smaller
  }
  return count
}
