import { numbers, type Span } from './store.ts'

/** Sample covariance of two columns over the rows that have both values; NaN for fewer than two of them. */
export function covarianceOf(own: Span, other: Span): number {
  return covariance(productsOf(own, other, 'cov'))
}

/** Pearson's correlation over the rows that have both values; NaN for fewer than two of them, and where one does not vary. */
export function correlationOf(own: Span, other: Span): number {
  return correlation(productsOf(own, other, 'corr'))
}

export const covariance = ({ count, xy }: Products): number => (count < 2 ? Number.NaN : xy / (count - 1))

export const correlation = ({ count, xx, yy, xy }: Products): number =>
  count < 2 ? Number.NaN : Math.min(1, Math.max(-1, (xy / xx) * Math.sqrt(xx / yy)))

interface Products {
  /** Rows that have both values. */
  readonly count: number
  /** Sums of squared and of multiplied deviations. */
  readonly xx: number
  readonly yy: number
  readonly xy: number
}

/**
 * In one pass, with the means of the rows so far: B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4 (1962). From the first values, so that numbers far from 0 lose nothing and equal values deviate by exactly 0.
 */
function productsOf(own: Span, other: Span, method: string): Products {
  if (other?.store === undefined) throw new TypeError(`${method}() needs another column: price.${method}(cost).`)
  if (other.length !== own.length) throw lengths(method, 'other column', other.length, own.length)
  const xs = numbers(own.store, method)
  const ys = numbers(other.store, method)
  let count = 0
  let [firstX, firstY, meanX, meanY] = [0, 0, 0, 0]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < own.length; i++) {
    const x = xs[own.start + i] as number
    const y = ys[other.start + i] as number
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    const share = 1 / ++count
    if (count === 1) [firstX, firstY] = [x, y]
    const [dx, dy] = [x - firstX, y - firstY]
    const [ex, ey] = [dx - meanX, dy - meanY]
    meanX += ex * share
    meanY += ey * share
    xx += ex * (dx - meanX)
    yy += ey * (dy - meanY)
    xy += ex * (dy - meanY)
  }
  return { count, xx, yy, xy }
}

export function lengths(method: string, what: string, own: number, wanted: number): RangeError {
  return new RangeError(`${method}(): the ${what} has ${own} elements, the column ${wanted}.`)
}
