import type { AggregateName } from '../ir/expression.ts'
import type { ColumnData } from '../table/table.ts'
import type { GroupIndex } from './groups.ts'
import { functionOf, loopText, remembered } from './loops.ts'
import { correlation, covariance } from './pairs.ts'

/**
 * `x.corr(y)` or `x.cov(y)` for every group, as `productsOf` computes it, in one pass over all rows. Undefined where a column is neither numbers
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
  pairLoop(x.present, y.present)(codes.length, codes, x.cells, y.cells, records)
  const of = name === 'corr' ? correlation : covariance
  const values = Float64Array.from({ length: count }, (_, group) => {
    const r = recordSize * group
    const [xx, yy, xy] = [records[r + 5], records[r + 6], records[r + 7]] as [number, number, number]
    return of({ count: records[r] as number, xx, yy, xy })
  })
  return { type: 'number', values }
}

/** Of each group, in one line of the processor's cache: count, first x and y, means of x and y from there, xx, yy, xy. */
const recordSize = 8

type PairLoop = (
  n: number,
  codes: Int32Array,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  records: Float64Array,
) => void

/** One for each kind of memory that it reads. */
const pairLoop = remembered((presentX: string, presentY: string) => {
  const item = `const g = codes[i], x = xs[i], y = ys[i]
    if (g >= 0 && ${presentX} && ${presentY}) {
      const r = ${recordSize} * g, share = 1 / ++a[r]
      if (share === 1) { a[r + 1] = x; a[r + 2] = y }
      const dx = x - a[r + 1], dy = y - a[r + 2], ex = dx - a[r + 3], ey = dy - a[r + 4]
      const mx = a[r + 3] += ex * share, my = a[r + 4] += ey * share
      a[r + 5] += ex * (dx - mx); a[r + 6] += ey * (dy - my); a[r + 7] += ex * (dy - my)
    }`
  return functionOf<PairLoop>('pairs', ['n', 'codes', 'xs', 'ys', 'a'], `let i = 0\n${loopText(item)}`)
})

function ofCells(column: ColumnData, name: string): { cells: ArrayLike<number>; present: string } | undefined {
  if (column.type === 'boolean') return { cells: column.values, present: `${name} !== 2` }
  if (column.type !== 'number' && column.type !== 'integer') return undefined
  return { cells: column.values, present: `${name} === ${name}` }
}
