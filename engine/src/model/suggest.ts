import { foldName } from './names.ts'

/** The names an author may have meant, best first, at most three. */
export const closest = (name: string, candidates: Iterable<string>): readonly string[] =>
  nearest(name, candidates).slice(0, 3)

/**
 * The names an author may have meant, best first: names that are equal but for case and separators, then those within an
 * optimal string alignment distance (Damerau–Levenshtein with adjacent transpositions) of 40 % of the length. Of those that are as near
 * the ones with the same capital letters come first.
 */
export function nearest(name: string, candidates: Iterable<string>): readonly string[] {
  const near = new Map<string, number>()
  for (const candidate of candidates) compare(name, candidate, near)
  return inOrder(near)
}

/** Names that many others are compared with. */
export interface NameIndex {
  /** Those that may have been meant, best first, among them and `others`. */
  readonly nearest: (name: string, others?: Iterable<string>) => readonly string[]
}

/**
 * Compares each name only with those of about its length, and remembers what came of it. Where thousands of names are wrong, it finds
 * nothing for the last ones: then something else is wrong than the names. Of names that are as near those that `isFirst` says come first.
 */
export function nameIndex(names: readonly string[], isFirst: (name: string) => boolean = () => true): NameIndex {
  const { byLength, byFolded, known } = sortedNames(names)
  let left = mostComparisons
  return {
    nearest: (name, others = []) => {
      const lists = [byFolded.get(shapeOf(name).folded) ?? []]
      const limit = limitOf(name)
      const own = shapeOf(name).lower.length
      for (let length = own - limit; length <= own + limit; length++) lists.push(byLength.get(length) ?? [])
      for (const { length } of lists) left -= length
      const near = left < 0 ? undefined : (known.get(name) ?? nearIn(name, lists))
      if (near) known.set(name, near)
      const all = new Map<string, number>()
      for (const [candidate, distance] of near ?? [])
        all.set(candidate, isFirst(candidate) ? distance : distance + later)
      for (const other of others) compare(name, other, all)
      return inOrder(all)
    },
  }
}

/** Less than what one other capital letter counts. */
const later = 1 / 64

const mostComparisons = 250_000

interface SortedNames {
  readonly names: readonly string[]
  readonly byLength: ReadonlyMap<number, readonly string[]>
  readonly byFolded: ReadonlyMap<string, readonly string[]>
  readonly known: Map<string, ReadonlyMap<string, number>>
}

/** The names of the last models that were asked about: an edit inside of features leaves them as they are. */
const sorted: SortedNames[] = []
const mostSorted = 8

function sortedNames(names: readonly string[]): SortedNames {
  const isSame = (other: SortedNames) =>
    other.names.length === names.length && other.names.every((name, i) => name === names[i])
  const at = sorted.findIndex(isSame)
  const [found = sortNames(names)] = at < 0 ? [] : sorted.splice(at, 1)
  if (found.known.size > mostShapes) found.known.clear()
  sorted.unshift(found)
  sorted.length = Math.min(sorted.length, mostSorted)
  return found
}

function sortNames(names: readonly string[]): SortedNames {
  const byLength = new Map<number, string[]>()
  const byFolded = new Map<string, string[]>()
  for (const name of names) {
    const { lower, folded } = shapeOf(name)
    addTo(byLength, lower.length, name)
    addTo(byFolded, folded, name)
  }
  return { names, byLength, byFolded, known: new Map() }
}

function addTo<K>(lists: Map<K, string[]>, key: K, name: string): void {
  const list = lists.get(key)
  if (list) list.push(name)
  else lists.set(key, [name])
}

function nearIn(name: string, lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const near = new Map<string, number>()
  for (const list of lists) for (const candidate of list) compare(name, candidate, near)
  return near
}

/** Notes how far a candidate is, when that is near enough. */
function compare(name: string, candidate: string, near: Map<string, number>): void {
  if (candidate === name || near.has(candidate)) return
  const limit = limitOf(name)
  const [wanted, shape] = [shapeOf(name), shapeOf(candidate)]
  const distance = shape.folded === wanted.folded ? 0 : distanceOf(wanted, shape, limit)
  if (distance <= limit && distance < Math.max(name.length, candidate.length))
    near.set(candidate, distance + bits(wanted.capitals ^ shape.capitals) / 32)
}

const limitOf = (name: string): number => Math.max(1, Math.floor(name.length * 0.4))

const inOrder = (near: ReadonlyMap<string, number>): readonly string[] =>
  [...near].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1)).map(([candidate]) => candidate)

/** What is compared of a name. */
interface Shape {
  readonly folded: string
  readonly lower: string
  /** A bit for each letter in it, by its last five bits. */
  readonly letters: number
  /** The same for its capital letters. */
  readonly capitals: number
}

/** Projects ask about the same names again and again: with every keystroke, and each unknown name about all others. */
const shapes = new Map<string, Shape>()
const mostShapes = 20_000

function shapeOf(name: string): Shape {
  const known = shapes.get(name)
  if (known) return known
  const lower = name.toLowerCase()
  let letters = 0
  for (let i = 0; i < lower.length; i++) letters |= 1 << (lower.charCodeAt(i) & 31)
  let capitals = 0
  for (let i = 0; i < name.length; i++) if (name[i] !== lower[i]) capitals |= 1 << (name.charCodeAt(i) & 31)
  const shape = { folded: foldName(name), lower, letters, capitals }
  if (shapes.size >= mostShapes) shapes.clear()
  shapes.set(name, shape)
  return shape
}

/** Edits from one to the other; more than `limit` is any number above it. */
function distanceOf(a: Shape, b: Shape, limit: number): number {
  if (Math.abs(a.lower.length - b.lower.length) > limit) return limit + 1
  // An edit brings or takes away one letter.
  if (bits(a.letters & ~b.letters) > limit || bits(b.letters & ~a.letters) > limit) return limit + 1
  return alignmentDistance(a.lower, b.lower, limit)
}

function bits(letters: number): number {
  let count = 0
  for (let left = letters; left !== 0; left &= left - 1) count++
  return count
}

/** Edits (insert, delete, replace, swap neighbours) from `a` to `b`; anything above `limit` is `limit + 1`. */
function alignmentDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let best = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (beforeLast[j - 2] as number) + 1)
      row.push(edits)
      best = Math.min(best, edits)
    }
    if (best > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}
