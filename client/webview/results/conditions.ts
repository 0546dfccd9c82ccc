import type { ColumnSummary } from '@modeldriver/protocol'

/** The rows whose cell lies in one bar of a column's histogram, as a filter. The outer bars have all that lies beyond. */
export function binCondition(column: ColumnSummary, bin: number): string | undefined {
  const { histogram, type } = column
  if (!histogram?.counts[bin]) return undefined
  const { from, to, counts } = histogram
  const name = called(column)
  const edge = (index: number): string => {
    const value = from + ((to - from) / counts.length) * index
    if (type === 'date' || type === 'datetime') return `'${new Date(Math.ceil(value)).toISOString().replace('Z', '')}'`
    return String(value)
  }
  const parts = [
    ...(bin > 0 ? [`${name} >= ${edge(bin)}`] : []),
    ...(bin < counts.length - 1 ? [`${name} < ${edge(bin + 1)}`] : []),
  ]
  return parts.length > 0 ? parts.join(' && ') : `${name} != null`
}

/** The rows with one of the commonest values. */
export function valueCondition(column: ColumnSummary, value: string): string {
  const name = called(column)
  if (column.type === 'boolean') return value === 'true' ? name : `!${name}`
  // A long text is shown by its beginning.
  return value.endsWith('…') ? `${name}.startsWith(${quoted(value.slice(0, -1))})` : `${name} == ${quoted(value)}`
}

export const missingCondition = (column: ColumnSummary): string => `${called(column)} == null`

/** Both conditions hold. */
export function both(before: string | undefined, condition: string): string {
  if (before === undefined || before.trim() === '') return condition
  return /\|\||\?/.test(before) ? `(${before}) && ${condition}` : `${before} && ${condition}`
}

/** How a filter names a column. */
export const called = ({ name, called: own }: ColumnSummary): string => own ?? name

const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
