import type { ColumnSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCompact, formatCount, formatShare } from '../shared/format.ts'
import { calendarTicks } from './calendar.ts'
import { axisText, valueText } from './cells.ts'
import { binCondition, missingCondition, valueCondition } from './conditions.ts'

/** Shows only the rows for which a condition holds, too. */
type Filter = (condition: string) => void

/** The distribution in a header cell: bars for numbers and dates, the commonest values for words. */
interface ChartProps {
  readonly column: ColumnSummary
  readonly rows: number
  readonly filter: Filter
}

export function HeaderChart({ column, rows, filter }: ChartProps) {
  if (column.isLater) return null
  if (column.kind === 'key' && column.distinct !== undefined) {
    return (
      <div className="key-count">
        {formatCount(column.distinct)} <small>{t('different')}</small>
      </div>
    )
  }
  if (column.histogram) return <Bars column={column} histogram={column.histogram} filter={filter} />
  // The bars of numbers are on their way.
  if (column.distinct === undefined) return null
  return <TopValues column={column} rows={rows} most={3} filter={filter} />
}

type Histogram = NonNullable<ColumnSummary['histogram']>

function Bars({ column, histogram, filter }: { column: ColumnSummary; histogram: Histogram; filter: Filter }) {
  const { from, to, counts } = histogram
  return (
    <div className="bars">
      <svg viewBox={`0 0 ${counts.length} 30`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <Columns column={column} counts={counts} height={30} filter={filter} />
      </svg>
      <div className="axis">
        <span>{edge('≤', from, column.min, column)}</span>
        <span>{edge('≥', to, column.max, column)}</span>
      </div>
    </div>
  )
}

/** A bin's edge is marked when values lie beyond it. */
function edge(sign: string, value: number, extreme: number | undefined, { type }: ColumnSummary): string {
  const isBeyond = extreme !== undefined && (sign === '≤' ? extreme < value : extreme > value)
  return isBeyond ? `${sign} ${axisText(value, type)}` : axisText(value, type)
}

interface ColumnsProps {
  readonly column: ColumnSummary
  readonly counts: readonly number[]
  readonly height: number
  readonly filter: Filter
}

function Columns({ column, counts, height, filter }: ColumnsProps) {
  const most = Math.max(1, ...counts)
  return counts.map((count, index) => {
    const tall = count === 0 ? 0 : Math.max(height * 0.03, (count / most) * height)
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
      <g key={index} className="bin" {...filterBy(binCondition(column, index), filter)}>
        <rect x={index} y={0} width={1} height={height} className="bin-area" data-bin={index} />
        <rect className="bar" x={index + 0.06} y={height - tall} width={0.88} height={tall} />
      </g>
    )
  })
}

/** A click on a bar shows its rows; the keyboard has the filter's own line. */
const filterBy = (condition: string | undefined, filter: Filter | undefined) =>
  condition === undefined || filter === undefined
    ? {}
    : {
        onClick: (event: { stopPropagation: () => void }) => {
          event.stopPropagation()
          filter(condition)
        },
      }

interface TopProps {
  readonly column: ColumnSummary
  readonly rows: number
  readonly most: number
  readonly filter?: Filter | undefined
  /** With the share of all others, so that the bars make the whole. */
  readonly isWhole?: boolean
}

