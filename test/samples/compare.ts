import { cell, type Table, type Value } from '@modeldriver/engine'
import type { Columns } from './oracle.ts'

/**
 * Where a table of the engine and the expected columns disagree, as sentences; at most three for each column.
 * A row is found by the values of the key columns, or by its `line` in the file.
 */
export function differences(table: Table, expected: Columns, keys: readonly string[]): string[] {
  const rowOf = keys[0] === 'line' ? lineNumbers : rowsByKey(table, keys)
  return [...expected].flatMap(([name, values]) => {
    const column = table.columns.get(name)
    if (name === 'line') return []
    if (!column) return [`${name} is not in the table`]
    const wrong = values.flatMap((value, i) => {
      const key = keys.map((key) => expected.get(key)?.[i] ?? null)
      const row = rowOf(key)
      const made = row === undefined ? undefined : cell(column, row)
      return made !== undefined && isSame(made, value) ? [] : [`${name} of ${key.join(', ')} is ${made}, not ${value}`]
    })
    return wrong.length > 3 ? [...wrong.slice(0, 3), `${name}: ${wrong.length} cells differ`] : wrong
  })
}

type RowOfKey = (key: readonly Value[]) => number | undefined

const lineNumbers: RowOfKey = ([line]) => (line as number) - 1

function rowsByKey(table: Table, keys: readonly string[]): RowOfKey {
  const columns = keys.map((key) => table.columns.get(key))
  const rows = new Map(
    Array.from({ length: table.length }, (_, row) => [
      JSON.stringify(columns.map((column) => (column ? cell(column, row) : null))),
      row,
    ]),
  )
  return (key) => rows.get(JSON.stringify(key))
}

function isSame(made: Value, expected: Value): boolean {
  if (typeof made !== 'number' || typeof expected !== 'number') return made === expected
  // What is left of rounding where 0 is meant has no digits in common.
  return Math.abs(made - expected) <= Math.max(1e-24, 1e-9 * Math.max(Math.abs(made), Math.abs(expected)))
}
