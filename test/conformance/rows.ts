import { numbers } from '../support/numbers.ts'

/** One row of odd values; missing ones are null. */
export interface Row {
  readonly r: number
  /** A key, sometimes missing, with separators and letters of everywhere. */
  readonly k: string | null
  /** Any number: 0, -0, huge, tiny, negative. */
  readonly x: number | null
  readonly y: number | null
  /** A number of everyday size, not whole. */
  readonly v: number | null
  readonly w: number | null
  /** A small whole number. */
  readonly i: number | null
  readonly t: string | null
  readonly u: string | null
  readonly b: boolean | null
  readonly c: boolean | null
  /** Instants around leap days, turns of the year and changes of the clock; epoch milliseconds. */
  readonly d: number | null
  readonly e: number | null
}

const odd = [0, -0, 1, -1, 0.5, -2.5, 1e300, -1e300, 1e-300, 123456789.125, 9007199254740991, -3, 7, 1 / 3]
const keys = ['a', 'a,b', 'a;b', 'A', 'größe', '日本', ' a', '', '"', "it's", 'a|b', '0', 'null', 'nothing here']
const texts = [
  'x',
  'Xy',
  ' padded ',
  'a-b-c',
  '42',
  'grün',
  '日本語',
  'longer than six',
  '',
  '-1.5',
  'TRUE',
  'aaa',
  'straße',
  '😀b😀',
  '\tx\n',
  '\uffee',
]
/** Texts that every order of characters puts in one order. */
const plainTexts = texts.filter((text) => !text.includes('😀'))
const instants = [
  '2024-02-29T00:00:00Z',
  '2023-02-28T23:59:59Z',
  '2024-03-31T01:30:00Z',
  '2024-10-27T01:30:00Z',
  '2024-04-06T15:00:00Z',
  '2024-10-05T15:45:00Z',
  '2024-12-30T12:00:00Z',
  '2025-01-01T00:00:00Z',
  '1999-12-31T23:59:59Z',
  '1970-01-01T00:00:00Z',
  '1968-06-15T06:00:00Z',
  '2100-03-01T18:45:30Z',
  '2021-01-03T03:00:00Z',
  '2024-01-31T00:00:00Z',
].map((text) => Date.parse(text))

/** How the keys begin of groups in which numbers are too large for squares. */
export const huge = '～huge'
/** Groups of odd numbers, behind all other keys. */
const oddKeys = Array.from({ length: 24 }, (_, at) => `${at < 12 ? '～odd' : huge} ${at}`)
export const isOdd = (k: string | null): boolean => k?.startsWith('～') ?? false
export const isHuge = (k: string | null): boolean => k?.startsWith(huge) ?? false

/** The first row of each group, in the order of the groups. */
export const firstOfGroups = (rows: readonly Row[]): readonly Row[] =>
  [...new Map(rows.toReversed().map((row) => [row.k, row])).values()]
    .filter(({ k }) => k !== null)
    .sort((a, b) => a.r - b.r)

/** Rows as `makeRows` gives them, and more of them with odd numbers in all number columns. */
export function makeOddRows(count: number, odds: number): readonly Row[] {
  const below = numbers(1_009)
  const number = (k: string | null): number | null => {
    const value = odd[below(odd.length)] as number
    return below(8) === 0 || (Math.abs(value) > 1e150 && !isHuge(k)) ? null : value
  }
  const rows = makeRows(count + odds)
  return rows.map((each): Row => {
    if (each.r < count) return each
    const k = each.k === null ? null : (oddKeys[below(oddKeys.length)] as string)
    return { ...each, k, x: number(k), y: number(k), v: number(k), w: number(k), i: number(k) }
  })
}

/** The same rows at every run: about one value in eight is missing; of the key 'nothing here' all are. */
export function makeRows(count: number): readonly Row[] {
  const below = numbers(20_261)
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T
  return Array.from({ length: count }, (_, r): Row => {
    const k = below(12) === 0 ? null : pick(keys)
    const maybe = <T>(value: T): T | null => (k === 'nothing here' || below(8) === 0 ? null : value)
    return {
      r,
      k,
      x: maybe(pick(odd)),
      y: maybe(pick(odd)),
      v: maybe((below(2_000_001) - 1_000_000) / 1000),
      w: maybe(below(100_000) / 999 + 0.25),
      i: maybe(below(9) - 3),
      t: maybe(pick(texts)),
      u: maybe(pick(plainTexts)),
      b: maybe(below(2) === 0),
      c: maybe(below(3) === 0),
      d: maybe(pick(instants)),
      e: maybe(pick(instants)),
    }
  })
}
