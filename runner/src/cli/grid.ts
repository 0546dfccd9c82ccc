import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import { dateText, datetimeText } from '../files/format.ts'

const longestText = 32
const missing = '·'

/** A column of a printed table. */
interface Printed {
  readonly cells: readonly string[]
  readonly width: number
  readonly isNumber: boolean
}

/**
 * The first rows of a table in aligned columns: numbers right, missing as `·`. Columns that do not fit the width are
 * left out and counted in the last line.
 */
export function printHead(table: Table, { rows, width }: { readonly rows: number; readonly width: number }): string {
  const count = Math.min(rows, table.length)
  const printed = [...table.columns].map(([name, column]) => printColumn(name, column, count))
  const fitting = fit(printed, width)
  const lines = Array.from({ length: count + 1 }, (_, row) =>
    fitting
      .map((column) => pad(column.cells[row] ?? '', column))
      .join('  ')
      .trimEnd(),
  )
  const [heading = '', ...body] = lines
  const rule = fitting.map((column) => '─'.repeat(column.width)).join('  ')
  const more = [
    table.length > count ? counted(table.length - count, 'more row') : '',
    printed.length > fitting.length ? counted(printed.length - fitting.length, 'more column') : '',
  ].filter((part) => part !== '')
  return [heading, rule, ...body, ...(more.length > 0 ? [`… ${more.join(', ')}`] : [])].join('\n')
}

/** Rows of plain text in aligned columns under a heading. */
export function printRows(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((name, at) => Math.max(...[name, ...rows.map((row) => row[at] ?? '')].map(lengthOf)))
  const line = (cells: readonly string[]) =>
    cells
      .map((text, at) => text + ' '.repeat((widths[at] ?? 0) - lengthOf(text)))
      .join('  ')
      .trimEnd()
  return [line(heading), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

/** `20 000` */
const groupDigits = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ')

/** `1 row`, `20 000 rows` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${groupDigits(count)} ${count === 1 ? one : many}`

function printColumn(name: string, column: ColumnData, count: number): Printed {
  const isNumber = column.type === 'number' || column.type === 'integer'
  const format = formatOf(column, count)
  const values = Array.from({ length: count }, (_, row) => {
    const value = cell(column, row)
    return value === null ? missing : format(value)
  })
  const cells = [short(name), ...values]
  return { cells, width: Math.max(...cells.map(lengthOf)), isNumber }
}

function formatOf(column: ColumnData, count: number): (value: string | number | boolean) => string {
  if (column.type === 'date') return (time) => dateText(time as number)
  if (column.type === 'datetime')
    return (time) =>
      datetimeText(time as number)
        .replace('T', ' ')
        .replace(/(?::00)?Z$/, '')
  if (column.type === 'number') {
    const decimals = decimalsOf(column.values.subarray(0, count))
    return (value) => numberText(value as number, decimals)
  }
  return (value) => short(String(value).replace(/\s+/g, ' '))
}

/** Decimals that show these numbers, at most four. */
function decimalsOf(values: Float64Array): number {
  let decimals = 0
  for (const value of values) {
    while (decimals < 4 && !Number.isNaN(value) && Math.abs(value - Number(value.toFixed(decimals))) > 1e-9) decimals++
  }
  return decimals
}

function numberText(value: number, decimals: number): string {
  const size = Math.abs(value)
  return size >= 1e15 || (size > 0 && size < 1e-4) ? value.toPrecision(4) : value.toFixed(decimals)
}

function fit(columns: readonly Printed[], width: number): readonly Printed[] {
  let used = -2
  const end = columns.findIndex((column) => {
    used += column.width + 2
    return used > width
  })
  return end < 0 ? columns : columns.slice(0, Math.max(1, end))
}

function pad(text: string, { width, isNumber }: Printed): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return isNumber ? space + text : text + space
}

const lengthOf = (text: string): number => [...text].length
const short = (text: string): string =>
  lengthOf(text) > longestText ? `${[...text].slice(0, longestText - 1).join('')}…` : text
