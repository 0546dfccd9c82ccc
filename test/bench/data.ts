import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The columns of the bench's table. Between processes they are files of raw doubles, one a column. */
export const columns = ['pin', 'revenue', 'cost', 'quantity'] as const

export type Data = Readonly<Record<(typeof columns)[number], Float64Array>>

export const rowFeatures = [
  'margin',
  'margin_pct',
  'unit_price',
  'is_large',
  'score',
  'revenue_share',
  'margin_excess',
] as const
export const groupFeatures = [
  'total_revenue',
  'mean_margin',
  'max_unit_price',
  'std_score',
  'large_count',
  'max_share',
] as const

/** The numbers that a contestant computed: columns by name, those of groups in any order and with `pin`. */
export interface Results {
  readonly rows: Readonly<Record<string, Float64Array>>
  readonly groups: Readonly<Record<string, Float64Array>>
}

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Rows with a random whole-number key of `rows / 10` values; the same on every run. */
export function makeData(rows: number): Data {
  const random = makeRandom(42)
  const column = (value: () => number): Float64Array => Float64Array.from({ length: rows }, value)
  const groups = Math.max(1, Math.floor(rows / 10))
  return {
    pin: column(() => Math.floor(random() * groups)),
    revenue: column(() => 1 + random() * 999),
    cost: column(() => 1 + random() * 600),
    quantity: column(() => 1 + Math.floor(random() * 20)),
  }
}

export function writeData(folder: string, data: Data): void {
  for (const column of columns) writeColumn(folder, column, data[column])
}

export function readData(folder: string): Data {
  return Object.fromEntries(columns.map((column) => [column, readColumn(folder, column)])) as Data
}

export function writeResults(folder: string, { rows, groups }: Results): void {
  for (const [name, values] of Object.entries(rows)) writeColumn(folder, `rows.${name}`, values)
  for (const [name, values] of Object.entries(groups)) writeColumn(folder, `groups.${name}`, values)
}

export function writeColumn(folder: string, name: string, values: Float64Array): void {
  writeFileSync(join(folder, `${name}.f64`), new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}

export function readColumn(folder: string, name: string): Float64Array {
  const bytes = readFileSync(join(folder, `${name}.f64`))
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
