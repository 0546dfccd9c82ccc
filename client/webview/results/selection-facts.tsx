import type { RangeStatistics } from '@modeldriver/protocol'
import { formatCount, formatNumber } from '../shared/format.ts'

/** What the marked cells come to. */
export function SelectionFacts({ statistics }: { statistics: RangeStatistics | undefined }) {
  if (!statistics) return null
  const { cells, count, numbers, sum, mean, min, max } = statistics
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['cells', formatCount(cells)],
    ['missing', cells > count ? formatCount(cells - count) : undefined],
    ['sum', numbers > 0 ? amount(sum) : undefined],
    ['mean', mean === undefined ? undefined : amount(mean)],
    ['min', min === undefined ? undefined : amount(min)],
    ['max', max === undefined ? undefined : amount(max)],
  ]
  return (
    <span className="selection" role="status" data-selection={cells}>
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <span key={name} data-fact={name}>
              {name} <b>{value}</b>
            </span>
          ),
      )}
    </span>
  )
}

const amount = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2)
