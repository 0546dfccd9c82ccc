import type { ColumnSummary } from '@modeldriver/protocol'
import { formatCompact, formatCount } from '../shared/format.ts'
import { axisText, valueText } from './cells.ts'

/** The distribution in a header cell: bars for numbers and dates, the commonest values for words. */
export function HeaderChart({ column, rows }: { column: ColumnSummary; rows: number }) {
  if (column.kind === 'key' && column.distinct !== undefined) {
    return (
      <div className="key-count">
        {formatCount(column.distinct)} <small>different</small>
      </div>
    )
  }
  if (column.histogram) return <Bars column={column} histogram={column.histogram} />
  return <TopValues column={column} rows={rows} most={3} />
}

type Histogram = NonNullable<ColumnSummary['histogram']>

function Bars({ column, histogram }: { column: ColumnSummary; histogram: Histogram }) {
  const { from, to, counts } = histogram
  return (
    <div className="bars">
      <svg viewBox={`0 0 ${counts.length} 30`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <Columns counts={counts} height={30} />
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

function Columns({ counts, height }: { counts: readonly number[]; height: number }) {
  const most = Math.max(1, ...counts)
  return counts.map((count, index) => {
    const tall = count === 0 ? 0 : Math.max(height * 0.03, (count / most) * height)
    // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
    return <rect key={index} className="bar" x={index + 0.06} y={height - tall} width={0.88} height={tall} />
  })
}

interface TopProps {
  readonly column: ColumnSummary
  readonly rows: number
  readonly most: number
}

export function TopValues({ column, rows, most }: TopProps) {
  const top = column.top ?? []
  const filled = Math.max(1, rows - column.missing)
  const more = (column.distinct ?? top.length) - Math.min(most, top.length)
  return (
    <ul className="top">
      {top.slice(0, most).map(({ value, count }) => (
        <li key={value} title={`${value}: ${formatCount(count)}`}>
          <i style={{ width: `${(count / filled) * 100}%` }} />
          <span>{value === '' ? '(empty text)' : value}</span>
          <small>{count / filled < 0.01 ? '< 1 %' : `${Math.round((count / filled) * 100)} %`}</small>
        </li>
      ))}
      {more > 0 && <li className="more">{formatCount(more)} more</li>}
    </ul>
  )
}

const plot = { width: 232, height: 128, left: 34, bottom: 18, top: 8 }

/** The same distribution, large, with axes and the median. */
export function BigHistogram({ column, histogram }: { column: ColumnSummary; histogram: Histogram }) {
  const { from, to, counts } = histogram
  const most = Math.max(1, ...counts)
  const room = { width: plot.width - plot.left, height: plot.height - plot.bottom - plot.top }
  const yOf = (count: number) => plot.top + room.height * (1 - count / most)
  const xOf = (value: number) => plot.left + (to > from ? ((value - from) / (to - from)) * room.width : room.width / 2)
  const wide = room.width / counts.length
  const { median } = column
  const hasMedian = median !== undefined && median >= from && median <= to
  const description = `Distribution from ${axisText(from, column.type)} to ${axisText(to, column.type)}`
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
        {counts.map((count, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
            key={index}
            className="bar"
            x={plot.left + index * wide + 0.5}
            y={yOf(count)}
            width={Math.max(0.5, wide - 1)}
            height={plot.height - plot.bottom - yOf(count)}
          />
        ))}
        {hasMedian && (
          <line className="median" x1={xOf(median)} x2={xOf(median)} y1={2} y2={plot.height - plot.bottom} />
        )}
        <text x={plot.left} y={plot.height - 4}>
          {axisText(from, column.type)}
        </text>
        <text x={plot.width} y={plot.height - 4} textAnchor="end">
          {axisText(to, column.type)}
        </text>
      </svg>
      <figcaption>Middle 99 % of values.{hasMedian && ` Line: median ${valueText(median, column)}.`}</figcaption>
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
