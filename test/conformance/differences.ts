import { isHuge, isOdd, type Row } from './rows.ts'

/**
 * Where numpy, pandas and DuckDB differ from what we compute. The tests find each, and nothing else that differs; `docs/semantics.md` lists
 * the same sentences and no others.
 */
export interface Difference<Values> {
  readonly says: string
  /** Whether these values, or these answers, may show it. */
  readonly where: (values: Values, ours: unknown, theirs: unknown) => boolean
}

export interface ColumnDifference extends Difference<readonly unknown[]> {
  readonly who: readonly Other[]
  /** The operations that it is about. */
  readonly of: readonly string[]
}

/** `bare`: numpy's functions that do not skip missing values, with nothing said. */
export type Other = 'numpy' | 'bare' | 'pandas' | 'DuckDB'

const present = (values: readonly unknown[]): readonly unknown[] => values.filter((value) => value !== null)
const isEmpty = (values: readonly unknown[]): boolean => present(values).length === 0
const hasMissing = (values: readonly unknown[]): boolean => values.includes(null)

/** Whether several values are the most frequent ones. */
function isEven(values: readonly unknown[]): boolean {
  const counts = new Map<unknown, number>()
  for (const value of present(values)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return [...counts.values()].filter((count) => count === most).length > 1
}

const isAstral = (text: unknown): boolean => typeof text === 'string' && /[\u{10000}-\u{10ffff}]/u.test(text)

export const columnDifferences: readonly ColumnDifference[] = [
  {
    says: '`any` and `all` of nothing are missing, as in DuckDB; pandas and Python give false and true.',
    who: ['pandas'],
    of: ['any', 'all'],
    where: isEmpty,
  },
  {
    says: '`sum` of nothing is 0, as in pandas and numpy; DuckDB gives NULL.',
    who: ['DuckDB'],
    of: ['sum'],
    where: isEmpty,
  },
  {
    says: 'The `sum` of a window of nothing (`rolling(3).sum()`) is 0, as in pandas with `min_periods=0`; DuckDB gives NULL.',
    who: ['DuckDB'],
    of: ['rolling(3).sum'],
    where: hasMissing,
  },
  {
    says: 'Windows whose sum is too large (1.7e308 twice) have no `mean`, `std` and `var`, but a `median`; pandas, which moves sums and medians along, has it the other way round.',
    who: ['pandas'],
    of: ['rolling(3).mean', 'rolling(3).std', 'rolling(3).var', 'rolling(3).median'],
    where: (values) => present(values).some((value) => Math.abs(Number(value)) > 1e307),
  },
  {
    says: '`cumsum` is missing at a missing element, as in pandas; numpy (`nancumsum`) and DuckDB repeat the sum so far.',
    who: ['numpy', 'DuckDB'],
    of: ['cumsum'],
    where: hasMissing,
  },
  {
    says: 'Of equally frequent values `mode` gives the smallest, as the first one of pandas; DuckDB gives any of them.',
    who: ['DuckDB'],
    of: ['mode'],
    where: isEven,
  },
  {
    says: 'What is too large on the way is missing: `std` and `var` of 1e300. DuckDB stops with an error, or gives 0 for equal values.',
    who: ['DuckDB'],
    of: ['std', 'var', 'corr', 'rolling(3).std', 'rolling(3).var'],
    where: (values) => present(values).some((value) => Math.abs(Number(value)) > 1e150),
  },
  {
    says: '`corr` has no value where squares are too large or too small (1e300, 1e-300), and `cov` of equal huge values is 0; pandas and numpy have it the other way round.',
    who: ['pandas', 'numpy'],
    of: ['corr', 'cov'],
    where: (values) =>
      present(values).some((value) => Math.abs(Number(value)) > 1e150 || Math.abs(Number(value) || 1) < 1e-150),
  },
  {
    says: '`quantile` between values that are far apart (-1.7e308 and 1.7e308) is a number, as in DuckDB; numpy and pandas give none.',
    who: ['numpy', 'pandas'],
    of: [0, 0.1, 0.25, 0.5, 0.9].map((p) => `quantile(${p})`),
    where: (values) =>
      !Number.isFinite(Math.max(...present(values).map(Number)) - Math.min(...present(values).map(Number))),
  },
  {
    says: 'Text is ordered by UTF-16 code units, as `<` orders it; pandas and DuckDB order it by code points, which puts emoji after all else.',
    who: ['pandas', 'DuckDB'],
    of: ['min', 'max', 'sort', 'sort(fn)', "sort('descending')", 'rank', 'argmin', 'argmax', 'mode'],
    where: (values) => values.some(isAstral),
  },
  {
    says: 'Aggregates skip missing values, as those of pandas and DuckDB and `nansum`, `nanmean`, … of numpy; `sum`, `mean`, … of numpy give NaN.',
    who: ['bare'],
    of: ['sum', 'mean', 'min', 'max', 'median', 'std', 'var'],
    where: hasMissing,
  },
  {
    says: '`std` and `var` divide by n - 1, as those of pandas and DuckDB; numpy divides by n where `ddof=1` is not said.',
    who: ['bare'],
    of: ['std', 'var'],
    where: (values) => !isEmpty(values),
  },
]

const dayOfMonth =
  '`monthsBetween` counts days of the month: 31 January to 29 February is 0; DuckDB (`datesub`) and dateutil take the last day of a month for any later one.'

const ofOthers =
  '`min(a, b)`, `max(a, b)` and those of `Math` are missing when one of them is, as `minimum` and `maximum` of numpy; pandas and DuckDB (`least`, `greatest`) give the other one.'

/** Of single values. */
export const callDifferences: readonly (Difference<readonly unknown[]> & {
  readonly who: 'numpy' | 'pandas' | 'dateutil'
  readonly of: readonly string[]
})[] = [
  {
    says: ofOthers,
    who: 'pandas',
    of: ['min', 'max'],
    where: hasMissing,
  },
  {
    says: '`Math.round(x)` and `round(x, n)` take halves up, `round` by the decimal digits that the number is written with; numpy and Python take them to the even digit, DuckDB away from 0.',
    who: 'numpy',
    of: ['round'],
    where: () => true,
  },
  {
    says: '`monthsBetween(b, a)` is `-monthsBetween(a, b)`; dateutil counts back from the later day, which can be a month less.',
    who: 'dateutil',
    of: ['monthsBetween'],
    where: ([from, to]) => Number(to) < Number(from),
  },
  {
    says: dayOfMonth,
    who: 'dateutil',
    of: ['monthsBetween'],
    where: (dates) => dates.some((time) => isLastDay(Number(time))),
  },
]

type RowDifference = Difference<Row>

export const halves: RowDifference = {
  says: callDifferences[1]?.says ?? '',
  where: ({ i }) => i !== null && i < 0 && i % 2 !== 0,
}

export const ties: RowDifference = {
  says: '`toFixed` takes exact halves away from 0: `(0.125).toFixed(2)` is 0.13; `printf` of DuckDB to the even digit.',
  where: ({ i }) => i !== null && i % 2 !== 0,
}

export const exponents: RowDifference = {
  says: '`toFixed` writes numbers from 1e21 on as they are written elsewhere: `1e+300`; `printf` of DuckDB writes all their digits.',
  where: ({ i }) => i !== null && Math.abs(i) >= 1e21,
}

/** What SQL says of inputs where a feature is not called. */
export const notCalled: RowDifference = {
  says: '`a ? b : c`, `a && b`, `a || b` with a missing side are missing, since the function is not called; in SQL a `CASE` with NULL takes its `ELSE` and leaves out what it does not need, `false AND NULL` is false and `true OR NULL` true.',
  where: (_, ours) => ours === null,
}

export const others: RowDifference = { says: ofOthers, where: (_, ours) => ours === null }

/** Of groups, windows and groups in order: `k` is theirs. */
export const apart: RowDifference = {
  says: 'What a sum leaves of numbers of very different size (1e300 and 1) depends on the order in which they are added; DuckDB adds those of windows in another one. They differ by the rounding of the largest.',
  where: ({ k }, ours, theirs) =>
    isOdd(k) && Math.abs(Number(ours) - Number(theirs)) <= 1e-15 * (isHuge(k) ? 1e300 : Number.MAX_SAFE_INTEGER),
}

export const tooLarge: RowDifference = {
  says: columnDifferences.find(({ of }) => of.includes('var'))?.says ?? '',
  where: ({ k }) => isHuge(k),
}

export const notFinite: RowDifference = {
  says: '`x / 0`, `0 ** -1`, `corr` of what does not vary and what is too large are missing, for `??`, `clip` and `round` within a formula too; DuckDB, numpy and pandas go on with infinity or NaN.',
  where: ({ x, y }) => x !== null && y !== null && !Number.isFinite(x / y),
}

/** Of formulas over numbers that are too large together. */
export const notFiniteWithin: RowDifference = { says: notFinite.says, where: ({ k }) => isHuge(k) }

/** Rows as SQL groups them; `theirs` is the key. */
export const noKey: Difference<readonly unknown[]> = {
  says: 'A row without its key, or a part of it, belongs to no group, as in pandas; DuckDB and the benchmark of H2O.ai make a group of them.',
  where: hasMissing,
}

export const sharpS: RowDifference = {
  says: "`'ß'.toUpperCase()` is `SS`; `upper('ß')` of DuckDB is `ẞ`.",
  where: ({ t }) => t?.includes('ß') ?? false,
}

export const units: RowDifference = {
  says: "`length` and places in a text count UTF-16 code units: `'😀'.length` is 2, in DuckDB and Python 1.",
  where: ({ t }) => isAstral(t),
}

export const blanks: RowDifference = {
  says: '`trim()` takes tabs and line ends away too; `trim` of DuckDB only spaces.',
  where: ({ t }) => t !== null && /^[\t\n]|[\t\n]$/.test(t),
}

export const textOrder: RowDifference = {
  says: columnDifferences.find(({ of }) => of.includes('sort'))?.says ?? '',
  where: ({ t, u }) => isAstral(t) || isAstral(u),
}

export const lastDays: RowDifference = {
  says: dayOfMonth,
  where: ({ d, e }) => isLastDay(d) || isLastDay(e),
}

function isLastDay(time: number | null): boolean {
  return time !== null && new Date(time + 86_400_000).getUTCDate() === 1
}

export const rowDifferences: readonly RowDifference[] = [
  halves,
  ties,
  exponents,
  sharpS,
  units,
  blanks,
  textOrder,
  lastDays,
  notCalled,
  others,
  notFinite,
  notFiniteWithin,
  apart,
  tooLarge,
]