const shareText = (share: number): string => (share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`)

export function TopValues({ column, rows, most, filter, isWhole }: TopProps) {
  const top = column.top ?? []
  const filled = Math.max(1, rows - column.missing)
  const more = (column.distinct ?? top.length) - Math.min(most, top.length)
  const rest = filled - top.slice(0, most).reduce((sum, { count }) => sum + count, 0)
  return (
    <ul className="top">
      {top.slice(0, most).map(({ value, count }) => (
        <li
          key={value}
          title={`${value}: ${formatCount(count)}`}
          className={filter && 'bin'}
          {...filterBy(valueCondition(column, value), filter)}
        >
          <i style={{ width: `${(count / filled) * 100}%` }} />
          <span>{value === '' ? t('(empty text)') : value}</span>
          <small>{shareText(count / filled)}</small>
        </li>
      ))}
      {more > 0 && (
        <li className="more">
          {isWhole && <i style={{ width: `${(rest / filled) * 100}%` }} />}
          <span>{t('{0} more', formatCount(more))}</span>
          {isWhole && <small>{shareText(rest / filled)}</small>}
        </li>
      )}
    </ul>
  )
}

interface SharesProps {
  readonly column: ColumnSummary
  readonly rows: number
  readonly filter?: Filter | undefined
}

/** True, false and missing as parts of one bar, which is the whole column. */
export function Shares({ column, rows, filter }: SharesProps) {
  const parts = [
    ...['true', 'false'].map((value) => ({
      name: value,
      count: column.top?.find((each) => each.value === value)?.count ?? 0,
      condition: valueCondition(column, value),
    })),
    { name: 'missing', count: column.missing, condition: missingCondition(column) },
  ].filter(({ count }) => count > 0)
  const words: Readonly<Record<string, string>> = { true: t('true'), false: t('false'), missing: t('missing') }
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { count }) => sum + count, 0))
  const description = parts.map(({ name, count }) => `${words[name]} ${formatShare(count, rows)}`).join(', ')
  return (
    <figure className="shares">
      <svg viewBox={`0 0 ${Math.max(1, rows)} 1`} preserveAspectRatio="none" role="img" aria-label={description}>
        {parts.map(({ name, count, condition }, index) => (
          <rect
            key={name}
            className={`share-${name}${filter ? ' bin' : ''}`}
            x={starts[index]}
            width={count}
            height={1}
            {...filterBy(condition, filter)}
          />
        ))}
      </svg>
      <ul>
        {parts.map(({ name, count, condition }) => (
          <li key={name} className={filter && 'bin'} {...filterBy(condition, filter)}>
            <i className={`share-${name}`} /> <span>{words[name]}</span> {formatCount(count)}{' '}
            <small>{formatShare(count, rows)}</small>
          </li>
        ))}
      </ul>
    </figure>
  )
}

const plot = { width: 232, height: 128, left: 34, bottom: 18, top: 8 }

/** The same distribution, large, with axes and the median. */
interface BigProps {
  readonly column: ColumnSummary
  readonly histogram: Histogram
  readonly filter?: Filter | undefined
}

export function BigHistogram({ column, histogram, filter }: BigProps) {
  const { from, to, counts } = histogram
  const most = Math.max(1, ...counts)
  const room = { width: plot.width - plot.left, height: plot.height - plot.bottom - plot.top }
  const yOf = (count: number) => plot.top + room.height * (1 - count / most)
  const xOf = (value: number) => plot.left + (to > from ? ((value - from) / (to - from)) * room.width : room.width / 2)
  const wide = room.width / counts.length
  const { median } = column
  const isDate = (column.type === 'date' || column.type === 'datetime') && to > from
  const hasMedian = median !== undefined && median >= from && median <= to
  const description = t('Distribution from {0} to {1}', axisText(from, column.type), axisText(to, column.type))
  return (
    <figure className="histogram">
      <svg viewBox={`0 0 ${plot.width} ${plot.height}`} role="img" aria-label={description}>
        {ticks(most).map((count) => (
          <g key={count}>
            <line className="rule" x1={plot.left} x2={plot.width} y1={yOf(count)} y2={yOf(count)} />
            <text x={plot.left - 5} y={yOf(count) + 3} textAnchor="end">
              {formatCompact(count)}
            </text>
          </g>
        ))}
        {counts.map((count, index) => {
          const at = { x: plot.left + index * wide + 0.5, width: Math.max(0.5, wide - 1) }
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
            <g key={index} className={filter && 'bin'} {...filterBy(binCondition(column, index), filter)}>
              <rect {...at} className="bin-area" y={plot.top} height={room.height} />
              <rect {...at} className="bar" y={yOf(count)} height={plot.height - plot.bottom - yOf(count)} />
            </g>
          )
        })}
        {hasMedian && (
          <line className="median" x1={xOf(median)} x2={xOf(median)} y1={2} y2={plot.height - plot.bottom} />
        )}
        {isDate
          ? calendarTicks(from, to, 4).map(({ at, text }) => (
              <g key={at}>
                <line className="tick" x1={xOf(at)} x2={xOf(at)} y1={plot.height - plot.bottom} y2={plot.height - 14} />
                <text x={Math.min(plot.width - text.length * 2.4, xOf(at))} y={plot.height - 4} textAnchor="middle">
                  {text}
                </text>
              </g>
            ))
          : [from, to].map((value, index) => (
              <text
                key={index === 0 ? 'from' : 'to'}
                x={index === 0 ? plot.left : plot.width}
                y={plot.height - 4}
                textAnchor={index === 0 ? 'start' : 'end'}
              >
                {axisText(value, column.type)}
              </text>
            ))}
      </svg>
      <figcaption>
        {t('Middle 99 % of values.')}
        {hasMedian && ` ${t('Line: median {0}.', valueText(median, column))}`}
      </figcaption>
    </figure>
  )
}

/** Round counts up to the highest bar, at most five. */
function ticks(most: number): readonly number[] {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) ?? most
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step)
}
