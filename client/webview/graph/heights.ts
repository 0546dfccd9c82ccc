import type { Columns, Item, Link } from './columns.ts'
import type { Order } from './order.ts'

/** Pixels between two neighbours of a column. */
const gaps = { nodes: 13, mixed: 10, bends: 9 } as const
const sweeps = 12
const straightenings = 3

/** The height of each item's middle: near its neighbours left and right, lines straight where there is room. */
export function heightsOf(columns: Columns, order: Order): Float64Array {
  const { items } = columns
  const heights = stacked(items, order)
  const pulls = pullsOf(columns)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isLast = sweep >= sweeps - 2
    for (const column of sweep % 2 === 0 ? order : order.toReversed())
      settle(column, items, heights, isLast ? pulls.both : sweep % 2 === 0 ? pulls.left : pulls.right)
  }
  order.forEach((column, rank) => {
    const [item, ...others] = column
    const before = order[rank - 1] ?? []
    // Such as a card to which no line is drawn: it stands beside what is before it.
    if (item !== undefined && others.length === 0 && pulls.both[item]?.length === 0 && before.length > 0)
      heights[item] = before.reduce((sum, each) => sum + (heights[each] as number), 0) / before.length
  })
  for (let time = 0; time < straightenings; time++) straighten(columns, order, heights)
  return heights
}

const gapOf = (a: Item, b: Item): number =>
  (a.height + b.height) / 2 + (a.isBend && b.isBend ? gaps.bends : a.isBend || b.isBend ? gaps.mixed : gaps.nodes)

/** Each column as close as it can stand, all around the same middle. */
function stacked(items: readonly Item[], order: Order): Float64Array {
  const heights = new Float64Array(items.length)
  for (const column of order) {
    let y = 0
    column.forEach((item, place) => {
      const above = items[column[place - 1] ?? -1]
      y += above ? gapOf(above, items[item] as Item) : 0
      heights[item] = y
    })
    for (const item of column) heights[item] = (heights[item] as number) - y / 2
  }
  return heights
}

interface Pull {
  readonly to: number
  /** What is added to the other's height. */
  readonly offset: number
  readonly weight: number
}
type Pulls = readonly (readonly Pull[])[]

/** What draws each item up or down. Lines between bends pull hardest, as a bend is seen there. */
function pullsOf({ items, links }: Columns): { readonly left: Pulls; readonly right: Pulls; readonly both: Pulls } {
  const left = items.map((): Pull[] => [])
  const right = items.map((): Pull[] => [])
  for (const link of links) {
    const weight = stiffness(items, link)
    left[link.to]?.push({ to: link.from, offset: link.leaves - link.enters, weight })
    right[link.from]?.push({ to: link.to, offset: link.enters - link.leaves, weight })
  }
  return { left, right, both: left.map((pulls, item) => [...pulls, ...(right[item] ?? [])]) }
}

const stiffness = (items: readonly Item[], { from, to }: Link): number =>
  [1, 2, 8][Number(items[from]?.isBend ?? false) + Number(items[to]?.isBend ?? false)] as number

const loose = 0.01

/** Moves the items of a column to where they are pulled, as near as order and distances allow (least squares). */
function settle(column: readonly number[], items: readonly Item[], heights: Float64Array, pulls: Pulls): void {
  // Without the distances that must be kept the heights only have to rise: neighbours that would not are put together.
  const blocks: { sum: number; weight: number; count: number }[] = []
  const offsets: number[] = []
  column.forEach((item, place) => {
    const above = items[column[place - 1] ?? -1]
    const offset = above ? (offsets[place - 1] as number) + gapOf(above, items[item] as Item) : 0
    offsets.push(offset)
    // What nothing pulls gives way to all others.
    let weight = loose
    let sum = loose * (heights[item] as number)
    for (const pull of pulls[item] ?? []) {
      weight += pull.weight
      sum += pull.weight * ((heights[pull.to] as number) + pull.offset)
    }
    let block = { sum: sum - offset * weight, weight, count: 1 }
    for (let last = blocks.at(-1); last && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count }
      blocks.pop()
    }
    blocks.push(block)
  })
  let place = 0
  for (const { sum, weight, count } of blocks)
    for (const end = place + count; place < end; place++)
      heights[column[place] as number] = sum / weight + (offsets[place] as number)
}

/** Lays lines straight through as many columns as their neighbours there leave room for. */
function straighten(columns: Columns, order: Order, heights: Float64Array): void {
  const { items } = columns
  const above = new Int32Array(items.length).fill(-1)
  const below = new Int32Array(items.length).fill(-1)
  for (const column of order)
    column.forEach((item, place) => {
      above[item] = column[place - 1] ?? -1
      below[item] = column[place + 1] ?? -1
    })
  const roomOf = (item: number): readonly [number, number] => {
    const [up, down] = [above[item] as number, below[item] as number]
    const own = items[item] as Item
    return [
      up < 0 ? Number.NEGATIVE_INFINITY : (heights[up] as number) + gapOf(items[up] as Item, own),
      down < 0 ? Number.POSITIVE_INFINITY : (heights[down] as number) - gapOf(own, items[down] as Item),
    ]
  }
  for (const chain of chainsOf(columns, heights)) {
    let run: { item: number; offset: number }[] = []
    let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    const lay = () => {
      const mean = run.reduce((sum, { item, offset }) => sum + (heights[item] as number) - offset, 0) / run.length
      for (const { item, offset } of run) heights[item] = Math.min(high, Math.max(low, mean)) + offset
    }
    for (const step of chain) {
      const [top, bottom] = roomOf(step.item)
      if (Math.max(low, top - step.offset) > Math.min(high, bottom - step.offset)) {
        lay()
        run = []
        ;[low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      }
      run.push(step)
      low = Math.max(low, top - step.offset)
      high = Math.min(high, bottom - step.offset)
    }
    if (run.length > 0) lay()
  }
}

/** Ways through the drawing on which every item stands at most once: lines between bends first, then the straightest. */
function chainsOf({ items, links }: Columns, heights: Float64Array) {
  const climb = ({ from, to, leaves, enters }: Link) =>
    Math.abs((heights[from] as number) + leaves - (heights[to] as number) - enters)
  const ranked = links.map((link) => ({ link, weight: stiffness(items, link), climb: climb(link) }))
  ranked.sort((a, b) => b.weight - a.weight || a.climb - b.climb)
  const next = new Map<number, Link>()
  const hasBefore = new Uint8Array(items.length)
  for (const { link } of ranked) {
    if (next.has(link.from) || hasBefore[link.to] === 1) continue
    next.set(link.from, link)
    hasBefore[link.to] = 1
  }
  const starts = [...items.keys()].filter((item) => hasBefore[item] === 0 && next.has(item))
  return starts.map((start) => {
    const chain = [{ item: start, offset: 0 }]
    for (let link = next.get(start), offset = 0; link; link = next.get(link.to)) {
      offset += link.leaves - link.enters
      chain.push({ item: link.to, offset })
    }
    return chain
  })
}
