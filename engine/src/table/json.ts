import { makeTable } from './columns.ts'
import { parseJsonRow } from './jsonNumbers.ts'
import { createItems, createLines, type JsonParts } from './jsonParts.ts'
import { mayBeWanted, type ReadTable } from './reading.ts'
import type { Rejected } from './table.ts'
import { readTyped, type TypedOptions } from './typed.ts'

export interface JsonOptions extends TypedOptions {
  readonly limit?: number
  /** With `limit`: the rows behind them are counted. */
  readonly countsAll?: boolean
}

/**
 * Reads an array of objects, or one object per line (NDJSON). Columns are the keys in order of first appearance. Numbers and
 * booleans keep their type (whole numbers beyond 2^53 become text), text is a date when all of it is ISO dates, nested values become JSON text, `null` and `""` are missing.
 * `rejected` rows are counted from 1: lines in NDJSON, items in an array. Throws an `Error` with a plain sentence when the text is
 * neither.
 */
export function readJson(text: string, options: JsonOptions = {}): ReadTable {
  const reader = jsonReader(options)
  reader.add(text)
  return reader.finish()
}

/** Takes a text bit by bit and keeps only the values of its columns. */
export interface JsonReader {
  /** False when no more is needed. */
  readonly add: (text: string) => boolean
  readonly finish: () => ReadTable
}

export function jsonReader(options: JsonOptions = {}): JsonReader {
  const limit = options.limit ?? Number.POSITIVE_INFINITY
  const isWanted = mayBeWanted(options)
  /** Of a column that is not wanted nothing is kept. */
  const columns = new Map<string, unknown[] | undefined>()
  const rejected: Rejected[] = []
  /** Of each row. */
  const lines: number[] = []
  let start = ''
  let parts: JsonParts | undefined
  let isList = false
  let rows = 0

  const take = (source: string, line: number): boolean => {
    if (rows < limit) row(source, line)
    rows++
    return rows < limit || options.countsAll === true
  }

  const row = (source: string, line: number): void => {
    const reject = (text: string, reason: string) =>
      rejected.push({ row: line, column: '', text: text.slice(0, 200), reason, kind: 'row' })
    let value: unknown
    try {
      value = parseJsonRow(source)
    } catch {
      if (isList) throw new Error(noList)
      reject(source, notJson)
      return
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      reject(JSON.stringify(value), 'not an object with named values')
      return
    }
    const named = value as Readonly<Record<string, unknown>>
    for (const name of Object.keys(named)) {
      if (!columns.has(name)) columns.set(name, isWanted(name) ? [] : undefined)
      const cells = columns.get(name)
      if (cells === undefined) continue
      while (cells.length < lines.length) cells.push(undefined)
      cells.push(named[name])
    }
    lines.push(line)
  }

  return {
    add(more) {
      if (parts) return parts.add(more, take)
      start += more
      const text = start.charCodeAt(0) === 0xfeff ? start.slice(1) : start
      const first = text.trimStart()
      if (first === '') return true
      isList = first.startsWith('[')
      parts = isList ? createItems(noList) : createLines()
      start = ''
      return parts.add(isList ? first.slice(1) : text, take)
    },
    finish() {
      const before = rejected.length
      parts?.finish(take)
      // The last line has no end, and is no JSON: the rest of it is missing.
      const isCutOff = !isList && rejected.length > before && rejected.at(-1)?.reason === notJson
      if (!isList && lines.length === 0 && rejected.length > 0 && rejected.every(({ reason }) => reason === notJson))
        throw new Error('it is neither a JSON list of objects nor one JSON object per line')
      const given = [...columns].map(([header, values]) => {
        while (values && values.length < lines.length) values.push(undefined)
        return { header, values: values ?? [] }
      })
      if (given.length === 0)
        return {
          table: makeTable([], 0),
          rejected,
          header: [],
          rows: rejected.length,
          notes: [],
          warnings: [],
          unread: 0,
        }
      const read = readTyped(
        given,
        { count: lines.length, rows, lineOf: (at) => lines[at] as number, rejected },
        options,
      )
      return isCutOff ? { ...read, isCutOff } : read
    },
  }
}

const notJson = 'not JSON'
const noList = 'its list is no JSON to the end; copy the file again if it is not whole'
