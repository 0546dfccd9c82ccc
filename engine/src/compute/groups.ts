import type { ColumnData } from '../table/table.ts'
import { type Coded, codeByHash } from './hash.ts'
import { functionOf, loopText, remembered } from './loops.ts'
import { missingIn } from './sink.ts'

/** Which rows belong together. Groups are numbered in order of first appearance. */
export interface GroupIndex {
  /** Group of each row; -1 where a key is missing. */
  readonly codes: Int32Array
  readonly count: number
  /** First row of each group, -1 for the one group of a table without rows. */
  readonly firstRows: Int32Array
  /** Number of rows of each group. */
  readonly sizes: Int32Array
  readonly rowsWithoutKey: number
}

/**
 * Groups the rows by the keys: two rows are together when all their keys are equal (-0 equals 0) and none is missing.
 * Keys are compared as values, never as joined text. Without keys all rows are one group.
 */
export function groupIndex(keys: readonly ColumnData[], rows: number): GroupIndex {
  const [first, ...others] = keys
  if (!first) {
    const firstRows = Int32Array.of(rows > 0 ? 0 : -1)
    return { codes: new Int32Array(rows), count: 1, firstRows, sizes: Int32Array.of(rows), rowsWithoutKey: 0 }
  }
  const { codes, firstRows, someMiss } = others.length === 0 ? codeKey(first) : codeAll(keys.map(codeKey), rows)
  const count = firstRows.length
  const sizes = new Int32Array(count)
  const rowsWithoutKey = countRows(someMiss)(rows, codes, sizes)
  return { codes, count, firstRows, sizes, rowsWithoutKey }
}

/** Place of each row when rows are put group by group, in row order within a group, and where each group begins. */
export interface GroupOrder {
  /** -1 for rows without a group. */
  readonly places: Int32Array
  /** `count + 1` offsets. */
  readonly offsets: Int32Array
}

export function groupOrder({ codes, count, sizes }: GroupIndex): GroupOrder {
  const offsets = new Int32Array(count + 1)
  for (let group = 0; group < count; group++) {
    offsets[group + 1] = (offsets[group] as number) + (sizes[group] as number)
  }
  const places = new Int32Array(codes.length)
  placeRows(codes.length, codes, offsets.slice(), places)
  return { places, offsets }
}

/** `next` is the next free place of each group. */
const placeRows = functionOf<(n: number, codes: Int32Array, next: Int32Array, places: Int32Array) => void>(
  'places',
  ['n', 'codes', 'next', 'places'],
  `let i = 0\n${loopText('const g = codes[i]; if (g < 0) places[i] = -1; else { const p = next[g]; places[i] = p; next[g] = p + 1 }')}`,
)

function codeKey(key: ColumnData): Coded {
  if (key.type === 'boolean') return codeSmall('a[i]', 'a[i] !== 2', 2, key.values)
  if (key.type !== 'string') return codeNumbers(key)
  const { codes, dictionary } = key
  const firstRows = new Int32Array(dictionary.length)
  const someMiss = missingIn(key) > 0
  // As readers give it: texts are in order of first appearance, and their codes those of the groups.
  if (inOrder(codes.length, codes, firstRows) === dictionary.length) return { codes, firstRows, someMiss }
  return codeSmall('a[i]', someMiss ? 'a[i] >= 0' : '', dictionary.length, codes)
}

/** Finds the first rows of codes; gives how many there are, -1 when they do not appear in their order. */
const inOrder = functionOf<(n: number, codes: Int32Array, firstRows: Int32Array) => number>(
  'order',
  ['n', 'codes', 'firstRows'],
  `let i = 0, next = 0
${loopText('const g = codes[i]; if (g >= next) { if (g > next) return -1; firstRows[next++] = i }')}return next`,
)

/** Codes for several keys that are coded already. */
function codeAll([first, ...others]: readonly Coded[], rows: number): Coded {
  let coded = first as Coded
  // The keys after `coded`, as one number that is exact; `size` numbers are possible.
  let numbers: Float64Array | undefined
  let size = coded.firstRows.length
  for (const other of others) {
    const by = other.firstRows.length
    if (!numbers && isSmall(size * by, rows)) {
      const present = coded.someMiss || other.someMiss ? 'a[i] >= 0 && b[i] >= 0' : ''
      coded = codeSmall('a[i] * by + b[i]', present, size * by, coded.codes, other.codes, by)
      size = coded.firstRows.length
      continue
    }
    if (numbers && size * by > Number.MAX_SAFE_INTEGER) {
      coded = codeByHash(numbers, 'double')
      numbers = undefined
      size = coded.firstRows.length
    }
    numbers = paired(numbers ?? coded.codes, other.codes, by)
    size *= by
  }
  return numbers ? codeByHash(numbers, 'double') : coded
}

