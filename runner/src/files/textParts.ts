import type { Table } from '@modeldriver/engine'
import { cellJson } from './format.ts'

const rowsPerPart = 5000

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
    const fields = named.map(([name, column]) => `${name}:${jsonOf(cellJson(column, start + index))}`)
    return `{${fields.join(',')}}`
  })
}

/** Beyond 2^53 with its exponent, since digits would be those of a code. */
const jsonOf = (value: ReturnType<typeof cellJson>): string =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? (value as number).toExponential() : JSON.stringify(value)

function* parts({ length }: Table): Iterable<readonly [number, number]> {
  for (let start = 0; start < length; start += rowsPerPart) yield [start, Math.min(start + rowsPerPart, length)]
}
