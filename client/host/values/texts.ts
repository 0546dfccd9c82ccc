import { type ColumnSummary, type FeatureValue, locale, localized } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'

/** `mean 35.9 · min -10.9 · max 80.0 · 3 % missing · 0.8 ms` */
export function valueText({ feature, column, count }: FeatureValue): string {
  if (feature.error)
    return feature.error.cause === undefined ? t('✗ failed') : t('✗ waits for {0}', feature.error.cause)
  // A value that was kept took no time in this run.
  const time = feature.isKept ? [] : [duration(feature.ms)]
  const found = column ? [...statistics(column, count), ...missing(column, count)] : []
  return [...found, ...time].join(' · ')
}

function statistics(column: ColumnSummary, count: number): readonly string[] {
  const { type, min, max, mean, top = [] } = column
  if (type === 'date' || type === 'datetime')
    return min === undefined || max === undefined ? [] : [t('{0} to {1}', day(min), day(max))]
  if (min !== undefined && max !== undefined) {
    if (min === max) return [t('always {0}', number(min))]
    const average = mean === undefined ? [] : [t('mean {0}', number(mean))]
    return [...average, t('min {0}', number(min)), t('max {0}', number(max))]
  }
  const present = Math.max(1, count - column.missing)
  if (type === 'boolean')
    return [t('{0} true', share((top.find(({ value }) => value === 'true')?.count ?? 0) / present))]
  const [first] = top
  if (first === undefined) return []
  const others =
    column.distinct === undefined || column.distinct < 2 ? [] : [t('{0} different', number(column.distinct))]
  return [`'${short(first.value)}' ${share(first.count / present)}`, ...others]
}

const missing = (column: ColumnSummary, count: number): readonly string[] =>
  column.missing === 0 ? [] : [t('{0} missing', share(column.missing / Math.max(1, count)))]

/** What is known of a column: the numbers of its distribution, its most frequent texts, what is missing. */
export function facts(column: ColumnSummary, count: number): readonly string[] {
  const { type, min, max, mean, median, std, distinct, top = [] } = column
  const isDate = type === 'date' || type === 'datetime'
  const show = isDate ? day : number
  const parts: readonly (readonly [(value: string) => string, number | undefined])[] = [
    [(value) => t('min {0}', value), min],
    [(value) => t('median {0}', value), median],
    [(value) => t('mean {0}', value), isDate ? undefined : mean],
    [(value) => t('max {0}', value), max],
    [(value) => t('std {0}', value), isDate ? undefined : std],
  ]
  const present = Math.max(1, count - column.missing)
  return [
    ...parts.flatMap(([said, value]) => (value === undefined ? [] : [said(show(value))])),
    ...top.slice(0, 4).map(({ value, count: times }) => `'${value}' ${share(times / present)}`),
    ...(distinct === undefined ? [] : [t('{0} different', number(distinct))]),
    t('{0} missing', share(column.missing / Math.max(1, count))),
  ]
}

/** Three digits that count, and no fewer than those before the point. */
export function number(value: number): string {
  if (value === 0) return '0'
  const size = Math.floor(Math.log10(Math.abs(value)))
  if (size >= 9 || size < -4) return localized(value.toExponential(2))
  const decimals = Number.isInteger(value) ? 0 : Math.min(6, Math.max(0, 2 - size))
  return value.toLocaleString(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** `0.8 ms`, `1.2 s` */
export function duration(ms: number): string {
  if (ms >= 1000) return `${localized((ms / 1000).toFixed(1))} s`
  return ms >= 10 ? `${Math.round(ms)} ms` : `${localized(ms.toFixed(1))} ms`
}

export const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** Never 0 % of something, nor 100 % of not all. */
export function share(part: number): string {
  const percent = part * 100
  if (percent > 0 && percent < 1) return '< 1 %'
  return percent < 100 && percent > 99 ? '> 99 %' : `${Math.round(percent)} %`
}

export const short = (text: string): string => (text.length > 18 ? `${text.slice(0, 17)}…` : text)
