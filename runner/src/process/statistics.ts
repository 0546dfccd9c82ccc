import type { ColumnData } from '@modeldriver/engine'
import { briefTop, type ColumnSummary } from '@modeldriver/protocol'
import { sortNumbers } from './sorting.ts'

/** What a column's header shows, without its name and kind. */
export type ColumnStatistics = Omit<ColumnSummary, 'name' | 'type' | 'kind'>

const bins = 20
/** Of the commonest values, of a column that is looked at. */
const topValues = 8

/** What one pass over a column tells: enough to write its values down, and for what stands beside the code. */
export function figuresOf(column: ColumnData): ColumnStatistics {
  if (column.type === 'boolean') return ofFlags(column.values)
  if (column.type === 'string') return ofText(column.codes, column.dictionary, briefTop)
  return ofNumbers(column.values)
}

/** Counts, spread and commonest values of one column. */
export function statisticsOf(column: ColumnData): ColumnStatistics {
  if (column.type === 'boolean') return ofFlags(column.values)
  if (column.type === 'string') return ofText(column.codes, column.dictionary, topValues)
  return { ...ofNumbers(column.values), ...spreadOf(column.values) }
}

function ofText(codes: Int32Array, dictionary: readonly string[], most: number): ColumnStatistics {
  const counts = new Float64Array(dictionary.length)
  let missing = 0
  for (const code of codes) {
    if (code < 0) missing++
    else counts[code] = (counts[code] as number) + 1
  }
  const distinct = counts.reduce((sum, count) => sum + Number(count > 0), 0)
  const top = commonest(counts, most).map((code) => ({
    value: short(dictionary[code] as string),
    count: counts[code] as number,
  }))
  return { missing, distinct, top }
}

/** The places of the greatest counts, the first of equal ones first. */
function commonest(counts: Float64Array, most: number): readonly number[] {
  const best: number[] = []
  const countAt = (place: number) => counts[best[place] as number] as number
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code] as number
    if (count === 0 || (best.length === most && count <= countAt(most - 1))) continue
    let place = best.length
    while (place > 0 && countAt(place - 1) < count) place--
    best.splice(place, 0, code)
    if (best.length > most) best.pop()
  }
  return best
}

function ofFlags(values: Uint8Array): ColumnStatistics {
  const counts = [0, 0, 0]
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  const [no = 0, yes = 0, missing = 0] = counts
  const top = [
    { value: 'true', count: yes },
    { value: 'false', count: no },
  ]
  const present = top.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  return { missing, distinct: present.length, top: present }
}

// Counted by index below: an iterator makes an object of every number.

function ofNumbers(values: Float64Array): ColumnStatistics {
  let [missing, sum] = [0, 0]
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) missing++
    else {
      sum += value
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  const count = values.length - missing
  return count === 0 ? { missing, distinct: 0 } : { missing, min, max, mean: sum / count }
}

/** What takes sorting. */
function spreadOf(values: Float64Array): Partial<ColumnStatistics> {
  const sorted = sortNumbers(presentIn(values))
  const count = sorted.length
  if (count === 0) return {}
  let sum = 0
  let distinct = 0
  for (let i = 0; i < count; i++) {
    sum += sorted[i] as number
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += ((sorted[i] as number) - mean) ** 2
  const middle = ((sorted[(count - 1) >> 1] as number) + (sorted[count >> 1] as number)) / 2
  return {
    distinct,
    median: middle,
    ...(count > 1 && { std: Math.sqrt(squares / (count - 1)) }),
    histogram: histogramOf(sorted),
  }
}

function presentIn(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) present[count++] = value
  }
  return present.subarray(0, count)
}

/** Equal bins over the middle 99 % of the sorted values; what lies outside counts in the first and last bin. */
function histogramOf(sorted: Float64Array): NonNullable<ColumnSummary['histogram']> {
  const last = sorted.length - 1
  const from = sorted[Math.floor(last * 0.005)] as number
  const to = sorted[Math.ceil(last * 0.995)] as number
  const counts = new Array<number>(bins).fill(0)
  const width = (to - from) / bins
  let bin = 0
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number
    // Compared with the edges as a filter by this bar is, so that it finds as many.
    while (width > 0 && bin < bins - 1 && value >= from + width * (bin + 1)) bin++
    counts[bin] = (counts[bin] as number) + 1
  }
  return { from, to, counts }
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
