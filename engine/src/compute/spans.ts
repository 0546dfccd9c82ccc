/**
 * Aggregates over `values[start, end)`, missing values (NaN) skipped; NaN when there is nothing to say.
 * Sums run in row order, so that a streaming loop over the rows gives the very same number.
 */

export function countOf(values: Float64Array, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) if (!Number.isNaN(values[i])) count++
  return count
}

export function sumOf(values: Float64Array, start: number, end: number): number {
  let sum = 0
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) sum += value
  }
  return sum
}

export function meanOf(values: Float64Array, start: number, end: number): number {
  let sum = 0
  let count = 0
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) {
      sum += value
      count++
    }
  }
  return sum / count
}

/** Sample variance (n - 1) in two passes. */
export function varianceOf(values: Float64Array, start: number, end: number): number {
  const mean = meanOf(values, start, end)
  let squares = 0
  let count = 0
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) {
      const deviation = value - mean
      squares += deviation * deviation
      count++
    }
  }
  return count < 2 ? Number.NaN : squares / (count - 1)
}

/** Place of the first smallest value, -1 when there is none. */
export function smallestAt(values: Float64Array, start: number, end: number): number {
  let at = -1
  let smallest = Number.POSITIVE_INFINITY
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (value < smallest || (at < 0 && !Number.isNaN(value))) {
      smallest = value
      at = i
    }
  }
  return at
}

/** Place of the first largest value, -1 when there is none. */
export function largestAt(values: Float64Array, start: number, end: number): number {
  let at = -1
  let largest = Number.NEGATIVE_INFINITY
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (value > largest || (at < 0 && !Number.isNaN(value))) {
      largest = value
      at = i
    }
  }
  return at
}

/** The present values in ascending order. */
export function sortedOf(values: Float64Array, start: number, end: number): Float64Array {
  const sorted = new Float64Array(end - start)
  let count = 0
  for (let i = start; i < end; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    if (end - start <= 24) {
      let place = count
      while (place > 0 && (sorted[place - 1] as number) > value) {
        sorted[place] = sorted[place - 1] as number
        place--
      }
      sorted[place] = value
    } else sorted[count] = value
    count++
  }
  const present = count === sorted.length ? sorted : sorted.subarray(0, count)
  return end - start <= 24 ? present : present.sort()
}

/** Linear interpolation between the two nearest of the sorted values. */
export function quantileOf(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const low = sorted[below] as number
  return between(low, sorted[Math.min(below + 1, sorted.length - 1)] as number, place - below)
}

export function between(low: number, high: number, share: number): number {
  // The distance of two huge values is no number.
  return Number.isFinite(high - low) ? low + (high - low) * share : low * (1 - share) + high * share
}

/** Ranks from 1, equal values sharing the mean of their ranks; missing values have none. */
export function ranksOf(values: Float64Array): Float64Array {
  const sorted = sortedOf(values, 0, values.length)
  return values.map((value) =>
    Number.isNaN(value) ? value : (countBelow(sorted, value, false) + 1 + countBelow(sorted, value, true)) / 2,
  )
}

/** How many of the sorted values are smaller, or not larger. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    const other = sorted[middle] as number
    if (other < value || (orEqual && other === value)) from = middle + 1
    else to = middle
  }
  return from
}
