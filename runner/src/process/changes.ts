import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import type { TableChanges } from '@modeldriver/protocol'

/** A table beside that of an earlier run: which cells are otherwise. Rows are told apart by their place, groups by their key. */
export interface Comparison {
  readonly summary: TableChanges
  /** Per column that has other cells, 1 for each row that has one. */
  readonly marks: ReadonlyMap<string, Uint8Array>
}

/** `keys`: the columns that say which row of the one table is which of the other; without, the place does. */
export function compareTables(before: Table, now: Table, keys?: readonly string[]): Comparison {
  const isSameOrder = keys?.every((key) => before.columns.get(key) === now.columns.get(key)) ?? true
  const places = keys && !isSameOrder ? placesByKey(before, now, keys) : samePlaces(before, now)
  const cells: Record<string, number> = {}
  const marks = new Map<string, Uint8Array>()
  for (const [name, column] of now.columns) {
    const old = before.columns.get(name)
    if (old === undefined || old === column) continue
    const found = otherCells(old, column, places)
    if (found.count === 0) continue
    cells[name] = found.count
    marks.set(name, found.marks)
  }
  let kept = 0
  for (let row = 0; row < places.length; row++) if ((places[row] as number) >= 0) kept++
  return {
    marks,
    summary: {
      addedRows: now.length - kept,
      removedRows: before.length - kept,
      cells,
      addedColumns: [...now.columns.keys()].filter((name) => !before.columns.has(name)),
      removedColumns: [...before.columns.keys()].filter((name) => !now.columns.has(name)),
    },
  }
}

/** Where each row was; -1 where it was not. */
type Places = Int32Array

function samePlaces(before: Table, now: Table): Places {
  const places = new Int32Array(now.length)
  for (let row = 0; row < now.length; row++) places[row] = row < before.length ? row : -1
  return places
}

function placesByKey(before: Table, now: Table, keys: readonly string[]): Places {
  const keyOf = (table: Table) => {
    const columns = keys.flatMap((key) => table.columns.get(key) ?? [])
    return (row: number) => JSON.stringify(columns.map((column) => cell(column, row)))
  }
  const oldKey = keyOf(before)
  const newKey = keyOf(now)
  const rows = new Map(Array.from({ length: before.length }, (_, row) => [oldKey(row), row] as const))
  return Int32Array.from({ length: now.length }, (_, row) => rows.get(newKey(row)) ?? -1)
}

function otherCells(old: ColumnData, column: ColumnData, places: Places) {
  const marks = new Uint8Array(places.length)
  const count =
    old.type !== 'string' && column.type !== 'string' && (old.type === 'boolean') === (column.type === 'boolean')
      ? markOtherNumbers(marks, places, old.values, column.values)
      : markOthers(marks, places, sameCell(old, column))
  return { marks, count }
}

/** Most columns are of numbers: a call for each of their cells would take three times as long. */
function markOtherNumbers(
  marks: Uint8Array,
  places: Places,
  old: Float64Array | Uint8Array,
  now: Float64Array | Uint8Array,
): number {
  let count = 0
  for (let row = 0; row < places.length; row++) {
    const place = places[row] as number
    if (place < 0) continue
    const before = old[place] as number
    const after = now[row] as number
    if (before === after || (Number.isNaN(before) && Number.isNaN(after))) continue
    marks[row] = 1
    count++
  }
  return count
}

function markOthers(marks: Uint8Array, places: Places, isSame: (before: number, now: number) => boolean): number {
  let count = 0
  for (let row = 0; row < places.length; row++) {
    const place = places[row] as number
    if (place < 0 || isSame(place, row)) continue
    marks[row] = 1
    count++
  }
  return count
}

function sameCell(old: ColumnData, column: ColumnData): (before: number, now: number) => boolean {
  if (old.type === 'string' && column.type === 'string') {
    const known = new Map(old.dictionary.map((text, code) => [text, code]))
    const codes = column.dictionary.map((text) => known.get(text) ?? -2)
    return (before, now) => old.codes[before] === (codes[column.codes[now] as number] ?? -1)
  }
  return (before, now) => cell(old, before) === cell(column, now)
}
