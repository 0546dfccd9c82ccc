import { foldName } from './names.ts'

/** The names an author may have meant, best first, at most three. */
export const closest = (name: string, candidates: Iterable<string>): readonly string[] =>
  nearest(name, candidates).slice(0, 3)

/**
 * The names an author may have meant, best first: names that are equal but for case and separators, then those within an
 * optimal string alignment distance (Damerau–Levenshtein with adjacent transpositions) of 40 % of the length.
 */
export function nearest(name: string, candidates: Iterable<string>): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length * 0.4))
  const wanted = shapeOf(name)
  const near = new Map<string, number>()
  for (const candidate of candidates) {
    if (candidate === name || near.has(candidate)) continue
    const shape = shapeOf(candidate)
    const distance = shape.folded === wanted.folded ? 0 : distanceOf(wanted, shape, limit)
    if (distance <= limit) near.set(candidate, distance)
  }
  return [...near].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1)).map(([candidate]) => candidate)
}

/** What is compared of a name. */
interface Shape {
  readonly folded: string
  readonly lower: string
  /** A bit for each letter in it, by its last five bits. */
  readonly letters: number
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
  const shape = { folded: foldName(name), lower, letters }
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
