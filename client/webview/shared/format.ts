import { type ColumnSummary, locale, localized } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'

export type ValueType = ColumnSummary['type']

const formats = new Map<number, Intl.NumberFormat>()

/** Thousands separated, exactly `decimals` digits behind the point; -0.00 is written 0.00. */
export function formatNumber(value: number, decimals: number): string {
  let format = formats.get(decimals)
  if (!format) {
    format = new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    formats.set(decimals, format)
  }
  const written = format.format(value)
  return /^-[0.,]*$/.test(written) ? written.slice(1) : written
}

/** `1,234`: a number of things. */
export const formatCount = (count: number): string => formatNumber(count, 0)

/**
 * Digits behind the point that suit a whole column, from its extremes, so that its points stand under each other:
 * two for money-like sizes, more for shares and smaller numbers.
 */
export function decimalsFor(type: ValueType, min: number | undefined, max: number | undefined): number {
  if (type !== 'number') return 0
  const size = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0))
  if (size === 0 || size >= 1.5) return 2
  if (size >= 0.01) return 4
  return Math.min(12, Math.ceil(-Math.log10(size)) + 3)
}

const compactUnits: readonly (readonly [number, (amount: string) => string])[] = [
  [1e12, (amount) => t('{0}t', amount)],
  [1e9, (amount) => t('{0}b', amount)],
  [1e6, (amount) => t('{0}m', amount)],
  [1e3, (amount) => t('{0}k', amount)],
]

/** Three significant digits for axes and header bars: `0.296`, `68.3`, `906`, `1.4k`, `44k`. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return ''
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return localized(value.toExponential(1))
  const unit = compactUnits.find(([least]) => size >= least)
  if (unit) {
    const scaled = value / unit[0]
    return unit[1](trimZeros(scaled.toFixed(Math.abs(scaled) < 10 ? 1 : 0)))
  }
  return trimZeros(String(Number(value.toPrecision(3))))
}

/** ISO, in UTC: `2024-06-18`, or `2024-06-18 09:30:00`; years that no calendar has are written as the number itself. */
export function formatDate(epochMs: number, type: 'date' | 'datetime'): string {
  const date = new Date(epochMs)
  if (Number.isNaN(date.getTime())) return String(epochMs)
  const iso = date.toISOString()
  const [day = '', time = ''] = iso.split('T')
  return type === 'date' ? day : `${day} ${time.slice(0, time.endsWith('.000Z') ? 8 : 12)}`
}

/** `0.82 ms`, `8.3 ms`, `29 ms`, `1.24 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 0.005) return '0 ms'
  if (ms < 1) return `${localized(ms.toFixed(2))} ms`
  if (ms < 9.95) return `${localized(ms.toFixed(1))} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  if (ms < 60_000) return `${localized((ms / 1000).toFixed(ms < 9_995 ? 2 : 1))} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Share of a whole in per cent: `3.1 %`; never `0 %` for something, never `100 %` for not everything. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0 %'
  if (part >= whole) return '100 %'
  const share = (part / whole) * 100
  if (share < 0.1) return `< ${localized('0.1')} %`
  if (share > 99.9) return `> ${localized('99.9')} %`
  return `${trimZeros(share.toFixed(1))} %`
}

/** Last part of a path or URI, for people: `sales.features.ts`. */
export function fileName(path: string): string {
  const last = path.split(/[\\/]/).pop() ?? path
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

function trimZeros(written: string): string {
  return localized(written.includes('.') ? written.replace(/\.?0+$/, '') : written)
}