function paired(a: Float64Array | Int32Array, b: Int32Array, by: number): Float64Array {
  const numbers = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] as number, b[i] as number]
    numbers[i] = one >= 0 && other >= 0 ? one * by + other : Number.NaN
  }
  return numbers
}

/** Whether a table of all possible keys is worth its memory. */
const isSmall = (size: number, rows: number): boolean => size <= 4 * rows + 1024

type Cells = Int32Array | Uint8Array | Float64Array
type SmallLoop = (
  n: number,
  map: Int32Array,
  codes: Int32Array,
  firstRows: Int32Array,
  a: Cells,
  b: Cells | undefined,
  by: number,
) => number

/**
 * Codes for keys that are small whole numbers, by a table of all of them. `key` is the text of a row's key, `present` that of the test
 * whether it has one, empty when all have.
 */
function codeSmall(key: string, present: string, size: number, a: Cells, b?: Cells, by = 0): Coded {
  const rows = a.length
  const map = new Int32Array(size).fill(-1)
  const codes = new Int32Array(rows)
  const firstRows = new Int32Array(Math.min(size, rows))
  const count = smallLoop(key, present)(rows, map, codes, firstRows, a, b, by)
  return { codes, firstRows: firstRows.slice(0, count), someMiss: present !== '' }
}

const smallLoop = remembered((key: string, present: string) => {
  const find = `const k = ${key}; let g = map[k]; if (g < 0) { g = count++; map[k] = g; firstRows[g] = i } codes[i] = g`
  const item = present === '' ? find : `if (${present}) { ${find} } else codes[i] = -1`
  const parameters = ['n', 'map', 'codes', 'firstRows', 'a', 'b', 'by']
  return functionOf<SmallLoop>('code', parameters, `let i = 0, count = 0\n${loopText(item)}return count`)
})

type Numbers = Extract<ColumnData, { values: Float64Array }>

/** The text of a row's number, which is whole for most keys: dates are counted in days, instants in minutes. */
const cellText = ({ type }: Numbers): string =>
  type === 'date' ? 'a[i] / 86400000' : type === 'datetime' ? 'a[i] / 60000' : 'a[i]'

function codeNumbers(column: Numbers): Coded {
  const { values } = column
  const found = factsOf(column)
  const kind = found.others === 0 && cellText(column) === 'a[i]' ? 'whole' : 'double'
  return codeDirectly(column, found) ?? codeByHash(values, kind)
}

/** Codes by a table of all possible numbers; undefined when there are too many. */
export function codeDirectly(column: Numbers, found = factsOf(column)): Coded | undefined {
  const { min, max, missing, others } = found
  const { values } = column
  const size = Math.max(max - min + 1, 0)
  if (others > 0 || !isSmall(size, values.length)) return undefined
  return codeSmall(`(${cellText(column)} | 0) - by`, missing > 0 ? 'a[i] === a[i]' : '', size, values, undefined, min)
}

interface Facts {
  readonly min: number
  readonly max: number
  readonly missing: number
  /** How many are no whole numbers of 32 bits. */
  readonly others: number
}

const known = new WeakMap<ColumnData, Facts>()

/** Worked out once per column. */
function factsOf(column: Numbers): Facts {
  const found = known.get(column) ?? facts(cellText(column))(column.values.length, column.values)
  known.set(column, found)
  return found
}

const facts = remembered((cell: string) => {
  const item = `const x = ${cell}
    if (x !== x) missing++
    else { if ((x | 0) !== x) others++; if (x < min) min = x; if (x > max) max = x }`
  return functionOf<(n: number, a: Float64Array) => Facts>(
    'facts',
    ['n', 'a'],
    `let i = 0, min = Infinity, max = -Infinity, missing = 0, others = 0\n${loopText(item)}return { min, max, missing, others }`,
  )
})

/** Counts the rows of each group; gives how many rows have none. */
const countRows = remembered((someMiss: boolean) => {
  const item = someMiss ? 'const g = codes[i]; if (g >= 0) sizes[g]++; else without++' : 'sizes[codes[i]]++'
  return functionOf<(n: number, codes: Int32Array, sizes: Int32Array) => number>(
    'sizes',
    ['n', 'codes', 'sizes'],
    `let i = 0, without = 0\n${loopText(item)}return without`,
  )
})
