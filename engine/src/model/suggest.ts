import { foldName } from './names.ts'

/**
 * The names an author may have meant, best first, at most three: names that are equal but for case and separators, then
 * those within an optimal string alignment distance (Damerau–Levenshtein with adjacent transpositions) of 40 % of the length.
 */
export function closest(name: string, candidates: Iterable<string>): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length * 0.4))
  const folded = foldName(name)
  const near: { name: string; distance: number }[] = []
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) {
      if (foldName(candidate) !== folded || candidate === name) continue
    }
    const distance =
      foldName(candidate) === folded ? 0 : alignmentDistance(name.toLowerCase(), candidate.toLowerCase(), limit)
    if (distance <= limit) near.push({ name: candidate, distance })
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return near.slice(0, 3).map((candidate) => candidate.name)
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
