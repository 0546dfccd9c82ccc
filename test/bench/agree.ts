import { readColumn } from './data.ts'

/** Where a contestant's results are written. */
export interface Written {
  readonly name: string
  readonly folder: string
}

interface Compared {
  readonly table: string
  /** What finds a row; without any, rows stand in the same order. */
  readonly keys: readonly string[]
  readonly columns: readonly string[]
}

/** Every cell of a table, to 1e-9 relative. */
export function mustAgree(ours: Written, other: Written, { table, keys, columns }: Compared): void {
  const own = orderOf(ours.folder, table, keys)
  const theirs = orderOf(other.folder, table, keys)
  for (const column of [...keys, ...columns]) {
    const values = readColumn(ours.folder, `${table}.${column}`)
    const others = readColumn(other.folder, `${table}.${column}`)
    if (others.length !== values.length)
      throw new Error(`${table}.${column}: ${ours.name} has ${values.length} values, ${other.name} ${others.length}`)
    for (let i = 0; i < values.length; i++) {
      const a = values[own?.[i] ?? i] as number
      const b = others[theirs?.[i] ?? i] as number
      const near = Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
      if (!near && !(Number.isNaN(a) && Number.isNaN(b)))
        throw new Error(`${table}.${column}[${i}]: ${ours.name} has ${a}, ${other.name} ${b}`)
    }
  }
}

/** Places in the order of the keys. */
function orderOf(folder: string, table: string, keys: readonly string[]): Float64Array | undefined {
  const columns = keys.map((key) => readColumn(folder, `${table}.${key}`))
  const [first] = columns
  return (
    first &&
    Float64Array.from(first.keys()).sort((a, b) => {
      const differs = columns.find((column) => column[a] !== column[b])
      return differs ? (differs[a] as number) - (differs[b] as number) : 0
    })
  )
}
