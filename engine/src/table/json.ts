import { makeTable } from './columns.ts'
import type { ReadTable } from './reading.ts'
import type { Rejected } from './table.ts'
import { readTyped, type TypedOptions } from './typed.ts'

export interface JsonOptions extends TypedOptions {
  readonly limit?: number
}

interface Item {
  readonly line: number
  readonly fields: Readonly<Record<string, unknown>>
}

/**
 * Reads an array of objects, or one object per line (NDJSON). Columns are the keys in order of first appearance. Numbers and
 * booleans keep their type, text is a date when all of it is ISO dates, nested values become JSON text, `null` and `""` are missing.
 * `rejected` rows are counted from 1: lines in NDJSON, items in an array. Throws an `Error` with a plain sentence when the text is
 * neither.
 */
export function readJson(text: string, options: JsonOptions = {}): ReadTable {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const limit = options.limit ?? Number.POSITIVE_INFINITY
  const { items, rejected } = /^\s*\[/.test(source) ? fromArray(source, limit) : fromLines(source, limit)
  const keys = new Set<string>()
  for (const item of items) for (const key of Object.keys(item.fields)) keys.add(key)
  const columns = [...keys].map((header) => ({ header, values: items.map(({ fields }) => fields[header]) }))
  const rows = items.length + rejected.length
  if (columns.length === 0) return { table: makeTable([], 0), rejected, header: [], rows: rejected.length, notes: [] }
  return readTyped(
    columns,
    { count: items.length, rows, lineOf: (row) => (items[row] as Item).line, rejected },
    options,
  )
}

function fromArray(source: string, limit: number): { items: Item[]; rejected: Rejected[] } {
  let parsed: unknown
  try {
    parsed = JSON.parse(source)
  } catch {
    throw new Error('its list is no JSON to the end')
  }
  return collect((parsed as readonly unknown[]).slice(0, limit), (index) => index + 1)
}

function fromLines(source: string, limit: number): { items: Item[]; rejected: Rejected[] } {
  const values: unknown[] = []
  const lines: number[] = []
  let line = 0
  for (let start = 0; start < source.length && values.length < limit; ) {
    const feed = source.indexOf('\n', start)
    const end = feed < 0 ? source.length : feed
    const text = source.slice(start, end).trim()
    start = end + 1
    line++
    if (text === '') continue
    lines.push(line)
    try {
      values.push(JSON.parse(text))
    } catch {
      values.push(new Unreadable(text))
    }
  }
  if (values.length > 0 && values.every((value) => value instanceof Unreadable)) {
    throw new Error('it is neither a JSON list of objects nor one JSON object per line')
  }
  return collect(values, (index) => lines[index] as number)
}

class Unreadable {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

function collect(
  values: readonly unknown[],
  lineOf: (index: number) => number,
): { items: Item[]; rejected: Rejected[] } {
  const items: Item[] = []
  const rejected: Rejected[] = []
  for (const [index, value] of values.entries()) {
    const line = lineOf(index)
    if (value instanceof Unreadable) {
      rejected.push({ row: line, column: '', text: value.text.slice(0, 200), reason: 'not JSON', kind: 'row' })
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      items.push({ line, fields: value as Readonly<Record<string, unknown>> })
    } else {
      const text = (JSON.stringify(value) ?? '').slice(0, 200)
      rejected.push({ row: line, column: '', text, reason: 'not an object with named values', kind: 'row' })
    }
  }
  return { items, rejected }
}
