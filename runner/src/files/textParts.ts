import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import { cellJson, cellText } from './format.ts'

const rowsPerPart = 5000

/** A table as text with this sign between cells. */
export function* delimitedParts(table: Table, delimiter: string): Iterable<string> {
  const columns = [...table.columns.values()]
  const quoted = quotedWhere(delimiter)
  yield `${[...table.columns.keys()].map(quoted).join(delimiter)}\n`
  for (const [start, end] of parts(table)) {
    let part = ''
    for (let row = start; row < end; row++) {
      const cells = columns.map((column) => quoted(plainText(column, row)))
      // A lone empty cell would be an empty line, which readers skip.
      part += `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(delimiter)}\n`
    }
    yield part
  }
}

/** A number beyond 2^53 with its exponent: its digits would look like those of a code. */
function plainText(column: ColumnData, row: number): string | undefined {
  if (column.type !== 'number') return cellText(column, row)
  const value = cell(column, row)
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER
    ? value.toExponential()
    : cellText(column, row)
}

/** Text that is empty is quoted, so that it differs from a missing cell. */
function quotedWhere(delimiter: string): (text: string | undefined) => string {
  const special = new RegExp(`^$|["\\r\\n${delimiter}]|^\\s|\\s$`)
  return (text) => {
    if (text === undefined) return ''
    return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
}

/** A list of rows. */
export function* jsonParts(table: Table): Iterable<string> {
  yield '['
  for (const [start, end] of parts(table))
    yield `${start > 0 ? ',' : ''}\n  ${objects(table, start, end).join(',\n  ')}`
  yield '\n]\n'
}

/** One row per line. */
export function* linesParts(table: Table): Iterable<string> {
  for (const [start, end] of parts(table)) yield `${objects(table, start, end).join('\n')}\n`
}

function objects({ columns }: Table, start: number, end: number): readonly string[] {
  const named = [...columns].map(([name, column]) => [JSON.stringify(name), column] as const)
  return Array.from({ length: end - start }, (_, index) => {
    const fields = named.map(([name, column]) => `${name}:${JSON.stringify(cellJson(column, start + index))}`)
    return `{${fields.join(',')}}`
  })
}

function* parts({ length }: Table): Iterable<readonly [number, number]> {
  for (let start = 0; start < length; start += rowsPerPart) yield [start, Math.min(start + rowsPerPart, length)]
}
