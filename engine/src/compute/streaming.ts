import type { AggregateName } from '../ir/expression.ts'
import { instantType, numberType } from '../table/build.ts'
import { columnLength, takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import type { GroupIndex } from './groups.ts'
import { functionOf, loopText, remembered } from './loops.ts'
import type { BufferPool } from './pool.ts'
import { allMissing, counted, missingIn } from './sink.ts'
import { pairOf } from './streamingPairs.ts'

/** What an aggregate is taken of: `column`, where `mask` is true, and for `cov` and `corr` the `other` one. */
export interface Aggregated {
  readonly column: ColumnData
  readonly other?: ColumnData | undefined
  readonly mask?: ColumnData | undefined
}

/**
 * One aggregate for every group, in one pass (two for the variance) over the rows, without
 * calling anything. The same numbers to the last bit as the `Column` method gives, infinite ones too: `settled` makes a result of them.
 * Undefined where a call is needed.
 */
export function streamAggregate(
  name: AggregateName,
  { column, other, mask }: Aggregated,
  groups: GroupIndex,
  buffers?: BufferPool,
): ColumnData | undefined {
  if (mask && (mask.type !== 'boolean' || other)) return undefined
  if (other) return pairOf(name, column, other, groups)
  const rows: Rows = { column, mask: mask?.values, groups, buffers }
  const isNumeric = column.type === 'number' || column.type === 'integer' || column.type === 'boolean'
  switch (name) {
    case 'length':
      return numbers(Float64Array.from(lengths(rows)))
    case 'count':
      return numbers(Float64Array.from(counts(rows)))
    case 'first':
    case 'last': {
      const places = new Int32Array(groups.count).fill(-1)
      pass(name === 'last' ? 'a[g] = i' : 'if (a[g] < 0) a[g] = i', rows, places)
      return takeCells(column, places)
    }
    case 'sum':
      return isNumeric ? numbers(sums(rows)) : undefined
    case 'mean':
      return isNumeric ? numbers(means(rows)) : undefined
    case 'var':
      return isNumeric ? numbers(variances(rows)) : undefined
    case 'std':
      return isNumeric ? numbers(roots(variances(rows))) : undefined
    case 'min':
      return isOrdered(column)
        ? extreme('if (x < a[g]) a[g] = x', Number.POSITIVE_INFINITY, rows, column.type)
        : undefined
    case 'max':
      return isOrdered(column)
        ? extreme('if (x > a[g]) a[g] = x', Number.NEGATIVE_INFINITY, rows, column.type)
        : undefined
    default:
      return undefined
  }
}

const numbers = (values: Float64Array): ColumnData => ({ type: 'number', values })

interface Rows {
  readonly column: ColumnData
  readonly mask: Uint8Array | undefined
  readonly groups: GroupIndex
  readonly buffers: BufferPool | undefined
}

/** One number for each group, all the same. */
function perGroup({ groups, buffers }: Rows, start: number): Float64Array {
  return (buffers?.take(groups.count) ?? new Float64Array(groups.count)).fill(start)
}

type PerGroup = Float64Array | Int32Array
type Pass = (
  n: number,
  codes: Int32Array,
  values: ArrayLike<number>,
  mask: Uint8Array | undefined,
  a: PerGroup,
  b?: PerGroup,
) => void

/** One for each kind of memory that it reads. */
const passOf = remembered((kind: string, item: string) =>
  functionOf<Pass>(`each_${kind}`, ['n', 'codes', 'values', 'mask', 'a', 'b'], `let i = 0\n${loopText(item)}`),
)

const kindOf = ({ type }: ColumnData): 'string' | 'boolean' | 'number' =>
  type === 'string' || type === 'boolean' ? type : 'number'

/** Does `body` for every row of a group that has a value: `g` is its group, `x` its value, `i` its place; `a` and `b` are given. */
function pass(body: string, rows: Rows, a: PerGroup, b?: PerGroup): void {
  const kind = kindOf(rows.column)
  const present = { string: 'x >= 0', boolean: 'x !== 2', number: 'x === x' }[kind]
  passAll(body, rows, missingIn(rows.column) > 0 ? [present] : [], a, b)
}

/** The same for every row that passes the tests. */
function passAll(
  body: string,
  { column, mask, groups }: Rows,
  tests: readonly string[],
  a: PerGroup,
  b?: PerGroup,
): void {
  const kind = kindOf(column)
  const all = [...(groups.rowsWithoutKey > 0 ? ['g >= 0'] : []), ...(mask ? ['mask[i] === 1'] : []), ...tests]
  const item = `const g = codes[i], x = values[i]; ${all.length > 0 ? `if (${all.join(' && ')}) ` : ''}{ ${body} }`
  const { codes } = groups
  passOf(kind, item)(codes.length, codes, column.type === 'string' ? column.codes : column.values, mask, a, b)
}

/** How many rows each group has. */
function lengths(rows: Rows): Int32Array {
  if (!rows.mask) return rows.groups.sizes
  const lengths = new Int32Array(rows.groups.count)
  passAll('a[g]++', rows, [], lengths)
  return lengths
}

function sums(rows: Rows): Float64Array {
  const sums = perGroup(rows, 0)
  pass('a[g] += x', rows, sums)
  return sums
}

/** How many values each group has. */
function counts(rows: Rows): Int32Array {
  const { column, groups } = rows
  if (missingIn(column) === 0) return lengths(rows)
  const counts = new Int32Array(groups.count)
  pass('a[g]++', rows, counts)
  return counts
}

function means(rows: Rows, present = counts(rows)): Float64Array {
  const means = sums(rows)
  for (let group = 0; group < means.length; group++)
    means[group] = (means[group] as number) / (present[group] as number)
  return means
}

function variances(rows: Rows): Float64Array {
  const present = counts(rows)
  const mean = means(rows, present)
  const squares = perGroup(rows, 0)
  pass('const d = x - b[g]; a[g] += d * d', rows, squares, mean)
  rows.buffers?.give(mean)
  for (let group = 0; group < squares.length; group++) {
    const n = present[group] as number
    squares[group] = n < 2 ? Number.NaN : (squares[group] as number) / (n - 1)
  }
  return squares
}

function roots(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(values[i] as number)
  return values
}

type Ordered = Extract<ColumnData, { values: Float64Array }>
const isOrdered = (column: ColumnData): column is Ordered => column.type !== 'string' && column.type !== 'boolean'

/** The body is never true for a missing value. */
function extreme(body: string, start: number, rows: Rows, type: Ordered['type']): ColumnData {
  const extremes = perGroup(rows, start)
  pass(body, rows, extremes)
  for (let group = 0; group < extremes.length; group++) if (extremes[group] === start) extremes[group] = Number.NaN
  return { type, values: extremes }
}

/** Results have the type that their values show, as those of calls. */
export function retyped(column: ColumnData): ColumnData {
  const missing = missingIn(column)
  if (missing === columnLength(column)) return allMissing(missing)
  if (column.type === 'string' || column.type === 'boolean') return column
  const isDate = column.type === 'date' || column.type === 'datetime'
  const { values } = column
  return counted({ type: isDate ? instantType(values) : numberType(values), values }, missing)
}

/** What a step gives, of what an aggregate found: no number that is infinite, and the type that the values show. */
export function settled(column: ColumnData): ColumnData {
  if (column.type !== 'number') return retyped(column)
  const { values } = column
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    values[i] = Number.NaN
    missing++
  }
  return counted({ type: numberType(values), values }, missing)
}
