import type { AggregateName } from '../ir/expression.ts'
import type { ColumnData } from '../table/table.ts'
import type { GroupIndex } from './groups.ts'
import { functionOf, loopText, remembered } from './loops.ts'
import { correlation, covariance } from './pairs.ts'

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
