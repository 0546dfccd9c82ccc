import type { ColumnData } from '@modeldriver/engine'
import type { ColumnSummary } from '@modeldriver/protocol'
import { sortNumbers } from './sorting.ts'

/** What a column's header shows, without its name and kind. */
export type ColumnStatistics = Omit<ColumnSummary, 'name' | 'type' | 'kind'>

const bins = 20
const topValues = 8

/** Counts, spread and commonest values of one column. */
export function statisticsOf(column: ColumnData): ColumnStatistics {
  if (column.type === 'string') return ofText(column.codes, column.dictionary)
  if (column.type === 'boolean') return ofFlags(column.values)
  return ofNumbers(column.values)
}

function ofText(codes: Int32Array, dictionary: readonly string[]): ColumnStatistics {
  const counts = new Float64Array(dictionary.length)
  let missing = 0
  for (const code of codes) {
    if (code < 0) missing++
    else counts[code] = (counts[code] as number) + 1
  }
  const ranked = Array.from(counts.keys()).filter((code) => (counts[code] as number) > 0)
  ranked.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const top = ranked
    .slice(0, topValues)
    .map((code) => ({ value: short(dictionary[code] as string), count: counts[code] as number }))
  return { missing, distinct: ranked.length, top }
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

function ofNumbers(values: Float64Array): ColumnStatistics {
  // Counted by index here: an iterator makes an object of every number.
  const sorted = sortNumbers(presentIn(values))
  const count = sorted.length
  const missing = values.length - count
  if (count === 0) return { missing, distinct: 0 }
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
    missing,
    distinct,
    min: sorted[0] as number,
    max: sorted[count - 1] as number,
    mean,
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
