import type { RangeStatistics } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCount, formatNumber } from '../shared/format.ts'

/** What the marked cells come to. */
export function SelectionFacts({ statistics }: { statistics: RangeStatistics | undefined }) {
  if (!statistics) return null
  const { cells, count, numbers, sum, mean, min, max } = statistics
  const facts: readonly (readonly [fact: string, word: string, value: string | undefined])[] = [
    ['cells', t('cells'), formatCount(cells)],
    [
      'missing',
      t({ message: 'missing', comment: 'how many of the marked cells' }),
      cells > count ? formatCount(cells - count) : undefined,
    ],
    ['sum', t('sum'), numbers > 0 ? amount(sum) : undefined],
    ['mean', t('mean'), mean === undefined ? undefined : amount(mean)],
    ['min', t('min'), min === undefined ? undefined : amount(min)],
    ['max', t('max'), max === undefined ? undefined : amount(max)],
  ]
  return (
    <span className="selection" role="status" data-selection={cells}>
      {facts.map(
        ([fact, word, value]) =>
          value !== undefined && (
            <span key={fact} data-fact={fact}>
              {word} <b>{value}</b>
            </span>
          ),
      )}
    </span>
  )
}

const amount = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2)
