import type { AggregateName } from '../ir/expression.ts'
import type { ColumnData } from '../table/table.ts'
import type { GroupIndex } from './groups.ts'
import { functionOf, loopText, remembered } from './loops.ts'
import { numbers, type Span } from './store.ts'

/** Sample covariance of two columns over the rows that have both values; NaN for fewer than two of them. */
export function covarianceOf(own: Span, other: Span): number {
  return covariance(productsOf(own, other, 'cov'))
}

/** Pearson's correlation over the rows that have both values; NaN for fewer than two of them, and where one does not vary. */
export function correlationOf(own: Span, other: Span): number {
  return correlation(productsOf(own, other, 'corr'))
}

const covariance = ({ count, xy }: Products): number => (count < 2 ? Number.NaN : xy / (count - 1))

const correlation = ({ count, xx, yy, xy }: Products): number =>
  count < 2 ? Number.NaN : Math.min(1, Math.max(-1, (xy / xx) * Math.sqrt(xx / yy)))

interface Products {
  /** Rows that have both values. */
  readonly count: number
  /** Sums of squared and of multiplied deviations. */
  readonly xx: number
  readonly yy: number
  readonly xy: number
}

/** In two passes; from the first values, so that equal values deviate by exactly 0. */
function productsOf(own: Span, other: Span, method: string): Products {
  if (other?.store === undefined) throw new TypeError(`${method}() needs another column: price.${method}(cost).`)
  if (other.length !== own.length) throw lengths(method, 'other column', other.length, own.length)
  const xs = numbers(own.store, method)
  const ys = numbers(other.store, method)
  let count = 0
  let [firstX, firstY, sumX, sumY] = [0, 0, 0, 0]
  for (let i = 0; i < own.length; i++) {
    const x = xs[own.start + i] as number
    const y = ys[other.start + i] as number
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    if (count++ === 0) [firstX, firstY] = [x, y]
    sumX += x - firstX
    sumY += y - firstY
  }
  const [meanX, meanY] = [sumX / count, sumY / count]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < own.length; i++) {
    const x = (xs[own.start + i] as number) - firstX - meanX
    const y = (ys[other.start + i] as number) - firstY - meanY
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    xx += x * x
    yy += y * y
    xy += x * y
  }
  return { count, xx, yy, xy }
}

/**
 * `x.corr(y)` or `x.cov(y)` for every group, as `productsOf` computes it, in two passes over all rows. Undefined where a column is neither numbers
 * nor truth values.
 */
export function pairOf(
  name: AggregateName,
  own: ColumnData,
  other: ColumnData,
  { codes, count }: GroupIndex,
): ColumnData | undefined {
  const [x, y] = [ofCells(own, 'x'), ofCells(other, 'y')]
  if (!x || !y || (name !== 'corr' && name !== 'cov')) return undefined
  const records = new Float64Array(recordSize * count)
  const rows = (body: string) => pairLoop(x.present, y.present, body)(codes.length, codes, x.cells, y.cells, records)
  rows(`if (a[r]++ === 0) { a[r + 1] = x; a[r + 2] = y }
    a[r + 3] += x - a[r + 1]; a[r + 4] += y - a[r + 2]`)
  for (let r = 0; r < records.length; r += recordSize) {
    for (const sum of [r + 3, r + 4]) records[sum] = (records[sum] as number) / (records[r] as number)
  }
  rows(`const dx = x - a[r + 1] - a[r + 3], dy = y - a[r + 2] - a[r + 4]
    a[r + 5] += dx * dx; a[r + 6] += dy * dy; a[r + 7] += dx * dy`)
  const of = name === 'corr' ? correlation : covariance
  const values = Float64Array.from({ length: count }, (_, group) => {
    const r = recordSize * group
    const [xx, yy, xy] = [records[r + 5], records[r + 6], records[r + 7]] as [number, number, number]
    return of({ count: records[r] as number, xx, yy, xy })
  })
  return { type: 'number', values }
}

/** Of each group, in one line of the processor's cache: count, first x and y, sums and then means of x and y, xx, yy, xy. */
const recordSize = 8

type PairLoop = (
  n: number,
  codes: Int32Array,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  records: Float64Array,
) => void

/** One for each kind of memory that it reads. */
const pairLoop = remembered((presentX: string, presentY: string, body: string) => {
  const item = `const g = codes[i], x = xs[i], y = ys[i]
    if (g >= 0 && ${presentX} && ${presentY}) { const r = ${recordSize} * g; ${body} }`
  return functionOf<PairLoop>('pairs', ['n', 'codes', 'xs', 'ys', 'a'], `let i = 0\n${loopText(item)}`)
})

function ofCells(column: ColumnData, name: string): { cells: ArrayLike<number>; present: string } | undefined {
  if (column.type === 'boolean') return { cells: column.values, present: `${name} !== 2` }
  if (column.type !== 'number' && column.type !== 'integer') return undefined
  return { cells: column.values, present: `${name} === ${name}` }
}

export function lengths(method: string, what: string, own: number, wanted: number): RangeError {
  return new RangeError(`${method}(): the ${what} has ${own} elements, the column ${wanted}.`)
}
