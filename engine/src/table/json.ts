import type { ColumnSpec, Formats, HeaderColumn } from '../ir/model.ts'
import { columnOf } from './build.ts'
import { makeTable } from './columns.ts'
import { type Cells, type ReadColumn, readColumn } from './infer.ts'
import { assemble, headerNames, type ReadTable, specsByHeader } from './reading.ts'
import type { Rejected } from './table.ts'

export interface JsonOptions {
  readonly formats?: Formats
  readonly columns?: Readonly<Record<string, ColumnSpec>>
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
  const fields = [...keys]
  const headers = headerNames(fields)
  const { names, specs } = specsByHeader(headers, options.columns ?? {})
  const columns = names.map((name, column) => {
    const values = items.map((item) => item.fields[fields[column] as string])
    const spec = specs[column] ?? {}
    const cells = cellsOf(values)
    const read = readValues(values, cells, spec, options.formats ?? {})
    const header: HeaderColumn = { name, type: read.data.type, samples: samplesOf(values) }
    return { name, spec, cells, read, header }
  })
  const lineOf = (row: number): number => (items[row] as Item).line
  if (columns.length === 0) return { table: makeTable([], 0), rejected, header: [], rows: rejected.length, notes: [] }
  return assemble(columns, { count: items.length, rows: items.length + rejected.length, lineOf, rejected })
}

function readValues(values: readonly unknown[], cells: Cells, spec: ColumnSpec, formats: Formats): ReadColumn {
  const declared = spec.type !== undefined || spec.format !== undefined
  const textOnly = values.every((value) => typeof value === 'string' || value === null || value === undefined)
  if (!declared && !textOnly) return { data: columnOf(values.map((value) => (value === '' ? null : value))), bad: [] }
  // Text in JSON is meant as text: only dates, which JSON cannot write otherwise, are recognised.
  const read = readColumn(cells, { spec, formats, guessDecimalComma: false })
  const isDate = read.data.type === 'date' || read.data.type === 'datetime'
  return declared || isDate ? read : readColumn(cells, { spec: { type: 'string' }, formats, guessDecimalComma: false })
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
    throw new Error('This is neither a JSON array of objects nor one JSON object per line.')
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

function cellsOf(values: readonly unknown[]): Cells {
  const text = (row: number): string => asText(values[row])
  return {
    count: values.length,
    text,
    number: (reader, row) => {
      const value = values[row]
      if (typeof value === 'number') return value
      const cell = text(row)
      return reader.read(cell, 0, cell.length)
    },
  }
}

function samplesOf(values: readonly unknown[]): readonly string[] {
  const samples = new Set<string>()
  for (let row = 0; row < values.length && row < 1000 && samples.size < 5; row++) {
    const text = asText(values[row]).slice(0, 100)
    if (text !== '') samples.add(text)
  }
  return [...samples]
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
