import { columnLength, hasValues, rowOf, takeCells } from '../table/columns.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { groupIndex } from './groups.ts'

/** A column of a key, in this table and in the other. */
export interface JoinKey {
  readonly name: string
  readonly here: ColumnData
  readonly there: ColumnData
}

/** A key whose values can never be equal. */
export class KeyMismatch extends Error {
  constructor({ name, here, there }: JoinKey) {
    super(`'${name}' is ${kindOf(here.type)} here and ${kindOf(there.type)} in the joined table, so no row would match`)
  }
}

/**
 * The row of the other table that has the same key as each of the `rows` rows here, -1 where none has or a key is missing.
 * Keys are compared as groups compare them; without a key every row finds the first one. @throws KeyMismatch
 */
export function matchRows(keys: readonly JoinKey[], rows: number, rowsThere: number): Int32Array {
  const both = keys.map((key) => {
    const column = concatenated(...alike(key))
    if (!column) throw new KeyMismatch(key)
    return column
  })
  const { codes, count } = groupIndex(both, rows + rowsThere)
  const rowOf = new Int32Array(count).fill(-1)
  for (let row = rowsThere - 1; row >= 0; row--) {
    const code = codes[rows + row] as number
    if (code >= 0) rowOf[code] = row
  }
  const matches = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number
    matches[row] = code < 0 ? -1 : (rowOf[code] as number)
  }
  return matches
}

/** Two rows that have the same key, where a join needs one row per key; rows without a key are found by nobody. */
export function repeatedKey({ columns, length }: Table, on: readonly string[]): readonly [number, number] | undefined {
  const keys = on.flatMap((name) => columns.get(name) ?? [])
  const { codes, count, firstRows } = groupIndex(keys, length)
  if (count === length) return undefined
  const seen = new Uint8Array(count)
  for (let row = 0; row < length; row++) {
    const code = codes[row] as number
    if (code < 0) continue
    if (seen[code]) return [firstRows[code] as number, row]
    seen[code] = 1
  }
  return undefined
}

/** The sentence about a table that has the key of two rows (counted from 0) twice, where `who` needs it once. */
export function repeatedKeyText(
  who: string,
  name: string,
  table: Table,
  on: readonly string[],
  [first, second]: readonly [number, number],
): string {
  const key = rowOf(table, first)
  const values = on.map((column) => `${column} ${JSON.stringify(key[column])}`).join(', ')
  const what = on.length === 0 ? 'more than one row' : `${values} in rows ${first + 1} and ${second + 1}`
  return `${who} needs one row per key of ${name}, which has ${what}. Keep one of them, or name in "on" what tells them apart.`
}

const kinds = {
  integer: 'a number',
  number: 'a number',
  date: 'a date',
  datetime: 'a date',
  string: 'text',
  boolean: 'true or false',
}
const kindOf = (type: ColumnData['type']): string => kinds[type]

/** A side without values is of any kind. */
function alike({ here, there }: JoinKey): readonly [ColumnData, ColumnData] {
  if (kindOf(here.type) === kindOf(there.type)) return [here, there]
  if (!hasValues(there)) return [here, missingCells(here, columnLength(there))]
  return hasValues(here) ? [here, there] : [missingCells(there, columnLength(here)), there]
}

const missingCells = (like: ColumnData, length: number): ColumnData => takeCells(like, new Int32Array(length).fill(-1))

function concatenated(a: ColumnData, b: ColumnData): ColumnData | undefined {
  if (a.type === 'string' && b.type === 'string') {
    const codeOf = new Map(a.dictionary.map((text, code) => [text, code]))
    const added = b.dictionary.filter((text) => !codeOf.has(text))
    for (const [i, text] of added.entries()) codeOf.set(text, a.dictionary.length + i)
    const translated = b.codes.map((code) => (code < 0 ? -1 : (codeOf.get(b.dictionary[code] as string) as number)))
    const codes = new Int32Array(a.codes.length + translated.length)
    codes.set(a.codes)
    codes.set(translated, a.codes.length)
    return { type: 'string', codes, dictionary: [...a.dictionary, ...added] }
  }
  if (a.type === 'boolean' && b.type === 'boolean') {
    const values = new Uint8Array(a.values.length + b.values.length)
    values.set(a.values)
    values.set(b.values, a.values.length)
    return { type: 'boolean', values }
  }
  if (a.type === 'string' || a.type === 'boolean' || b.type === 'string' || b.type === 'boolean') return undefined
  if (kindOf(a.type) !== kindOf(b.type)) return undefined
  const values = new Float64Array(a.values.length + b.values.length)
  values.set(a.values)
  values.set(b.values, a.values.length)
  return { type: a.type, values }
}
