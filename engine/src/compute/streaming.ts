import type { AggregateName } from '../ir/expression.ts'
import { instantType, numberType } from '../table/build.ts'
import { columnLength, takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import type { GroupIndex } from './groups.ts'
import { allMissing, missingIn } from './sink.ts'
import { storeOf } from './store.ts'

/**
 * One aggregate of one column for every group, in one pass (two for the variance) over the rows, without calling anything.
 * The same numbers to the last bit as the `Column` method gives. Undefined where a call is needed.
 */
export function streamAggregate(name: AggregateName, column: ColumnData, groups: GroupIndex): ColumnData | undefined {
  const isNumeric = column.type === 'number' || column.type === 'integer' || column.type === 'boolean'
  switch (name) {
    case 'length':
      return numeric(lengths(groups))
    case 'count':
      return numeric(counts(storeOf(column).values, groups))
    case 'first':
    case 'last':
      return retyped(takeCells(column, placeOf(name, storeOf(column).values, groups)))
    case 'sum':
      return isNumeric ? numeric(sums(storeOf(column).values, groups)) : undefined
    case 'mean':
      return isNumeric ? numeric(means(storeOf(column).values, groups)) : undefined
    case 'var':
      return isNumeric ? numeric(variances(storeOf(column).values, groups)) : undefined
    case 'std':
      return isNumeric ? numeric(variances(storeOf(column).values, groups).map(Math.sqrt)) : undefined
    case 'min':
    case 'max':
      if (column.type === 'string' || column.type === 'boolean') return undefined
      return extreme(name, column, groups)
    default:
      return undefined
  }
}

function lengths({ codes, count }: GroupIndex): Float64Array {
  const lengths = new Float64Array(count)
  for (let i = 0; i < codes.length; i++) {
    const group = codes[i] as number
    if (group >= 0) lengths[group] = (lengths[group] as number) + 1
  }
  return lengths
}

function counts(values: Float64Array, { codes, count }: GroupIndex): Float64Array {
  const counts = new Float64Array(count)
  for (let i = 0; i < codes.length; i++) {
    const group = codes[i] as number
    if (group >= 0 && !Number.isNaN(values[i])) counts[group] = (counts[group] as number) + 1
  }
  return counts
}

function sums(values: Float64Array, { codes, count }: GroupIndex): Float64Array {
  const sums = new Float64Array(count)
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] as number
    const group = codes[i] as number
    if (group >= 0 && !Number.isNaN(value)) sums[group] = (sums[group] as number) + value
  }
  return sums
}

function means(values: Float64Array, groups: GroupIndex): Float64Array {
  const { codes, count } = groups
  const sums = new Float64Array(count)
  const present = new Int32Array(count)
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] as number
    const group = codes[i] as number
    if (group >= 0 && !Number.isNaN(value)) {
      sums[group] = (sums[group] as number) + value
      present[group] = (present[group] as number) + 1
    }
  }
  for (let group = 0; group < count; group++) sums[group] = (sums[group] as number) / (present[group] as number)
  return sums
}

function variances(values: Float64Array, groups: GroupIndex): Float64Array {
  const { codes, count } = groups
  const mean = means(values, groups)
  const squares = new Float64Array(count)
  const present = new Int32Array(count)
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] as number
    const group = codes[i] as number
    if (group >= 0 && !Number.isNaN(value)) {
      const deviation = value - (mean[group] as number)
      squares[group] = (squares[group] as number) + deviation * deviation
      present[group] = (present[group] as number) + 1
    }
  }
  for (let group = 0; group < count; group++) {
    const n = present[group] as number
    squares[group] = n < 2 ? Number.NaN : (squares[group] as number) / (n - 1)
  }
  return squares
}

function extreme(
  name: 'min' | 'max',
  column: Extract<ColumnData, { values: Float64Array }>,
  { codes, count }: GroupIndex,
): ColumnData {
  const { values } = column
  const sign = name === 'min' ? 1 : -1
  const extremes = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < codes.length; i++) {
    const value = (values[i] as number) * sign
    const group = codes[i] as number
    // Never true for a missing value.
    if (value < (extremes[group] as number)) extremes[group] = value
  }
  for (let group = 0; group < count; group++) {
    const extreme = extremes[group] as number
    extremes[group] = extreme === Number.POSITIVE_INFINITY ? Number.NaN : extreme * sign
  }
  return retyped({ type: column.type, values: extremes })
}

/** Results have the type that their values show, as those of calls. */
function retyped(column: ColumnData): ColumnData {
  if (column.type === 'string' || column.type === 'boolean')
    return missingIn(column) === columnLength(column) ? allMissing(columnLength(column)) : column
  const isDate = column.type === 'date' || column.type === 'datetime'
  if (isDate && missingIn(column) < column.values.length)
    return { type: instantType(column.values), values: column.values }
  return { type: numberType(column.values), values: column.values }
}

/** Row of the first or last present value of each group, -1 when there is none. */
function placeOf(name: 'first' | 'last', values: Float64Array, { codes, count }: GroupIndex): Int32Array {
  const places = new Int32Array(count).fill(-1)
  for (let i = 0; i < codes.length; i++) {
    const group = codes[i] as number
    if (group < 0 || Number.isNaN(values[i])) continue
    if (name === 'last' || (places[group] as number) < 0) places[group] = i
  }
  return places
}

/** What has no finite value is missing. */
function numeric(values: Float64Array): ColumnData {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) values[i] = Number.NaN
  return { type: numberType(values), values }
}
