import { cell, type Table, type Value } from '@modeldriver/engine'
import type { Columns } from './oracle.ts'

/** Where a table of the engine and the expected columns disagree, as sentences; at most three for each column. */
export function differences(table: Table, expected: Columns, key: string): string[] {
  const place = placesOf(table, expected, key)
  return [...expected].flatMap(([name, values]) => {
    const column = table.columns.get(name)
    if (name === 'line') return []
    if (!column) return [`${name} is not in the table`]
    const wrong = values.flatMap((value, i) => {
      const row = place(i)
      const made = row === undefined ? undefined : cell(column, row)
      return made !== undefined && isSame(made, value)
        ? []
        : [`${name} of ${key} ${label(expected, key, i)} is ${made}, not ${value}`]
    })
    return wrong.length > 3 ? [...wrong.slice(0, 3), `${name}: ${wrong.length} cells differ`] : wrong
  })
}

/** The engine's row for the i-th expected one: by line number in the file, or by the value of the key. */
function placesOf(table: Table, expected: Columns, key: string): (i: number) => number | undefined {
  const keys = expected.get(key) ?? []
  if (key === 'line') return (i) => (keys[i] as number) - 1
  const column = table.columns.get(key)
  const rowOfKey = new Map(
    Array.from({ length: column ? table.length : 0 }, (_, row) => [column && cell(column, row), row]),
  )
  return (i) => rowOfKey.get(keys[i] as Value)
}

const label = (expected: Columns, key: string, i: number): string => String(expected.get(key)?.[i])

function isSame(made: Value, expected: Value): boolean {
  if (typeof made !== 'number' || typeof expected !== 'number') return made === expected
  return Math.abs(made - expected) <= 1e-9 * Math.max(Math.abs(made), Math.abs(expected))
}
